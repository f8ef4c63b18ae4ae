package dev.remit.gate;

import dev.remit.call.Outcome;
import dev.remit.call.Pin;
import dev.remit.decision.Permit;
import dev.remit.decision.intent.Provenance;
import dev.remit.ledger.Receipt;
import dev.remit.mandate.Mandate;
import java.util.Optional;

/** What agents have seen under their mandates, to hold further calls against. */
public interface Recall {
    /** What a call of this tool is held against; empty where nobody looks at what is meant. */
    Optional<Provenance> provenance(Mandate mandate, Pin pin);

    /**
     * Takes in how a call ended.
     *
     * @param written that it is on record
     */
    void remember(Permit permit, Outcome outcome, Receipt written);

    /** Where nobody looks at what is meant. */
    static Recall none() {
        return new Recall() {
            @Override
            public Optional<Provenance> provenance(Mandate mandate, Pin pin) {
                return Optional.empty();
            }

            @Override
            public void remember(Permit permit, Outcome outcome, Receipt written) {}
        };
    }
}
