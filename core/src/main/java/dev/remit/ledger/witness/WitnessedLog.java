package dev.remit.ledger.witness;

import dev.remit.call.Digest;
import dev.remit.ledger.Checkpoint;
import java.util.List;
import java.util.Optional;

/** A log, as far as its witnesses have to do with it. */
public interface WitnessedLog {
    /** The newest checkpoint, a signed note; with cosignatures, if there are any of it. */
    String checkpoint();

    /** The newest checkpoint that witnesses cosigned, with what they said. */
    Optional<String> cosigned();

    /** Keeps a checkpoint with cosignatures beside the newest one. */
    void keepCosigned(String note);

    /** What a note says, if this log signed it with a key that is held here. */
    Optional<Checkpoint> own(String note);

    /** The root of the first so many entries; a checkpoint covers them. */
    Digest root(long size);

    /** That the log of {@code old} entries is the beginning of the log of {@code size}. */
    List<Digest> consistency(long old, long size);

    /** Nothing is written any more until the next start, for this reason. */
    void refuse(String why);
}
