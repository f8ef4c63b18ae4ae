package dev.remit.mandate;

import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import java.util.List;
import java.util.Optional;

/** What the ledger says of mandates, for reading; it changes only by appending to the ledger. */
public interface MandateBook {
    Optional<Sheet> find(MandateId id);

    /**
     * The mandate most lately given to this agent, in force or not: when it ends, an older one does
     * not come back by itself.
     */
    Optional<Sheet> current(AgentId agent);

    /** All mandates, newest first, at most so many. */
    List<Sheet> list(int most);
}
