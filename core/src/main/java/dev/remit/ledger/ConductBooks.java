package dev.remit.ledger;

import dev.remit.conduct.Conduct;
import dev.remit.conduct.Excess;
import dev.remit.conduct.Strike;
import dev.remit.conduct.Subject;
import dev.remit.conduct.Tolerance;
import dev.remit.identity.Agent;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Sheet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The part of the fold that says how agents behave. Nothing is stopped for overstepping but on
 * strikes that are in the log, count against it and were not forgiven.
 */
final class ConductBooks {
    private final Books.Shelf shelf;
    private final FleetBooks fleet;

    ConductBooks(Books.Shelf shelf, FleetBooks fleet) {
        this.shelf = shelf;
        this.fleet = fleet;
    }

    Optional<String> objection(Event.OfConduct event) {
        return switch (event) {
            case Overstepped overstepped ->
                    when(
                            !isShown(overstepped) || !isGood(overstepped.excess().stopped()),
                            "its strikes are not what it says, or it is stopped already");
            case InstanceSuspended suspended ->
                    when(
                            shelf.instance(suspended.instance())
                                    .filter(one -> one.agent().equals(suspended.agent()))
                                    .filter(Instance::mayAct)
                                    .isEmpty(),
                            "no such instance, or it is stopped already");
            case InstanceRestored restored ->
                    when(
                            shelf.instance(restored.instance())
                                    .filter(one -> one.agent().equals(restored.agent()))
                                    .filter(one -> one.suspension().isPresent())
                                    .isEmpty(),
                            "no such instance, or it is not suspended");
        };
    }

    /** Each record of the evidence is such a strike, and the last is of what is stopped. */
    private boolean isShown(Overstepped overstepped) {
        Excess excess = overstepped.excess();
        Set<Long> evidence = new HashSet<>(excess.evidence());
        List<Strike> shown =
                shelf.conduct(excess.counted()).counting(shelf::conduct).stream()
                        .filter(one -> evidence.contains(one.entry()))
                        .toList();
        return !shown.isEmpty()
                && shown.size() == excess.evidence().size()
                && shown.getLast().subjects().anyMatch(excess.stopped()::equals)
                && excess.weight() >= excess.borne()
                && excess.weight() == weight(excess, shown);
    }

    /** Of a mandate all is added up; of the rest, what is remembered. */
    private long weight(Excess excess, List<Strike> shown) {
        return excess.rule().equals(Tolerance.OF_MANDATE)
                        && excess.counted() instanceof Subject.OfMandate(var id)
                ? shelf.sheet(id).map(one -> one.usage().strikes()).orElse(0L)
                : shown.stream().mapToLong(Strike::weight).sum();
    }

    private boolean isGood(Subject subject) {
        return switch (subject) {
            case Subject.OfMandate(var id) ->
                    shelf.sheet(id)
                            .filter(one -> one.mandate().status() instanceof Mandate.Status.Active)
                            .isPresent();
            case Subject.OfInstance(var id) ->
                    shelf.instance(id).filter(Instance::mayAct).isPresent();
            case Subject.OfAgent(var id) -> shelf.agent(id).filter(Agent::isGood).isPresent();
        };
    }

    void apply(Entry entry, Event.OfConduct event) {
        switch (event) {
            case Overstepped overstepped -> stop(entry, overstepped);
            case InstanceSuspended suspended ->
                    suspend(entry, suspended.instance(), suspended.why());
            case InstanceRestored restored -> {
                shelf.instance(restored.instance()).map(Instance::restored).ifPresent(shelf::put);
                forgive(entry, new Subject.OfInstance(restored.instance()));
            }
        }
    }

    private void stop(Entry entry, Overstepped overstepped) {
        String why = overstepped.why();
        switch (overstepped.excess().stopped()) {
            case Subject.OfMandate(var id) -> {
                Sheet now = shelf.sheet(id).orElseThrow();
                Mandate.Status ended = new Mandate.Status.Revoked("remit", entry.at(), why);
                shelf.put(new Sheet(now.mandate().with(ended), now.usage()));
            }
            case Subject.OfInstance(var id) -> suspend(entry, id, why);
            case Subject.OfAgent(var id) ->
                    fleet.change(id, new Agent.Standing.Suspended(why, entry.at()));
        }
    }

    private void suspend(Entry entry, InstanceId id, String why) {
        Instance.Suspension suspension = new Instance.Suspension(why, entry.at());
        shelf.instance(id).map(one -> one.suspended(suspension)).ifPresent(shelf::put);
    }

    void strike(Strike strike) {
        strike.subjects().map(shelf::conduct).forEach(one -> shelf.put(one.struck(strike)));
        count(strike, strike.weight());
    }

    /** Adds to the strikes of the mandate that was overstepped, if one was. */
    private void count(Strike strike, long weight) {
        strike.mandate()
                .flatMap(shelf::sheet)
                .map(now -> new Sheet(now.mandate(), now.usage().struck(weight)))
                .ifPresent(shelf::put);
    }

    /** What counted against it counts no more, against it or anything else. */
    void forgive(Entry entry, Subject subject) {
        Conduct conduct = shelf.conduct(subject);
        for (Strike strike : conduct.counting(shelf::conduct)) {
            count(strike, -strike.weight());
        }
        shelf.put(conduct.forgiven(entry.index()));
    }

    private static Optional<String> when(boolean objected, String what) {
        return objected ? Optional.of(what) : Optional.empty();
    }
}
