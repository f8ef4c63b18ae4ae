package dev.remit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConsistencyProofTest {
    private static final int MOST = 40;

    private static Digest leaf(long index) {
        return Merkle.leaf(new byte[] {(byte) index});
    }

    private static Digest root(long size) {
        Merkle tree = new Merkle();
        for (long i = 0; i < size; i++) {
            tree.add(leaf(i));
        }
        return tree.root();
    }

    /** The three of RFC 6962, section 2.1.3: by how many hashes each is proven. */
    @Test
    void theExamplesOfTheStandard() {
        Subtrees tree = Subtrees.of(ConsistencyProofTest::leaf);
        assertThat(tree.consistency(3, 7)).hasSize(4);
        assertThat(tree.consistency(4, 7)).containsExactly(tree.root(4, 7));
        assertThat(tree.consistency(6, 7)).hasSize(3);
    }

    @Test
    void everySmallTreeIsTheBeginningOfEveryLargerOneAndOfNothingElse() {
        Subtrees tree = Subtrees.of(ConsistencyProofTest::leaf);
        for (long size = 0; size <= MOST; size++) {
            for (long old = 0; old <= size; old++) {
                List<Digest> proof = tree.consistency(old, size);
                assertThat(ConsistencyProof.holds(old, root(old), size, root(size), proof))
                        .as("%d in %d", old, size)
                        .isTrue();
                refused(old, size, proof);
            }
        }
    }

    private static void refused(long old, long size, List<Digest> proof) {
        Digest other = Digest.of(new byte[] {42});
        assertThat(ConsistencyProof.holds(old, other, size, root(size), proof)).isFalse();
        assertThat(ConsistencyProof.holds(size + 1, root(old), size, root(size), proof)).isFalse();
        assertThat(ConsistencyProof.holds(-1, root(old), size, root(size), proof)).isFalse();
        if (old > 0) {
            assertThat(ConsistencyProof.holds(old, root(old), size, other, proof)).isFalse();
        }
        for (int i = 0; i <= proof.size(); i++) {
            List<Digest> more = new ArrayList<>(proof);
            more.add(i, other);
            assertThat(ConsistencyProof.holds(old, root(old), size, root(size), more)).isFalse();
        }
        for (int i = 0; i < proof.size(); i++) {
            List<Digest> fewer = new ArrayList<>(proof);
            fewer.remove(i);
            assertThat(ConsistencyProof.holds(old, root(old), size, root(size), fewer)).isFalse();
            List<Digest> changed = new ArrayList<>(proof);
            changed.set(i, other);
            assertThat(ConsistencyProof.holds(old, root(old), size, root(size), changed)).isFalse();
        }
    }
}
