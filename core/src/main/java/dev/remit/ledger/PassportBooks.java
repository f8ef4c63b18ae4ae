package dev.remit.ledger;

import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.IssuerPage;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import java.time.Instant;
import java.util.Optional;

/** The part of the fold that is about passports and who was enrolled by them. */
final class PassportBooks {
    private final Books.Shelf shelf;

    PassportBooks(Books.Shelf shelf) {
        this.shelf = shelf;
    }

    Optional<String> objection(Event.OfPassports event) {
        return switch (event) {
            case Event.PassportIssued(Passport passport, _) ->
                    when(
                            shelf.passport(passport.id()).isPresent()
                                    || shelf.agent(passport.agent()).isEmpty(),
                            "the passport's number is taken, or there is no such agent");
            case Event.PassportRevoked(PassportId id, _) ->
                    when(isEnded(id), "no such passport, or it is revoked already");
            case Event.AgentIntroduced(Agent agent, String issuer, _, long most) ->
                    when(
                            shelf.agent(agent.id()).isPresent()
                                    || shelf.agentNamed(agent.name()).isPresent()
                                    || page(issuer).agents() >= most,
                            "the agent exists, or its issuer may bring no more");
            case Event.InstanceAdmitted(Instance instance, Admission admission) ->
                    when(
                            shelf.agent(instance.agent()).isEmpty()
                                    || shelf.instance(instance.id())
                                            .filter(Instance::revoked)
                                            .isPresent()
                                    || admission.passport().filter(this::isEnded).isPresent(),
                            "no such agent, or the instance or its passport is revoked");
            case Event.StatusListRead(String issuer, String list, _) ->
                    when(
                            !page(issuer).lists().containsKey(list)
                                    && page(issuer).lists().size() >= IssuerPage.MOST_LISTS,
                            "the issuer has too many status lists");
        };
    }

    private boolean isEnded(PassportId id) {
        return shelf.passport(id).filter(passport -> !passport.revoked()).isEmpty();
    }

    void apply(Event.OfPassports event) {
        switch (event) {
            case Event.PassportIssued(Passport passport, _) -> shelf.put(passport);
            case Event.PassportRevoked(PassportId id, _) -> end(shelf.passport(id).orElseThrow());
            case Event.AgentIntroduced(Agent agent, String issuer, _, _) -> {
                shelf.put(agent);
                shelf.put(page(issuer).withAgent());
            }
            case Event.InstanceAdmitted(Instance instance, Admission admission) -> {
                if (shelf.instance(instance.id()).isEmpty()) {
                    shelf.put(instance);
                }
                shelf.put(admission);
            }
            case Event.StatusListRead(String issuer, String list, Instant until) ->
                    shelf.put(page(issuer).withList(list, until));
        }
    }

    /** Ends a passport, and with it whoever was enrolled by it. */
    private void end(Passport passport) {
        shelf.put(passport.asRevoked());
        InstanceId id = Admission.instance(passport.agent(), passport.key());
        boolean byThis =
                shelf.admission(id)
                        .flatMap(Admission::passport)
                        .filter(passport.id()::equals)
                        .isPresent();
        if (byThis) {
            shelf.instance(id).map(Instance::asRevoked).ifPresent(shelf::put);
        }
    }

    private IssuerPage page(String issuer) {
        return shelf.issuer(issuer).orElseGet(() -> IssuerPage.of(issuer));
    }

    private static Optional<String> when(boolean objected, String what) {
        return objected ? Optional.of(what) : Optional.empty();
    }
}
