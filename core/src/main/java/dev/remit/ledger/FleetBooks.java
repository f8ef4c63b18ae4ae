package dev.remit.ledger;

import dev.remit.identity.Actor;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Instance;
import dev.remit.identity.Revocation;
import java.util.Optional;

/** The part of the fold that says who has ended, by whatever it hangs from. */
final class FleetBooks {
    private final Books.Shelf shelf;

    FleetBooks(Books.Shelf shelf) {
        this.shelf = shelf;
    }

    Optional<String> objection(Event.OfFleet event) {
        return switch (event) {
            case Event.AgentTagged tagged ->
                    gone(tagged.agent())
                            .or(
                                    () ->
                                            when(
                                                    shelf.agent(tagged.agent())
                                                                    .orElseThrow()
                                                                    .tagged(
                                                                            tagged.set(),
                                                                            tagged.gone())
                                                                    .tags()
                                                                    .size()
                                                            > Agent.MOST_TAGS,
                                                    "the agent has too many tags"));
            case Event.Revoked revoked -> when(isRevoked(revoked.what()), "it is revoked already");
        };
    }

    void apply(Entry entry, Event.OfFleet event) {
        switch (event) {
            case Event.AgentTagged tagged ->
                    shelf.agent(tagged.agent())
                            .map(agent -> agent.tagged(tagged.set(), tagged.gone()))
                            .ifPresent(shelf::put);
            case Event.Revoked revoked ->
                    shelf.put(new Revocation(revoked.what(), revoked.why(), entry.at()));
        }
    }

    void change(AgentId id, Agent.Standing standing) {
        shelf.agent(id).map(agent -> agent.with(standing)).ifPresent(shelf::put);
    }

    /** An objection if the agent is not there, or was revoked. */
    Optional<String> gone(AgentId id) {
        return when(
                shelf.agent(id).filter(agent -> !agent.isRevoked()).isEmpty(),
                "no such agent, or it is revoked");
    }

    boolean isRevoked(Revocation.Of what) {
        return shelf.revocation(what).isPresent();
    }

    /** Whether the instance must not come in: its agent is not good, or its key revoked. */
    boolean isBarred(Instance instance) {
        return shelf.agent(instance.agent()).filter(Agent::isGood).isEmpty()
                || instance.key().stream()
                        .anyMatch(key -> isRevoked(new Revocation.Of.Key(key.thumbprint())));
    }

    /** Whether nothing may be done by this one any more. */
    boolean isEnded(Actor actor) {
        return shelf.instance(actor.instance())
                .filter(one -> one.agent().equals(actor.agent()))
                .filter(one -> !one.revoked() && !isBarred(one) && !isOfRevokedIssuer(one))
                .isEmpty();
    }

    private boolean isOfRevokedIssuer(Instance instance) {
        return Admission.names(instance.id())
                && shelf.admission(instance.id())
                        .filter(one -> !isRevoked(new Revocation.Of.Issuer(one.issuer())))
                        .isEmpty();
    }

    private static Optional<String> when(boolean objected, String what) {
        return objected ? Optional.of(what) : Optional.empty();
    }
}
