package dev.remit.ledger;

import dev.remit.call.Digest;
import java.util.List;

/** That a log only grew: its older tree is the beginning of the newer (RFC 6962, section 2.1.2). */
public final class ConsistencyProof {
    private ConsistencyProof() {}

    /**
     * Whether the hashes prove it (RFC 9162, section 2.1.4.2). The empty tree is the beginning of
     * every tree, and a tree of itself; both are proven by nothing.
     */
    public static boolean holds(
            long old, Digest oldRoot, long size, Digest root, List<Digest> proof) {
        if (old < 0 || old > size) {
            return false;
        }
        if (old == 0 || old == size) {
            return proof.isEmpty() && oldRoot.equals(old == 0 ? new Merkle().root() : root);
        }
        long node = old - 1;
        long last = size - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        boolean whole = node == 0; // the older tree is one full subtree, and not repeated
        if (proof.isEmpty() && !whole) {
            return false;
        }
        Digest older = whole ? oldRoot : proof.getFirst();
        Digest newer = older;
        for (Digest beside : proof.subList(whole ? 0 : 1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                older = Merkle.node(beside, older);
                newer = Merkle.node(beside, newer);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newer = Merkle.node(newer, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && older.equals(oldRoot) && newer.equals(root);
    }
}
