package dev.remit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The vectors that Certificate Transparency's own implementation tests its tree with. */
final class MerkleTest {
    private static final List<String> LEAVES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static Digest leaf(String hex) {
        return Merkle.leaf(HexFormat.of().parseHex(hex));
    }

    @Test
    void theRootsAreThoseOfCertificateTransparency() {
        Merkle tree = new Merkle();
        assertThat(tree.root().hex()).isEqualTo(ROOTS.getFirst());
        for (int i = 0; i < LEAVES.size(); i++) {
            tree.add(leaf(LEAVES.get(i)));
            assertThat(tree.root().hex()).as("%d leaves", i + 1).isEqualTo(ROOTS.get(i + 1));
        }
    }

    @Test
    @DisplayName("AUDIT-013: a leaf that reads like a node is not taken for one")
    void aLeafIsNoNode() {
        Digest left = Merkle.leaf(new byte[] {1});
        Digest right = Merkle.leaf(new byte[] {2});
        Merkle two = new Merkle();
        two.add(left);
        two.add(right);
        byte[] node = ByteBuffer.allocate(64).put(left.bytes()).put(right.bytes()).array();
        byte[] marked = ByteBuffer.allocate(65).put((byte) 1).put(node).array();
        assertThat(Merkle.node(left, right)).isEqualTo(two.root());
        for (byte[] leaf : List.of(node, marked)) {
            Merkle one = new Merkle();
            one.add(Merkle.leaf(leaf));
            assertThat(one.root()).isNotEqualTo(two.root());
            assertThat(new InclusionProof(0, leaf, List.of(), "").root(1))
                    .isNotEqualTo(Optional.of(two.root()));
        }
    }

    @Test
    void aTreeGoesOnFromItsPeaks() {
        for (int from = 0; from <= LEAVES.size(); from++) {
            Merkle start = new Merkle();
            LEAVES.subList(0, from).forEach(leaf -> start.add(leaf(leaf)));
            Merkle resumed = new Merkle(start.size(), start.peaks());
            LEAVES.subList(from, LEAVES.size()).forEach(leaf -> resumed.add(leaf(leaf)));
            assertThat(resumed.root().hex()).isEqualTo(ROOTS.getLast());
        }
        assertThatThrownBy(() -> new Merkle(3, List.of(Digest.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRootIsThatOfTheDefinition() {
        Merkle tree = new Merkle();
        List<Digest> leaves = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            leaves.add(Merkle.leaf(new byte[] {(byte) i}));
            tree.add(leaves.getLast());
            assertThat(tree.root()).isEqualTo(byDefinition(leaves));
        }
    }

    /** RFC 6962, section 2.1, word for word. */
    private static Digest byDefinition(List<Digest> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = Integer.highestOneBit(leaves.size() - 1);
        return Merkle.node(
                byDefinition(leaves.subList(0, k)), byDefinition(leaves.subList(k, leaves.size())));
    }
}
