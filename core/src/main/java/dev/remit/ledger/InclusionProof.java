package dev.remit.ledger;

import dev.remit.call.Digest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * That an entry is in the log: its leaf, the way from its hash to the root (RFC 6962, section
 * 2.1.1), and the checkpoint that signs the root. As text it is a C2SP {@code tlog-proof}.
 */
public final class InclusionProof {
    private static final String FORM = "c2sp.org/tlog-proof@v1";

    private final long index;
    private final byte[] leaf;
    private final List<Digest> path;
    private final String checkpoint;

    /**
     * @param leaf the entry's leaf, as {@code docs/reference/ledger.md} writes it down
     * @param path the hashes beside the way, from the leaf to the root
     * @param checkpoint the signed note, as it lies in the log's folder
     */
    public InclusionProof(long index, byte[] leaf, List<Digest> path, String checkpoint) {
        this.index = index;
        this.leaf = leaf.clone();
        this.path = List.copyOf(path);
        this.checkpoint = checkpoint;
    }

    public List<Digest> path() {
        return path;
    }

    public String checkpoint() {
        return checkpoint;
    }

    /**
     * The root that the leaf and the way come to in a tree of this size (RFC 9162, section
     * 2.1.3.2); empty if the way is no way in such a tree.
     */
    public Optional<Digest> root(long size) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        long node = index;
        long last = size - 1;
        Digest hash = Merkle.leaf(leaf);
        for (Digest beside : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((node & 1) == 1 || node == last) {
                hash = Merkle.node(beside, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Merkle.node(hash, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 ? Optional.of(hash) : Optional.empty();
    }

    /** The proof as a file, with the leaf as what the form calls extra data. */
    public String text() {
        Base64.Encoder encoder = Base64.getEncoder();
        StringBuilder text = new StringBuilder(FORM).append('\n');
        text.append("extra ").append(encoder.encodeToString(leaf)).append('\n');
        text.append("index ").append(index).append('\n');
        path.forEach(one -> text.append(encoder.encodeToString(one.bytes())).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }
}
