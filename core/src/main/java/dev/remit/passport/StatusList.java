package dev.remit.passport;

import dev.remit.call.Value;
import dev.remit.identity.Jws;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A status list (draft-ietf-oauth-status-list, section 4): 1, 2, 4 or 8 bits for each place, the
 * first in the lowest bits, compressed with zlib. 0 is valid; nothing else is.
 */
public final class StatusList {
    /** The longest that a list may be when it is no longer compressed. */
    static final int LONGEST = 1024 * 1024;

    private static final Set<Long> BITS = Set.of(1L, 2L, 4L, 8L);

    private final int bits;
    private final byte[] statuses;

    private StatusList(int bits, byte[] statuses) {
        this.bits = bits;
        this.statuses = statuses;
    }

    /** Reads the claim {@code status_list}; empty for any doubt. */
    public static Optional<StatusList> read(Value.Fields claim) {
        OptionalLong bits = claim.whole("bits");
        Optional<String> list = claim.text("lst");
        if (!BITS.contains(bits.orElse(0)) || list.isEmpty()) {
            return Optional.empty();
        }
        try {
            return inflated(Jws.decode(list.get()))
                    .map(bytes -> new StatusList((int) bits.getAsLong(), bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> inflated(byte[] compressed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[8_192];
            while (!inflater.finished()) {
                int length = inflater.inflate(part);
                if (length == 0 || out.size() + length > LONGEST) {
                    return Optional.empty(); // cut off, or blown up
                }
                out.write(part, 0, length);
            }
            return inflater.getRemaining() == 0 ? Optional.of(out.toByteArray()) : Optional.empty();
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    /** A list of this many places with one bit each, of which these are set. */
    public static Value.Fields write(int places, BitSet revoked) {
        byte[] bytes = new byte[places / 8];
        byte[] set = revoked.toByteArray();
        System.arraycopy(set, 0, bytes, 0, Math.min(set.length, bytes.length));
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[8_192];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return Value.object().put("bits", 1).put("lst", Jws.encode(out.toByteArray())).build();
        } finally {
            deflater.end();
        }
    }

    /** The status at a place; empty if the list has no such place. */
    public OptionalInt at(long index) {
        int each = 8 / bits;
        if (index < 0 || index / each >= statuses.length) {
            return OptionalInt.empty();
        }
        int shift = (int) (index % each) * bits;
        int mask = (1 << bits) - 1;
        return OptionalInt.of((statuses[(int) (index / each)] >> shift) & mask);
    }

    /** Whether the list has the place and says that what is there is valid. */
    public boolean isValid(long index) {
        OptionalInt status = at(index);
        return status.isPresent() && status.getAsInt() == 0;
    }
}
