package dev.remit.ledger.witness;

import java.util.Optional;

/** What a witness has cosigned: of each log, the newest checkpoint. */
public interface WitnessBook {
    /** The note that was kept last for the log of this name. */
    Optional<String> latest(String origin);

    /** Keeps the note in the place of the one before; returns when it is durable. */
    void keep(String origin, String note);
}
