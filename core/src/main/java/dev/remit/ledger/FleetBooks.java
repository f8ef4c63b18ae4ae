package dev.remit.ledger;

import dev.remit.identity.Actor;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Descent;
import dev.remit.identity.Instance;
import dev.remit.identity.Revocation;
import dev.remit.mandate.Allotment;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Sheet;
import java.util.Optional;
import java.util.stream.Stream;

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
            case Event.DelegateEnrolled(Instance instance, _) ->
                    when(!mayHang(instance), "it does not follow from what its parent has now");
            case Event.Revoked revoked -> when(isRevoked(revoked.what()), "it is revoked already");
        };
    }

    void apply(Entry entry, Event.OfFleet event) {
        switch (event) {
            case Event.AgentTagged tagged ->
                    shelf.agent(tagged.agent())
                            .map(agent -> agent.tagged(tagged.set(), tagged.gone()))
                            .ifPresent(shelf::put);
            case Event.DelegateEnrolled(Instance instance, _) -> {
                shelf.put(instance);
                for (Allotment one : Allotment.of(Stream.of(instance))) {
                    Sheet sheet = sheetOf(instance).orElseThrow();
                    shelf.put(new Sheet(sheet.mandate(), sheet.usage().counting(one)));
                }
            }
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
                .filter(one -> one.mayAct() && !isBarred(one) && !isOfRevokedIssuer(one))
                .filter(one -> one.from().stream().noneMatch(from -> isEnded(parent(one, from))))
                .isEmpty();
    }

    private static Actor parent(Instance child, Descent from) {
        return new Actor(child.agent(), from.parent());
    }

    /** A child has one parent, that is good, and in nothing more than the parent. */
    private boolean mayHang(Instance instance) {
        Optional<Descent> from = instance.from();
        if (from.isEmpty() || shelf.instance(instance.id()).isPresent() || isBarred(instance)) {
            return false;
        }
        Descent own = from.get();
        boolean narrower =
                shelf.instance(own.parent()).stream()
                        .flatMap(parent -> parent.from().stream())
                        .allMatch(
                                one ->
                                        own.depth() < one.depth()
                                                && own.mandate().equals(one.mandate())
                                                && !own.until().isAfter(one.until()));
        return narrower
                && !isEnded(parent(instance, own))
                && sheetOf(instance)
                        .filter(sheet -> sheet.mandate().agent().equals(instance.agent()))
                        .filter(sheet -> sheet.mandate().status() instanceof Mandate.Status.Active)
                        .filter(sheet -> own.uses().isEmpty() || !sheet.usage().countsNoMore())
                        .isPresent();
    }

    private Optional<Sheet> sheetOf(Instance instance) {
        return instance.from().flatMap(from -> shelf.sheet(from.mandate()));
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
