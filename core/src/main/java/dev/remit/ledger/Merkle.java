package dev.remit.ledger;

import dev.remit.call.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree hash of RFC 6962, section 2.1, grown one leaf at a time; keeps one hash for each
 * full subtree.
 */
public final class Merkle {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private final List<Digest> peaks = new ArrayList<>(); // the largest subtree first
    private long size;

    public Merkle() {}

    /**
     * Goes on from a tree of this size whose full subtrees, the largest first, have these hashes.
     */
    public Merkle(long size, List<Digest> peaks) {
        if (size < 0 || peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " has " + Long.bitCount(size) + " peaks");
        }
        this.size = size;
        this.peaks.addAll(peaks);
    }

    public static Digest leaf(byte[] leaf) {
        return Digest.of(LEAF, leaf);
    }

    static Digest node(Digest left, Digest right) {
        return Digest.of(NODE, left.bytes(), right.bytes());
    }

    public void add(Digest leafHash) {
        Digest carried = leafHash;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            carried = node(peaks.removeLast(), carried);
        }
        peaks.add(carried);
        size++;
    }

    public long size() {
        return size;
    }

    public List<Digest> peaks() {
        return List.copyOf(peaks);
    }

    /** The root; of the empty tree, the hash of nothing. */
    public Digest root() {
        if (peaks.isEmpty()) {
            return Digest.of();
        }
        Digest root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = node(peaks.get(i), root);
        }
        return root;
    }
}
