package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.InclusionProof;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Merkle;
import dev.remit.ledger.Tile;
import dev.remit.ledger.witness.WitnessedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the log shows of itself to those who are to check it: its newest checkpoint, the hashes that
 * it covers, and proofs about them.
 */
public final class PublishedLog implements WitnessedLog {
    private final LogFolder folder;
    private final Archive archive;
    private final Function<String, Optional<Checkpoint>> own;
    private final Consumer<String> refuse;
    private final HashTree tree;

    /**
     * @param own what a note says, if this log signed it
     * @param refuse has nothing written any more, and why
     */
    PublishedLog(
            LogFolder folder,
            Archive archive,
            Function<String, Optional<Checkpoint>> own,
            Consumer<String> refuse) {
        this.refuse = refuse;
        this.folder = folder;
        this.archive = archive;
        this.own = own;
        this.tree = new HashTree(folder);
    }

    /**
     * The newest checkpoint, a signed note; with the witnesses' cosignatures, if they have seen it.
     *
     * @throws LedgerUnavailable if it cannot be read
     */
    @Override
    public String checkpoint() {
        String newest = read(Checkpoints.NAME);
        return cosigned().filter(note -> size(note) >= size(newest)).orElse(newest);
    }

    @Override
    public Optional<String> cosigned() {
        try {
            return folder.names().contains(Checkpoints.COSIGNED)
                    ? Optional.of(read(Checkpoints.COSIGNED))
                    : Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void keepCosigned(String note) {
        try {
            folder.replace(Checkpoints.COSIGNED, note.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new LedgerUnavailable("cosignatures are not kept: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Checkpoint> own(String note) {
        return own.apply(note);
    }

    @Override
    public Digest root(long size) {
        return size == 0 ? new Merkle().root() : tree.root(0, size);
    }

    @Override
    public void refuse(String why) {
        refuse.accept(why);
    }

    private String read(String name) {
        try {
            return new String(folder.read(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static LedgerUnavailable unreadable(IOException e) {
        return new LedgerUnavailable("the checkpoint cannot be read: " + e.getMessage(), e);
    }

    /** How many entries a checkpoint covers. */
    static long size(String checkpoint) {
        return Long.parseLong(checkpoint.lines().skip(1).findFirst().orElse("0"));
    }

    /** The tile's hashes one after another; empty if the newest checkpoint does not cover them. */
    public Optional<byte[]> tile(Tile tile) {
        return tile.isIn(size(checkpoint())) ? Optional.of(this.tree.tile(tile)) : Optional.empty();
    }

    @Override
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
