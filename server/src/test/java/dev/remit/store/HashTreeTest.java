package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Digest;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.Subtrees;
import dev.remit.ledger.Tile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hashes of a tree of three levels against a plain reckoning. */
final class HashTreeTest {
    private static final int SIZE = 70_000;

    @TempDir static Path folder;
    private static final byte[] LEAVES = new byte[SIZE * 32];

    @BeforeAll
    static void write() throws IOException {
        for (int i = 0; i < SIZE; i++) {
            System.arraycopy(leaf(i).bytes(), 0, LEAVES, i * 32, 32);
        }
        Files.write(folder.resolve(Leaves.NAME), LEAVES);
    }

    private static Digest leaf(long index) {
        return Merkle.leaf(ByteBuffer.allocate(8).putLong(index).array());
    }

    private static Digest root(long from, long to) {
        return Subtrees.of(HashTreeTest::leaf).root(from, to);
    }

    @Test
    void eachLevelIsMadeOfFullTilesBelow() throws IOException {
        HashTree tree = new HashTree(DiskFolder.forReading(folder));
        assertThat(tree.tile(new Tile(0, 1, 256)))
                .isEqualTo(Arrays.copyOfRange(LEAVES, 8192, 16384));
        assertThat(tree.tile(new Tile(0, 273, 112)))
                .isEqualTo(Arrays.copyOfRange(LEAVES, 273 * 8192, LEAVES.length));
        assertThat(tree.tile(new Tile(2, 0, 1))).isEqualTo(root(0, 65_536).bytes());
        byte[] partial = tree.tile(new Tile(1, 1, 17));
        assertThat(partial).hasSize(17 * 32);
        for (int i = 0; i < 17; i++) {
            long from = 65_536 + 256L * i;
            assertThat(Arrays.copyOfRange(partial, 32 * i, 32 * i + 32))
                    .isEqualTo(root(from, from + 256).bytes());
        }
    }

    @Test
    void proofsAreThoseOfAPlainReckoning() throws IOException {
        HashTree tree = new HashTree(DiskFolder.forReading(folder));
        Subtrees plain = Subtrees.of(HashTreeTest::leaf);
        Random random = new Random(7);
        for (int round = 0; round < 12; round++) {
            long size = round == 0 ? SIZE : 1 + random.nextInt(SIZE);
            long index = random.nextLong(size);
            assertThat(tree.inclusion(index, size)).isEqualTo(plain.inclusion(index, size));
            assertThat(tree.consistency(index, size)).isEqualTo(plain.consistency(index, size));
        }
    }

    @Test
    void whatIsNotInTheFileIsNotMadeUp() throws IOException {
        HashTree tree = new HashTree(DiskFolder.forReading(folder));
        assertThatThrownBy(() -> tree.tile(new Tile(0, 273, 113)))
                .isInstanceOf(LedgerUnavailable.class);
        assertThatThrownBy(() -> tree.tile(new Tile(1, 1, 18)))
                .isInstanceOf(LedgerUnavailable.class);
        assertThat(tree.tile(new Tile(1, 1, 17))).hasSize(17 * 32);
    }
}
