package dev.remit.ledger;

import dev.remit.call.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment, the file that holds a stretch of the log, version 1, as {@code
 * docs/reference/ledger.md} writes it down.
 *
 * <pre>
 * segment := header · frame … · zeros
 * header  := "remit/segment/v1" · first u64 · peaks u32 · peaks × 32 bytes · zeros · crc u32    4096 bytes in all
 * frame   := leaf length u32 · body length u32 · crc u32 · leaf · body
 * </pre>
 *
 * All numbers are big-endian. A header's crc covers the bytes before it; a frame's covers the two
 * lengths, the leaf and the body. Both are CRC-32C, against accidents; the tree is against people.
 */
public final class SegmentFormat {
    public static final int HEADER = 4096;
    public static final int FRAME = 12;
    public static final int MOST_LEAF = 1 << 20;

    /** The most bytes that a frame, and all frames written at once, may take. */
    public static final int MOST_AT_ONCE = 4 << 20;

    private static final byte[] MAGIC = "remit/segment/v1".getBytes(StandardCharsets.US_ASCII);

    private SegmentFormat() {}

    /** The tree as it was before the segment's first entry. */
    public record Header(long first, List<Digest> peaks) {
        public Header {
            peaks = List.copyOf(peaks);
        }

        public Merkle tree() {
            return new Merkle(first, peaks);
        }
    }

    /** The name of the segment's file. */
    public static String name(long first) {
        return String.format(Locale.ROOT, "%020d.seg", first);
    }

    /** Whether a file of this name is a segment. */
    public static boolean isName(String name) {
        return name.matches("[0-9]{20}\\.seg");
    }

    public static byte[] header(Merkle tree) {
        ByteBuffer out = ByteBuffer.allocate(HEADER).put(MAGIC).putLong(tree.size());
        out.putInt(tree.peaks().size());
        tree.peaks().forEach(peak -> out.put(peak.bytes()));
        out.putInt(HEADER - Integer.BYTES, crc(out.slice(0, HEADER - Integer.BYTES)));
        return out.array();
    }

    /** Reads a header; empty if it is anything but exactly the form above. */
    public static Optional<Header> readHeader(ByteBuffer segment) {
        if (segment.remaining() < HEADER) {
            return Optional.empty();
        }
        byte[] given = new byte[HEADER];
        segment.get(segment.position(), given);
        ByteBuffer in = ByteBuffer.wrap(given, MAGIC.length, HEADER - MAGIC.length);
        long first = in.getLong();
        int count = in.getInt();
        if (first < 0 || count != Long.bitCount(first)) {
            return Optional.empty();
        }
        List<Digest> peaks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] peak = new byte[32];
            in.get(peak);
            peaks.add(Digest.ofBytes(peak));
        }
        Header header = new Header(first, peaks);
        return Arrays.equals(header(header.tree()), given) ? Optional.of(header) : Optional.empty();
    }

    static void putFrame(ByteBuffer out, byte[] leaf, byte[] body) {
        int start = out.position();
        out.putInt(leaf.length).putInt(body.length).putInt(0).put(leaf).put(body);
        int length = FRAME + leaf.length + body.length;
        out.putInt(start + 8, frameCrc(out.slice(start, length)));
    }

    /** Whether the lengths at the start of a frame could be those of one. */
    public static boolean isPlausible(int leafLength, int bodyLength) {
        return leafLength > 0
                && leafLength <= MOST_LEAF
                && bodyLength >= 0
                && bodyLength <= MOST_AT_ONCE - FRAME - leafLength;
    }

    /** Whether these bytes, from the lengths to the end of the body, are what was written. */
    public static boolean isSound(ByteBuffer frame) {
        return frame.getInt(8) == frameCrc(frame);
    }

    private static int frameCrc(ByteBuffer frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame.slice(0, 8));
        crc.update(frame.slice(FRAME, frame.limit() - FRAME));
        return (int) crc.getValue();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
