package dev.remit.ledger;

import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.IssuerPage;
import dev.remit.identity.Passport;
import dev.remit.identity.PassportId;
import dev.remit.identity.Revocation;
import java.time.Instant;
import java.util.Optional;

/** The part of the fold that is about passports and who was enrolled by them. */
final class PassportBooks {
    private final Books.Shelf shelf;
    private final FleetBooks fleet;

    PassportBooks(Books.Shelf shelf, FleetBooks fleet) {
        this.shelf = shelf;
        this.fleet = fleet;
    }

    Optional<String> objection(Event.OfPassports event) {
        return switch (event) {
            case Event.PassportIssued(Passport passport, _) ->
                    when(
                            shelf.passport(passport.id()).isPresent()
                                    || fleet.gone(passport.agent()).isPresent()
                                    || fleet.isRevoked(new Revocation.Of.Key(passport.key())),
                            "the passport's number is taken, there is no such agent, or the key is"
                                    + " revoked");
            case Event.PassportRevoked(PassportId id, _) ->
                    when(isEnded(id), "no such passport, or it is revoked already");
            case Event.AgentIntroduced(Agent agent, String issuer, _, long most) ->
                    when(
                            shelf.agent(agent.id()).isPresent()
                                    || shelf.agentNamed(agent.name()).isPresent()
                                    || page(issuer).agents() >= most
                                    || fleet.isRevoked(new Revocation.Of.Issuer(issuer)),
                            "the agent exists, or its issuer may bring no more");
            case Event.InstanceAdmitted(Instance instance, Admission admission) ->
                    when(
                            fleet.isBarred(instance)
                                    || fleet.isRevoked(new Revocation.Of.Issuer(admission.issuer()))
                                    || shelf.instance(instance.id())
                                            .filter(one -> !one.mayAct())
                                            .isPresent()
                                    || admission.passport().filter(this::isEnded).isPresent(),
                            "the agent is not good, the instance is suspended, or it, its passport,"
                                    + " key or issuer is revoked");
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
                shelf.put(agent.broughtBy(issuer));
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
