package dev.remit.ledger.audit;

import dev.remit.call.Digest;
import dev.remit.ledger.Merkle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file of leaf hashes, and the trees of its first so many. */
final class LeafFile {
    static final String NAME = "leaves";
    private static final int HASH = 32;
    private static final int AT_ONCE = 1 << 15;

    private final LedgerCopy copy;
    private final long bytes;
    private final Map<Long, Merkle> trees = new HashMap<>();

    /**
     * @param sizes of the trees that will be asked for
     */
    LeafFile(LedgerCopy copy, Collection<Long> sizes) {
        this.copy = copy;
        this.bytes = copy.names().contains(NAME) ? copy.length(NAME) : 0;
        Merkle tree = new Merkle();
        keep(tree, sizes);
        for (long at = 0; at < count(); at += AT_ONCE) {
            for (Digest hash : hashes(at, Math.min(count(), at + AT_ONCE))) {
                tree.add(hash);
                keep(tree, sizes);
            }
        }
    }

    private void keep(Merkle tree, Collection<Long> sizes) {
        if (sizes.contains(tree.size())) {
            trees.put(tree.size(), new Merkle(tree.size(), tree.peaks()));
        }
    }

    long bytes() {
        return bytes;
    }

    long count() {
        return bytes / HASH;
    }

    Optional<Merkle> tree(long size) {
        return Optional.ofNullable(trees.get(size));
    }

    List<Digest> hashes(long from, long to) {
        List<Digest> hashes = new ArrayList<>();
        if (from >= Math.min(to, count())) {
            return hashes;
        }
        int length = Math.toIntExact((Math.min(to, count()) - from) * HASH);
        ByteBuffer in = copy.bytes(NAME, from * HASH, length);
        byte[] hash = new byte[HASH];
        while (in.hasRemaining()) {
            in.get(hash);
            hashes.add(Digest.ofBytes(hash));
        }
        return hashes;
    }
}
