package dev.remit.mandate;

import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
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

    /** The mandate that this person most lately gave to this agent, in force or not. */
    default Optional<Sheet> current(AgentId agent, PersonId giver) {
        return list(Integer.MAX_VALUE).stream()
                .filter(one -> one.mandate().agent().equals(agent))
                .filter(one -> one.mandate().giver().id().equals(giver))
                .findFirst();
    }

    /**
     * What an agent acts under: the mandate it names; else its current one, by the person it acts
     * for if it says for whom.
     */
    default Optional<Sheet> under(
            AgentId agent, Optional<PersonId> giver, Optional<MandateId> named) {
        if (named.isPresent()) {
            return find(named.get());
        }
        return giver.isPresent() ? current(agent, giver.get()) : current(agent);
    }

    /** The mandates that this person gave, newest first, at most so many. */
    default List<Sheet> given(PersonId giver, int most) {
        return list(Integer.MAX_VALUE).stream()
                .filter(one -> one.mandate().giver().id().equals(giver))
                .limit(most)
                .toList();
    }

    /** All mandates, newest first, at most so many. */
    List<Sheet> list(int most);
}
