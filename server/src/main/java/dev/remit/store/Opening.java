package dev.remit.store;

import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Entry;
import dev.remit.ledger.EntryFormat;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Merkle;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a store comes up: lock, log, books, in this order; and what it then writes down first.
 *
 * @param segmentSize a new segment is started before one grows beyond this
 */
record Opening(InstantSource clock, String version, long segmentSize) {
    static final long SEGMENT = 64 << 20;
    private static final int SAVE_EVERY = 10_000;

    /** What a store is made of. */
    record Parts(
            FolderLock lock,
            Recorder recorder,
            BookShelf shelf,
            BooksFile file,
            Checkpoints checkpoints)
            implements Closeable {
        @Override
        public void close() {
            try (lock) {
                file.close();
            } catch (IOException e) {
                throw new LedgerUnavailable("the store does not close: " + e.getMessage(), e);
            }
        }
    }

    Parts parts(Path data, LogFolder folder, Checkpoints checkpoints) throws IOException {
        FolderLock lock = FolderLock.take(data);
        try {
            Recovery.Found found = new Recovery(folder, checkpoints).find();
            BooksFile file = BooksFile.open(data);
            try {
                BookShelf shelf = new BookShelf(file);
                Recorder recorder = new Recorder(folder, checkpoints, found, shelf, segmentSize);
                catchUp(new Archive(folder), found, recorder, shelf, file);
                checkpoints.follow(
                        () -> shelf.keys.get(KeyUse.LOG).orElse(KeyPage.empty(KeyUse.LOG)));
                checkpoints.sign(found.tree());
                return new Parts(lock, recorder, shelf, file, checkpoints);
            } catch (RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (RuntimeException | IOException e) {
            lock.close();
            throw e;
        }
    }

    /** Brings the books up to the log; they can lag behind it, but never know more. */
    private static void catchUp(
            Archive archive,
            Recovery.Found found,
            Recorder recorder,
            BookShelf shelf,
            BooksFile file) {
        BooksFile.Mark mark = file.mark();
        long size = found.tree().size();
        if (mark.applied() > size) {
            throw new LedgerUnavailable(
                    "the log was cut: it has %d entries, but the books know of %d; put back the whole log"
                            .formatted(size, mark.applied()));
        }
        Optional<Digest> last = archive.frame(mark.applied() - 1).map(Frame::leafHash);
        if (!last.orElseGet(Digest::of).equals(mark.lastLeaf())) {
            throw new LedgerUnavailable(
                    "the books were made from another log; move %s away, and it is made anew from this one"
                            .formatted(BooksFile.NAME));
        }
        archive.frames(
                mark.applied(),
                frame -> {
                    replay(recorder, frame.entry());
                    long applied = frame.index() + 1;
                    if (applied % SAVE_EVERY == 0 || applied == size) {
                        save(shelf, file, new BooksFile.Mark(applied, frame.leafHash()));
                    }
                    return applied < size;
                });
        if (file.mark().applied() != size) {
            throw new LedgerUnavailable(
                    "the books cannot be brought up to the log; run `remit audit verify`");
        }
    }

    private static void replay(Recorder recorder, Entry entry) {
        try {
            recorder.replay(entry);
        } catch (RuntimeException e) {
            throw new LedgerUnavailable(
                    "entry %d does not follow from those before it; run `remit audit verify`"
                            .formatted(entry.index()),
                    e);
        }
    }

    private static void save(BookShelf shelf, BooksFile file, BooksFile.Mark mark) {
        try {
            Changes changes = shelf.changes();
            file.save(changes, mark, _ -> false);
            shelf.saved(changes);
        } catch (SQLException e) {
            throw new LedgerUnavailable("the books cannot be saved: " + e.getMessage(), e);
        }
    }

    /** Writes down who took over, and that nobody knows how the calls left open ended. */
    void greet(Recorder recorder, Merkle tree) {
        List<Waiting> greetings = new ArrayList<>();
        greetings.add(hand(recorder, new Event.Opened(version, tree.size(), tree.root())));
        for (CallId call : recorder.openCalls().keySet()) {
            greetings.add(
                    hand(
                            recorder,
                            new Event.Concluded(
                                    call,
                                    Event.End.UNKNOWN,
                                    Duration.ZERO,
                                    Digest.of(),
                                    Optional.empty(),
                                    "the gateway stopped before it knew")));
        }
        greetings.forEach(Waiting::await);
    }

    private Waiting hand(Recorder recorder, Event event) {
        byte[] salt = new byte[EntryFormat.SALT];
        new SecureRandom().nextBytes(salt);
        return recorder.hand(new Draft(clock.instant(), event, salt));
    }
}
