package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.ledger.InclusionProof;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.Subtrees;
import dev.remit.testkit.AttackCase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The way from every leaf of every small tree to its root, and from a changed one to none. */
final class ProofsTest {
    @Test
    @AttackCase("AUDIT-009")
    void everyLeafOfEverySmallTreeIsProven() {
        for (int size = 1; size <= 33; size++) {
            List<byte[]> leaves = new ArrayList<>();
            Merkle tree = new Merkle();
            for (int i = 0; i < size; i++) {
                byte[] leaf = ("leaf " + i).getBytes(StandardCharsets.UTF_8);
                leaves.add(leaf);
                tree.add(Merkle.leaf(leaf));
            }
            for (int index = 0; index < size; index++) {
                List<Digest> path =
                        Subtrees.of(at -> Merkle.leaf(leaves.get((int) at))).inclusion(index, size);
                InclusionProof proof = new InclusionProof(index, leaves.get(index), path, "note");
                assertThat(proof.root(size)).isEqualTo(Optional.of(tree.root()));
                assertThat(proof.root(index)).as("in a tree without it").isEmpty();
                byte[] other = "another".getBytes(StandardCharsets.UTF_8);
                assertThat(new InclusionProof(index, other, path, "note").root(size))
                        .isNotEqualTo(Optional.of(tree.root()));
                assertThat(
                                new InclusionProof((index + 1) % size, leaves.get(index), path, "")
                                        .root(size))
                        .as("another place in a tree of " + size)
                        .isNotEqualTo(size == 1 ? Optional.empty() : Optional.of(tree.root()));
            }
        }
    }

    @Test
    void asTextItIsATlogProof() {
        InclusionProof proof =
                new InclusionProof(
                        5,
                        new byte[] {1},
                        List.of(Digest.of(new byte[] {2})),
                        "log\n6\nroot\n\n— log sig\n");
        assertThat(proof.text().lines())
                .containsExactly(
                        "c2sp.org/tlog-proof@v1",
                        "extra AQ==",
                        "index 5",
                        Base64.getEncoder().encodeToString(Digest.of(new byte[] {2}).bytes()),
                        "",
                        "log",
                        "6",
                        "root",
                        "",
                        "— log sig");
    }
}
