package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.Subtrees;
import dev.remit.ledger.Tile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The hashes of the log's tree, from the file of leaf hashes. What stands above the leaves is
 * computed when it is first asked for and kept: 32 bytes for 256 entries.
 */
final class HashTree implements Subtrees {
    private static final int TILE = Tile.FULL * Leaves.HASH; // bytes

    private final LogFolder folder;
    private final ReentrantLock lock = new ReentrantLock(); // guards what is above the leaves
    private final List<Level> above = new ArrayList<>();

    HashTree(LogFolder folder) {
        this.folder = folder;
    }

    /** The hashes of one level, all roots of full tiles of the level below. */
    private static final class Level {
        private byte[] hashes = new byte[TILE];
        private int count;

        void add(Digest root) {
            if ((count + 1) * Leaves.HASH > hashes.length) {
                hashes = Arrays.copyOf(hashes, hashes.length * 2);
            }
            System.arraycopy(root.bytes(), 0, hashes, count * Leaves.HASH, Leaves.HASH);
            count++;
        }
    }

    /** The tile's hashes one after another; the caller knows that the log has them. */
    byte[] tile(Tile tile) {
        return hashes(tile.level(), tile.first(), tile.width());
    }

    @Override
    public Digest root(long from, long to) {
        long count = to - from;
        if (Long.bitCount(count) > 1) {
            long middle = from + Long.highestOneBit(count);
            Merkle two = new Merkle();
            two.add(root(from, middle));
            two.add(root(middle, to));
            return two.root();
        }
        int level = Long.numberOfTrailingZeros(count) / 8;
        return root(hashes(level, from >> (8 * level), (int) (count >> (8 * level))), 0);
    }

    /** The root over hashes from a place on, to the end or to a full tile. */
    private static Digest root(byte[] hashes, int at) {
        Merkle tree = new Merkle();
        for (int i = at; i < Math.min(hashes.length, at + TILE); i += Leaves.HASH) {
            tree.add(Digest.ofBytes(Arrays.copyOfRange(hashes, i, i + Leaves.HASH)));
        }
        return tree.root();
    }

    private byte[] hashes(int level, long first, int count) {
        if (level == 0) {
            return leaves(first, count);
        }
        lock.lock();
        try {
            Level known = grown(level, first + count);
            int from = Math.toIntExact(first) * Leaves.HASH;
            return Arrays.copyOfRange(known.hashes, from, from + count * Leaves.HASH);
        } finally {
            lock.unlock();
        }
    }

    /** A level above the leaves, with so many hashes at least. */
    private Level grown(int level, long count) {
        if (above.size() < level) {
            above.add(new Level());
            return grown(level, count);
        }
        Level known = above.get(level - 1);
        while (known.count < count) {
            long first = (long) known.count * Tile.FULL;
            if (level == 1) {
                known.add(root(leaves(first, Tile.FULL), 0));
            } else {
                Level below = grown(level - 1, first + Tile.FULL);
                known.add(root(below.hashes, Math.toIntExact(first) * Leaves.HASH));
            }
        }
        return known;
    }

    private byte[] leaves(long first, int count) {
        try (LogFile file = folder.open(Leaves.NAME)) {
            ByteBuffer bytes = ByteBuffer.allocate(count * Leaves.HASH);
            if (file.size() < (first + count) * Leaves.HASH) {
                throw new LedgerUnavailable("`leaves` has not all hashes yet; try again");
            }
            file.read(bytes, first * Leaves.HASH);
            return bytes.array();
        } catch (IOException e) {
            throw new LedgerUnavailable("`leaves` cannot be read: " + e.getMessage(), e);
        }
    }
}
