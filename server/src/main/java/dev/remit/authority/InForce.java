package dev.remit.authority;

import dev.remit.identity.Actor;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Instance;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonBook;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Sheet;
import java.time.Instant;
import java.util.Optional;

/** Whether what a token would stand for is in force; asked for every type of grant. */
record InForce(AgentBook agents, MandateBook mandates, PersonBook people) {

    /** Whether the agent may act, and the mandate, if it is for one, is in force. */
    boolean isGood(AgentId agent, Optional<MandateId> mandate, Instant now) {
        return isGood(agent) && mandate.stream().allMatch(one -> holds(one, now));
    }

    /** The same, of whoever acts by one of its instances. */
    boolean isGood(Actor actor, Optional<MandateId> mandate, Instant now) {
        return agents.instance(actor.instance()).filter(Instance::mayAct).isPresent()
                && isGood(actor.agent(), mandate, now);
    }

    private boolean isGood(AgentId agent) {
        return agents.agent(agent).filter(Agent::isGood).isPresent();
    }

    /** Whether the mandate has neither ended nor expired, nor its giver been suspended since. */
    private boolean holds(MandateId id, Instant now) {
        return mandates.find(id)
                .filter(sheet -> sheet.isInForce(now))
                .map(Sheet::mandate)
                .filter(
                        one ->
                                people.account(one.giver().id())
                                        .filter(giver -> giver.stillHolds(one.givenAt()))
                                        .isPresent())
                .isPresent();
    }
}
