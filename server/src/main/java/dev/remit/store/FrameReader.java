package dev.remit.store;

import dev.remit.ledger.SegmentFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads a segment's frames one after the other, up to the first that is not sound. */
final class FrameReader {
    private static final int WINDOW = 1 << 18;

    private final LogFile file;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowAt;
    private long at;
    private long index;

    /**
     * @param at where the frame of entry {@code index} starts
     */
    FrameReader(LogFile file, long at, long index) {
        this.file = file;
        this.at = at;
        this.index = index;
    }

    /** The next frame; empty at the end, or at bytes that are no frame. */
    Optional<Frame> next() throws IOException {
        ByteBuffer lengths = look(SegmentFormat.FRAME);
        if (lengths.remaining() < SegmentFormat.FRAME) {
            return Optional.empty();
        }
        int leafLength = lengths.getInt(0);
        int bodyLength = lengths.getInt(4);
        if (!SegmentFormat.isPlausible(leafLength, bodyLength)) {
            return Optional.empty();
        }
        int length = SegmentFormat.FRAME + leafLength + bodyLength;
        ByteBuffer frame = look(length);
        if (frame.remaining() < length || !SegmentFormat.isSound(frame)) {
            return Optional.empty();
        }
        byte[] leaf = new byte[leafLength];
        byte[] body = new byte[bodyLength];
        frame.get(SegmentFormat.FRAME, leaf).get(SegmentFormat.FRAME + leafLength, body);
        at += length;
        return Optional.of(new Frame(index++, at, leaf, body));
    }

    /** Where the next frame starts, or would. */
    long at() {
        return at;
    }

    /** The place in the log of the next frame. */
    long index() {
        return index;
    }

    /** The next bytes, at most so many, without going on. */
    private ByteBuffer look(int length) throws IOException {
        int from = (int) (at - windowAt);
        if (window.limit() - from < length) {
            window = ByteBuffer.allocate(Math.max(WINDOW, length));
            file.read(window, at);
            window.flip();
            windowAt = at;
            from = 0;
        }
        return window.slice(from, Math.min(length, window.limit() - from));
    }
}
