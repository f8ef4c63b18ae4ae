package dev.remit.registry;

import dev.remit.mandate.Mandate;
import java.time.Instant;

/** What the organisation lets people give to agents at most. */
public interface Ceiling {
    /**
     * Refuses a mandate that is given or widened beyond it.
     *
     * @throws ActRefused and names the rule
     */
    void hold(Mandate mandate, Instant now);

    /** Of an organisation that sets none. */
    static Ceiling none() {
        return (_, _) -> {};
    }
}
