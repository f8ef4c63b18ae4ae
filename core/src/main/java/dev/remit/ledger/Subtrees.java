package dev.remit.ledger;

import dev.remit.call.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** The hashes of a tree's parts, which every proof about it is made of (RFC 6962, section 2.1). */
@FunctionalInterface
public interface Subtrees {
    /**
     * The root of the tree of these entries alone: {@code MTH(D[from:to])}.
     *
     * @param from a multiple of the smallest power of two that is no less than {@code to - from}
     * @param to more than {@code from}
     */
    Digest root(long from, long to);

    /** Those of a tree whose every leaf hash is at hand. */
    static Subtrees of(LongFunction<Digest> leaves) {
        return (from, to) -> {
            Merkle tree = new Merkle();
            for (long at = from; at < to; at++) {
                tree.add(leaves.apply(at));
            }
            return tree.root();
        };
    }

    /**
     * The way from a leaf to the root, the leaf's neighbour first (RFC 6962, section 2.1.1).
     *
     * @param index of the leaf, less than {@code size}
     */
    default List<Digest> inclusion(long index, long size) {
        List<Digest> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + Long.highestOneBit(to - from - 1);
            if (index < middle) {
                path.add(root(middle, to));
                to = middle;
            } else {
                path.add(root(from, middle));
                from = middle;
            }
        }
        return path.reversed();
    }

    /**
     * That the tree of {@code size} entries begins with the tree of {@code old} (RFC 6962, section
     * 2.1.2); nothing if {@code old} is 0 or {@code size}.
     *
     * @param old from 0 to {@code size}
     */
    default List<Digest> consistency(long old, long size) {
        List<Digest> path = new ArrayList<>();
        if (old == 0 || old == size) {
            return path;
        }
        long from = 0;
        long to = size;
        boolean whole = true; // the older tree is the whole of what is looked at
        while (old != to) {
            long middle = from + Long.highestOneBit(to - from - 1);
            if (old <= middle) {
                path.add(root(middle, to));
                to = middle;
            } else {
                path.add(root(from, middle));
                from = middle;
                whole = false;
            }
        }
        if (!whole) {
            path.add(root(from, to));
        }
        return path.reversed();
    }
}
