package dev.remit.ledger.audit;

import dev.remit.call.Digest;
import dev.remit.ledger.EntryFormat;
import dev.remit.ledger.Merkle;
import java.util.Optional;

/**
 * One frame as it was found.
 *
 * @param leafHash of what stands there; of a frame that cannot be read, the hash of nothing
 * @param leaf empty if it is none
 */
record Seen(
        long offset,
        boolean readable,
        boolean checksum,
        Digest leafHash,
        Optional<EntryFormat.Leaf> leaf,
        Body body,
        String fault) {

    /** Whether the body is the one that the leaf commits to. */
    enum Body {
        SOUND,
        CHANGED,
        MISSING
    }

    static Seen unreadable(long offset) {
        return new Seen(offset, false, false, Digest.of(), Optional.empty(), Body.MISSING, "");
    }

    static Seen of(long offset, boolean checksum, byte[] leaf, byte[] body) {
        Digest hash = Merkle.leaf(leaf);
        try {
            EntryFormat.Leaf read = EntryFormat.readLeaf(leaf);
            boolean sound = EntryFormat.commitment(body).equals(read.commitment());
            Body state = body.length == 0 ? Body.MISSING : sound ? Body.SOUND : Body.CHANGED;
            String fault = state == Body.SOUND ? fault(leaf, body) : "";
            return new Seen(offset, true, checksum, hash, Optional.of(read), state, fault);
        } catch (IllegalArgumentException e) {
            return new Seen(
                    offset,
                    true,
                    checksum,
                    hash,
                    Optional.empty(),
                    Body.SOUND,
                    String.valueOf(e.getMessage()));
        }
    }

    private static String fault(byte[] leaf, byte[] body) {
        try {
            EntryFormat.read(0, leaf, body);
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
