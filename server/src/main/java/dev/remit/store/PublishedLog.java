package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.ledger.InclusionProof;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Tile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the log shows of itself to those who are to check it: its newest checkpoint, the hashes that
 * it covers, and proofs about them.
 */
public final class PublishedLog {
    private final LogFolder folder;
    private final Archive archive;
    private final HashTree tree;

    PublishedLog(LogFolder folder, Archive archive) {
        this.folder = folder;
        this.archive = archive;
        this.tree = new HashTree(folder);
    }

    /**
     * The newest checkpoint, a signed note.
     *
     * @throws LedgerUnavailable if it cannot be read
     */
    public String checkpoint() {
        try {
            return new String(folder.read(Checkpoints.NAME), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LedgerUnavailable("the checkpoint cannot be read: " + e.getMessage(), e);
        }
    }

    /** How many entries a checkpoint covers. */
    static long size(String checkpoint) {
        return Long.parseLong(checkpoint.lines().skip(1).findFirst().orElse("0"));
    }

    /** The tile's hashes one after another; empty if the newest checkpoint does not cover them. */
    public Optional<byte[]> tile(Tile tile) {
        return tile.isIn(size(checkpoint())) ? Optional.of(this.tree.tile(tile)) : Optional.empty();
    }

    /** That the log of so many entries is the beginning of the log of {@code size}. */
    public List<Digest> consistency(long old, long size) {
        return tree.consistency(old, size);
    }

    /** The proof for the entry in the tree of the newest checkpoint; empty if it is not there. */
    Optional<InclusionProof> proof(long index) {
        return proof(index, checkpoint());
    }

    /** The proof for the entry in the tree of this checkpoint; empty if it is not there. */
    Optional<InclusionProof> proof(long index, String checkpoint) {
        long size = size(checkpoint);
        Optional<Frame> frame = index < size ? archive.frame(index) : Optional.empty();
        return frame.map(
                one ->
                        new InclusionProof(
                                index, one.leaf(), tree.inclusion(index, size), checkpoint));
    }
}
