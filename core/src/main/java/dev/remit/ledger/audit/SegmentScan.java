package dev.remit.ledger.audit;

import dev.remit.ledger.SegmentFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds the frames in the bytes of one segment, also behind ones that cannot be read, and what is
 * neither frame nor zero.
 */
final class SegmentScan {
    private static final byte[] DOMAIN = "remit/entry/v1\0".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer bytes;
    private final List<Seen> frames = new ArrayList<>();
    private int end;

    SegmentScan(ByteBuffer bytes) {
        this.bytes = bytes;
        int at = Math.min(SegmentFormat.HEADER, bytes.limit());
        end = at;
        while (at < bytes.limit()) {
            int next = frameEnd(at);
            if (next > 0 && isSound(at, next)) {
                add(at, true);
            } else if (next > 0 && leadsOn(at, next)) {
                add(at, false);
            } else {
                OptionalInt found = nextSound(at + 1);
                if (found.isEmpty()) {
                    break;
                }
                frames.add(Seen.unreadable(at));
                next = found.getAsInt();
            }
            at = next;
            end = at;
        }
    }

    List<Seen> frames() {
        return frames;
    }

    /** Where the frames end. */
    int end() {
        return end;
    }

    /** The first byte behind the frames that is not zero. */
    OptionalInt stray() {
        for (int at = end; at < bytes.limit(); at++) {
            if (bytes.get(at) != 0) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Whether there is, behind the frames, what a write that did not finish leaves: the beginning
     * of a frame.
     */
    boolean endsUnfinished() {
        OptionalInt stray = stray();
        return stray.isPresent()
                && stray.getAsInt() < end + 4
                && (lengths(end) || bytes.limit() - end < SegmentFormat.FRAME)
                && (startsFrame(end) || isZero(end + SegmentFormat.FRAME, DOMAIN.length));
    }

    private void add(int at, boolean checksum) {
        byte[] leaf = new byte[bytes.getInt(at)];
        byte[] body = new byte[bytes.getInt(at + 4)];
        bytes.get(at + SegmentFormat.FRAME, leaf);
        bytes.get(at + SegmentFormat.FRAME + leaf.length, body);
        frames.add(Seen.of(at, checksum, leaf, body));
    }

    private boolean lengths(int at) {
        return at + SegmentFormat.FRAME <= bytes.limit()
                && SegmentFormat.isPlausible(bytes.getInt(at), bytes.getInt(at + 4));
    }

    /** Where the frame that starts here would end; 0 if there can be none. */
    private int frameEnd(int at) {
        if (!lengths(at)) {
            return 0;
        }
        int next = at + SegmentFormat.FRAME + bytes.getInt(at) + bytes.getInt(at + 4);
        return next <= bytes.limit() ? next : 0;
    }

    private boolean isSound(int at, int next) {
        return SegmentFormat.isSound(bytes.slice(at, next - at));
    }

    /** Whether the lengths are right: another frame starts behind, or nothing but zeros. */
    private boolean leadsOn(int at, int next) {
        return (startsFrame(next) && frameEnd(next) > 0)
                || (isZero(next, bytes.limit() - next) && nextSound(at + 1).orElse(next) >= next);
    }

    private boolean startsFrame(int at) {
        byte[] start = new byte[DOMAIN.length];
        if (at + SegmentFormat.FRAME + start.length > bytes.limit()) {
            return false;
        }
        bytes.get(at + SegmentFormat.FRAME, start);
        return Arrays.equals(start, DOMAIN);
    }

    private OptionalInt nextSound(int from) {
        for (int at = from; at + SegmentFormat.FRAME < bytes.limit(); at++) {
            if (bytes.get(at + SegmentFormat.FRAME) == DOMAIN[0] && startsFrame(at)) {
                int next = frameEnd(at);
                if (next > 0 && isSound(at, next)) {
                    return OptionalInt.of(at);
                }
            }
        }
        return OptionalInt.empty();
    }

    private boolean isZero(int at, int length) {
        for (int i = at; i < Math.min(bytes.limit(), at + length); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
