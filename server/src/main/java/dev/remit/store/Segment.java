package dev.remit.store;

import dev.remit.ledger.Merkle;
import dev.remit.ledger.SegmentFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The newest segment, as it is written to. Owned by one thread.
 *
 * <p>Space is made in chunks of zeros beforehand, so that a full disk shows before an entry is
 * written and a sync need not write the file's size. After a write that failed, whatever it left
 * behind is wiped before the next one: a leftover behind a shorter write would read as an entry.
 */
final class Segment implements Closeable {
    static final int CHUNK = SegmentFormat.MOST_AT_ONCE;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    private final LogFile file;
    private long end;
    private long allocated;
    private long spoiledTo;

    /**
     * @param end where the next frame goes
     */
    Segment(LogFile file, long end) throws IOException {
        this.file = file;
        this.end = end;
        this.allocated = file.size();
    }

    /** Makes a segment that starts with this tree; it is there as a whole or not at all. */
    static Segment create(LogFolder folder, Merkle tree) throws IOException {
        String name = SegmentFormat.name(tree.size());
        if (folder.names().contains(name + LogFolder.NEW)) {
            folder.delete(name + LogFolder.NEW);
        }
        try (LogFile file = folder.open(name + LogFolder.NEW)) {
            file.write(ByteBuffer.wrap(SegmentFormat.header(tree)), 0);
            zero(file, SegmentFormat.HEADER, SegmentFormat.HEADER + (long) CHUNK);
            file.force();
        }
        folder.rename(name + LogFolder.NEW, name);
        return new Segment(folder.open(name), SegmentFormat.HEADER);
    }

    long end() {
        return end;
    }

    boolean isEmpty() {
        return end == SegmentFormat.HEADER;
    }

    /** Writes frames behind the others; they count only after {@link #force}. */
    void write(ByteBuffer frames) throws IOException {
        wipe();
        long to = end + frames.remaining();
        while (allocated < to) {
            zero(file, allocated, allocated + CHUNK);
            file.force();
            allocated += CHUNK;
        }
        spoiledTo = to;
        file.write(frames, end);
    }

    /** Returns when what was written is durable, and goes on behind it. */
    void force() throws IOException {
        file.force();
        end = spoiledTo;
    }

    private void wipe() throws IOException {
        if (spoiledTo > end) {
            zero(file, end, spoiledTo);
            file.force();
            spoiledTo = end;
        }
    }

    static void zero(LogFile file, long from, long to) throws IOException {
        for (long at = from; at < to; at += ZEROS.capacity()) {
            file.write(ZEROS.slice(0, (int) Math.min(ZEROS.capacity(), to - at)), at);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
