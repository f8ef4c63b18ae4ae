package dev.remit.store;

import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.ledger.Books;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Entry;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.SegmentFormat;
import dev.remit.mandate.OpenCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one thread that writes the log: it owns the newest segment, the tree and the books.
 *
 * <p>It takes what waits, asks the books about each draft in order, writes all of them at once,
 * syncs once, and only then lets anybody see them: the tree, the books, the size, and last the
 * callers. A write that fails changes nothing and may succeed later; a sync that fails ends all
 * writing until the next start, because nobody knows what the disk has.
 */
final class Recorder implements Runnable {
    static final String STOPPED = "the ledger is closed";
    private static final int MOST_WAITING = 8_192;
    private static final int MOST_ENTRIES = 1_024;

    private final LogFolder folder;
    private final Checkpoints checkpoints;
    private final long segmentSize;
    private final BookShelf shelf;
    private final Books books;
    private final Leaves leaves;
    private final ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SegmentFormat.MOST_AT_ONCE);
    private final ReentrantLock lock = new ReentrantLock(); // guards what is committed, below
    private final Merkle tree;
    private final List<Runnable> listed = new ArrayList<>();
    private Digest lastLeaf;
    private Segment segment;
    private volatile long size;
    private volatile String refusing = "";
    private volatile boolean closing;
    private volatile Runnable onListed = () -> {};

    Recorder(
            LogFolder folder,
            Checkpoints checkpoints,
            Recovery.Found found,
            BookShelf shelf,
            long segmentSize) {
        this.folder = folder;
        this.checkpoints = checkpoints;
        this.segmentSize = segmentSize;
        this.shelf = shelf;
        this.books = new Books(shelf);
        this.leaves = found.leaves();
        this.tree = found.tree();
        this.lastLeaf = found.lastLeaf();
        this.segment = found.newest();
        this.size = tree.size();
    }

    /** What is committed at one moment. */
    record Moment(Merkle tree, Digest lastLeaf, Changes changes, List<Runnable> listed) {}

    /** Hands in a draft; the answer comes when it is durable. */
    Waiting hand(Draft draft) {
        Waiting waiting = Waiting.with(draft);
        if (!refusing.isEmpty()) {
            throw new LedgerUnavailable(refusing);
        }
        if (!draft.fits()) {
            throw new LedgerUnavailable("the entry is larger than the ledger takes");
        }
        if (!queue.offer(waiting)) {
            throw new LedgerUnavailable(
                    MOST_WAITING + " entries wait for the disk already; try again");
        }
        if (!refusing.isEmpty()) {
            drain(refusing); // it may have come after the last round
        }
        return waiting;
    }

    long size() {
        return size;
    }

    /** Why nothing can be written now; empty if it can, as far as one sees without trying. */
    Optional<String> trouble() {
        if (!refusing.isEmpty()) {
            return Optional.of(refusing);
        }
        try {
            return folder.room() < buffer.capacity()
                    ? Optional.of("there is no room on the disk of the ledger")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("the folder of the ledger cannot be looked at: " + e.getMessage());
        }
    }

    /** Takes nothing any more; what is being written now is still answered as it ends. */
    void refuse(String why) {
        refusing = refusing.isEmpty() ? why : refusing;
    }

    /** Runs this whenever somebody waits for the lists to show an entry. */
    void onListed(Runnable wake) {
        onListed = wake;
    }

    Moment moment() {
        lock.lock();
        try {
            List<Runnable> waiting = List.copyOf(listed);
            listed.clear();
            return new Moment(
                    new Merkle(tree.size(), tree.peaks()), lastLeaf, shelf.changes(), waiting);
        } finally {
            lock.unlock();
        }
    }

    /** The tree of what is committed. */
    Merkle tree() {
        lock.lock();
        try {
            return new Merkle(tree.size(), tree.peaks());
        } finally {
            lock.unlock();
        }
    }

    Map<CallId, OpenCall> openCalls() {
        lock.lock();
        try {
            return shelf.openCalls();
        } finally {
            lock.unlock();
        }
    }

    /** Brings the books up to an entry that is in the log already; before the thread starts. */
    void replay(Entry entry) {
        shelf.at(entry.index());
        books.apply(entry);
        shelf.commit();
    }

    /** Lets what waits be written, then ends the thread. */
    void close() {
        closing = true;
    }

    @Override
    public void run() {
        List<Waiting> batch = new ArrayList<>();
        try {
            while (!closing || !queue.isEmpty()) {
                Waiting first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MOST_ENTRIES - 1);
                    write(batch);
                    batch.clear();
                }
            }
            refusing = STOPPED;
        } catch (InterruptedException | RuntimeException | Error e) {
            refusing = "the ledger has stopped; restart Remit: " + e;
            batch.forEach(waiting -> waiting.fail(refusing, e));
        } finally {
            drain(refusing);
            closeFiles();
        }
    }

    private void drain(String why) {
        for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
            left.fail(why, new IOException(why));
        }
    }

    private void closeFiles() {
        try {
            leaves.write();
            leaves.force();
            leaves.close();
            segment.close();
        } catch (IOException e) {
            // Both are read again, and mended, at the next start.
        }
    }

    /** Writes a batch, in as many pieces as its bytes need. */
    private void write(List<Waiting> batch) {
        int from = 0;
        while (from < batch.size()) {
            int bytes = 0;
            int to = from;
            while (to < batch.size()
                    && bytes + batch.get(to).draft().frameLength() <= buffer.capacity()) {
                bytes += batch.get(to++).draft().frameLength();
            }
            new Round(batch.subList(from, to)).write();
            from = to;
        }
    }

    /** One write and one sync, and what they carry. */
    private final class Round {
        private final List<Waiting> callers;
        private final List<Waiting> written = new ArrayList<>();
        private final List<Stored> answers = new ArrayList<>(); // one for each caller

        Round(List<Waiting> callers) {
            this.callers = callers;
        }

        void write() {
            try {
                callers.forEach(this::stage);
                if (!written.isEmpty()) {
                    writeDown();
                }
            } catch (IOException | RuntimeException e) {
                shelf.discard();
                String why =
                        refusing.isEmpty()
                                ? "the ledger cannot be written to now: " + e.getMessage()
                                : refusing;
                callers.forEach(waiting -> waiting.fail(why, e));
                return;
            }
            commit();
        }

        private void stage(Waiting waiting) {
            Draft draft = waiting.draft();
            Optional<String> objection = books.objection(draft.event(), draft.at());
            if (objection.isPresent()) {
                answers.add(new Stored.Objected(objection.get()));
                return;
            }
            long index = size + written.size();
            shelf.at(index);
            books.apply(new Entry(index, draft.at(), draft.event()));
            written.add(waiting);
            answers.add(new Stored.At(index));
        }

        private void writeDown() throws IOException {
            if (!refusing.isEmpty()) {
                throw new IOException(refusing);
            }
            buffer.clear();
            written.forEach(waiting -> waiting.draft().putFrame(buffer));
            buffer.flip();
            if (!segment.isEmpty() && segment.end() + buffer.remaining() > segmentSize) {
                roll();
            }
            segment.write(buffer);
            try {
                segment.force();
            } catch (IOException e) {
                refusing =
                        "a sync of the log failed (%s); nothing is written any more; see to the disk, then restart Remit"
                                .formatted(e.getMessage());
                throw e;
            }
        }

        private void commit() {
            List<Runnable> free = new ArrayList<>(callers.size());
            boolean wake = false;
            lock.lock();
            try {
                for (int i = 0; i < callers.size(); i++) {
                    Waiting waiting = callers.get(i);
                    Stored stored = answers.get(i);
                    boolean isWritten = stored instanceof Stored.At;
                    if (isWritten) {
                        lastLeaf = waiting.draft().leafHash();
                        tree.add(lastLeaf);
                        leaves.add(lastLeaf);
                    }
                    boolean waits = isWritten && waiting.isListed();
                    (waits ? listed : free).add(() -> waiting.answer().complete(stored));
                    wake |= waits;
                }
                leaves.write();
                shelf.commit();
                size = tree.size();
            } finally {
                lock.unlock();
            }
            free.forEach(Runnable::run);
            if (wake) {
                onListed.run();
            }
        }
    }

    /**
     * Starts a new segment; the checkpoint then covers all before it, so that no start needs it.
     */
    private void roll() throws IOException {
        if (!leaves.write()) {
            throw new IOException("the file `leaves` cannot be written");
        }
        leaves.force();
        checkpoints.sign(tree);
        Segment next = Segment.create(folder, tree);
        segment.close();
        segment = next;
    }
}
