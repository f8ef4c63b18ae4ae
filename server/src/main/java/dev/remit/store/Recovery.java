package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.SegmentFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the end of the log after whatever stopped the last process, reading the newest segment
 * alone.
 *
 * <p>An unfinished write behind the last sound entry is wiped, if the checkpoint does not cover it.
 * What was found behind the checkpoint is written again and synced before anybody sees it: it may
 * have been in the machine's memory only. Anything else that is not as it was left stops the start.
 */
final class Recovery {
    private final LogFolder folder;
    private final Checkpoints checkpoints;

    Recovery(LogFolder folder, Checkpoints checkpoints) {
        this.folder = folder;
        this.checkpoints = checkpoints;
    }

    /**
     * @param newest ready to be written to
     * @param lastLeaf of the last entry; of the empty log, the hash of nothing
     */
    record Found(Segment newest, Merkle tree, Digest lastLeaf, Leaves leaves) {}

    Found find() throws IOException {
        for (String name : folder.names()) {
            if (name.endsWith(LogFolder.NEW)) {
                folder.delete(name);
            }
        }
        List<String> segments = folder.names().stream().filter(SegmentFormat::isName).toList();
        if (segments.isEmpty()) {
            return begin();
        }
        return resume(segments, checkpoints.last());
    }

    private Found begin() throws IOException {
        if (!folder.names().contains(Checkpoints.NAME)) {
            checkpoints.begin();
        }
        if (checkpoints.last().size() > 0) {
            throw new LedgerUnavailable(
                    "the log's entries are gone: its checkpoint covers "
                            + checkpoints.last().size()
                            + "; put back the whole folder");
        }
        folder.delete(Leaves.NAME);
        Merkle tree = new Merkle();
        return new Found(
                Segment.create(folder, tree),
                tree,
                Digest.of(),
                new Leaves(folder.open(Leaves.NAME), 0));
    }

    private Found resume(List<String> segments, Checkpoint last) throws IOException {
        String name = segments.getLast();
        LogFile file = folder.open(name);
        try {
            Merkle tree = header(file, name).tree();
            long first = tree.size();
            if (last.size() < first) {
                throw new LedgerUnavailable(
                        "the checkpoint covers %d entries, but the newest segment starts with entry %d; put back the checkpoint that belongs to the log"
                                .formatted(last.size(), first));
            }
            check(tree, last, name);
            FrameReader frames = new FrameReader(file, SegmentFormat.HEADER, first);
            List<Digest> hashes = new ArrayList<>();
            long covered = SegmentFormat.HEADER;
            for (Optional<Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                hashes.add(frame.get().leafHash());
                tree.add(hashes.getLast());
                check(tree, last, name);
                covered = tree.size() <= last.size() ? frame.get().end() : covered;
            }
            if (tree.size() < last.size()) {
                throw new LedgerUnavailable(
                        "the checkpoint covers %d entries, but the log can be read only up to %d, to byte %d of %s; put back the log that belongs to it, and run `remit audit verify` to see what is missing"
                                .formatted(last.size(), tree.size(), frames.at(), name));
            }
            cutTail(file, name, frames.at());
            writeAgain(file, covered, frames.at());
            return new Found(
                    new Segment(file, frames.at()),
                    tree,
                    hashes.isEmpty() ? lastBefore(segments) : hashes.getLast(),
                    leaves(segments, first, hashes));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static SegmentFormat.Header header(LogFile file, String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentFormat.HEADER);
        file.read(bytes, 0);
        return SegmentFormat.readHeader(bytes.flip())
                .filter(read -> SegmentFormat.name(read.first()).equals(name))
                .orElseThrow(
                        () ->
                                new LedgerUnavailable(
                                        "the header of "
                                                + name
                                                + " is damaged; put back the file from a copy"));
    }

    private static void check(Merkle tree, Checkpoint last, String name) {
        if (tree.size() == last.size() && !tree.root().equals(last.root())) {
            throw new LedgerUnavailable(
                    "the log does not have the root that its checkpoint signs for %d entries; run `remit audit verify` to see what was changed, in %s or before"
                            .formatted(last.size(), name));
        }
    }

    /** Wipes an unfinished write. More than one write can leave is not an accident. */
    private static void cutTail(LogFile file, String name, long end) throws IOException {
        long to = end;
        long size = file.size();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 18);
        for (long at = end; at < size; at += bytes.capacity()) {
            file.read(bytes.clear(), at);
            bytes.flip();
            for (int i = 0; i < bytes.limit(); i++) {
                to = bytes.get(i) == 0 ? to : at + i + 1;
            }
        }
        if (to - end > SegmentFormat.MOST_AT_ONCE) {
            throw new LedgerUnavailable(
                    "%s cannot be read from byte %d on, and more follows than an unfinished write leaves; put back the file from a copy"
                            .formatted(name, end));
        }
        Segment.zero(file, end, to);
    }

    private static void writeAgain(LogFile file, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 18);
        for (long at = from; at < to; at += bytes.capacity()) {
            file.read(bytes.clear().limit((int) Math.min(bytes.capacity(), to - at)), at);
            file.write(bytes.flip(), at);
        }
        file.force();
    }

    private Digest lastBefore(List<String> segments) throws IOException {
        if (segments.size() == 1) {
            return Digest.of();
        }
        String name = segments.get(segments.size() - 2);
        try (LogFile file = folder.open(name)) {
            FrameReader frames =
                    new FrameReader(file, SegmentFormat.HEADER, header(file, name).first());
            Optional<Frame> last = Optional.empty();
            for (Optional<Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                last = frame;
            }
            return last.map(Frame::leafHash).orElseGet(Digest::of);
        }
    }

    /** The leaves file, made right for the newest segment, or as a whole if its length is wrong. */
    private Leaves leaves(List<String> segments, long first, List<Digest> newest)
            throws IOException {
        LogFile file = folder.open(Leaves.NAME);
        long length = file.size();
        long from = first;
        if (length < first * Leaves.HASH || length > (first + newest.size()) * Leaves.HASH) {
            file.close();
            folder.delete(Leaves.NAME);
            file = folder.open(Leaves.NAME);
            from = 0;
        }
        Leaves leaves = new Leaves(file, from);
        for (String name : from == first ? List.<String>of() : segments) {
            if (name.equals(segments.getLast())) {
                continue;
            }
            try (LogFile older = folder.open(name)) {
                FrameReader frames =
                        new FrameReader(older, SegmentFormat.HEADER, header(older, name).first());
                frames.next().ifPresent(frame -> leaves.add(frame.leafHash()));
                for (Optional<Frame> frame = frames.next();
                        frame.isPresent();
                        frame = frames.next()) {
                    leaves.add(frame.get().leafHash());
                }
            }
            if (!leaves.write()) {
                throw new IOException("the file `leaves` cannot be written");
            }
        }
        newest.forEach(leaves::add);
        leaves.write();
        return leaves;
    }
}
