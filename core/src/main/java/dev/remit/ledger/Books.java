package dev.remit.ledger;

import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.conduct.Subject;
import dev.remit.identity.Actor;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Credential;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.mandate.OpenCall;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Usage;
import java.time.Instant;
import java.util.Optional;

/**
 * What the log's events add up to: a fold, the same in every store, live and after a crash.
 *
 * <p>{@link #objection} is asked about an event before it is written, {@link #apply} is told of it
 * afterwards, both in the order of the log.
 */
public final class Books {
    private final Shelf shelf;
    private final PeopleBooks people;
    private final PassportBooks passports;
    private final FleetBooks fleet;
    private final KeyBooks keys;
    private final QuestionBooks questions;
    private final ConductBooks conduct;
    private final CallBooks calls;

    public Books(Shelf shelf) {
        this.shelf = shelf;
        this.people = new PeopleBooks(shelf);
        this.fleet = new FleetBooks(shelf);
        this.passports = new PassportBooks(shelf, fleet);
        this.keys = new KeyBooks(shelf);
        this.questions = new QuestionBooks(shelf, people);
        this.conduct = new ConductBooks(shelf, fleet);
        this.calls = new CallBooks(shelf, people, fleet, questions, conduct);
    }

    /** Where the books' pages lie; a store implements it over its own material. */
    public interface Shelf
            extends PeopleShelf,
                    PassportShelf,
                    CredentialShelf,
                    KeyShelf,
                    RevocationShelf,
                    QuestionShelf,
                    ConductShelf {
        Optional<Agent> agent(AgentId id);

        Optional<Agent> agentNamed(String name);

        void put(Agent agent);

        Optional<Instance> instance(InstanceId id);

        void put(Instance instance);

        Optional<EnrolmentCode> code(Digest hash);

        void put(EnrolmentCode code);

        void removeCode(Digest hash);

        Optional<Sheet> sheet(MandateId id);

        void put(Sheet sheet);

        void put(Pin pin);

        Optional<Pin> pin(Tool tool);

        /** Notes an allowed call that has not ended. */
        void open(CallId call, OpenCall about);

        void close(CallId call);

        Optional<OpenCall> openCall(CallId call);
    }

    /**
     * Why the event must not be written as the books are now; empty if it may.
     *
     * @param at the time that it would be written with
     */
    public Optional<String> objection(Event event, Instant at) {
        return switch (event) {
            case Event.AgentAdded(Agent agent, _) ->
                    when(
                            shelf.agent(agent.id()).isPresent()
                                    || shelf.agentNamed(agent.name()).isPresent(),
                            "the agent exists");
            case Event.AgentChanged(Agent agent, _) -> fleet.gone(agent.id());
            case Event.CodeIssued(EnrolmentCode code, _) -> fleet.gone(code.agent());
            case Event.InstanceEnrolled(Instance instance, Digest code) ->
                    when(
                            shelf.code(code)
                                            .filter(
                                                    issued ->
                                                            issued.agent().equals(instance.agent()))
                                            .isEmpty()
                                    || fleet.isBarred(instance),
                            "the code is used or unknown, its agent is not good, or the key is"
                                    + " revoked");
            case Event.InstanceRevoked(InstanceId instance, _, _) ->
                    when(shelf.instance(instance).isEmpty(), "no such instance");
            case Event.TokensRevoked(InstanceId instance, _, _, _) ->
                    when(shelf.instance(instance).isEmpty(), "no such instance");
            case Event.TokenRenewed(InstanceId instance, _, long number) ->
                    when(
                            shelf.instance(instance)
                                    .filter(now -> !now.revoked() && now.renewals() == number)
                                    .isEmpty(),
                            "the refresh token is used");
            case Event.MandateGiven(Mandate mandate, Optional<MandateSignature> signed) ->
                    when(
                                    shelf.sheet(mandate.id()).isPresent()
                                            || fleet.gone(mandate.agent()).isPresent()
                                            || people.endedWithItsGiver(mandate),
                                    "the mandate exists, its agent does not, or its giver is"
                                            + " suspended")
                            .or(() -> signed.flatMap(by -> people.objection(mandate, by)));
            case Event.MandateChanged(Mandate mandate, _) ->
                    when(
                            shelf.sheet(mandate.id())
                                    .filter(now -> now.mandate().version() == mandate.version() - 1)
                                    .isEmpty(),
                            "the mandate has changed");
            case Event.CredentialRemoved removed ->
                    when(
                            shelf.credential(removed.place())
                                    .filter(now -> now.id().equals(removed.credential()))
                                    .isEmpty(),
                            "no such credential");
            case Event.TokenIssued issued ->
                    when(
                            fleet.isEnded(new Actor(issued.agent(), issued.instance()))
                                    || issued.behind().stream().anyMatch(fleet::isEnded),
                            "the agent or the instance has ended");
            case Event.Decided decided -> calls.objection(decided, at);
            case Event.OfFleet ofFleet -> fleet.objection(ofFleet);
            case Event.OfPeople ofPeople -> people.objection(ofPeople);
            case Event.OfPassports ofPassports -> passports.objection(ofPassports);
            case Event.OfKeys ofKeys -> keys.objection(ofKeys);
            case Event.OfConduct ofConduct -> conduct.objection(ofConduct);
            case Event.Concluded concluded -> calls.objection(concluded);
            case Event.Asked asked -> calls.objection(asked);
            case Event.QuestionAnswered answered -> questions.objection(answered, at);
            case Event.Opened _,
                    Event.RulesTaken _,
                    Event.ToolPinned _,
                    Event.CredentialSet _,
                    Event.StrangerRefused _,
                    Event.CallUnreadable _ ->
                    Optional.empty();
        };
    }

    /** Turns the event into what the books say from now on. */
    public void apply(Entry entry) {
        switch (entry.event()) {
            case Event.AgentAdded(Agent agent, _) -> shelf.put(agent);
            case Event.AgentChanged(Agent agent, _) -> {
                fleet.change(agent.id(), agent.standing());
                if (agent.isGood()) {
                    conduct.forgive(entry, new Subject.OfAgent(agent.id()));
                }
            }
            case Event.CodeIssued(EnrolmentCode code, _) -> shelf.put(code);
            case Event.InstanceEnrolled(Instance instance, Digest code) -> {
                shelf.removeCode(code);
                shelf.put(instance);
            }
            case Event.InstanceRevoked(InstanceId id, _, _) ->
                    shelf.instance(id).map(Instance::asRevoked).ifPresent(shelf::put);
            case Event.TokensRevoked(InstanceId id, _, Instant before, _) ->
                    shelf.instance(id).map(now -> now.withTokensFrom(before)).ifPresent(shelf::put);
            case Event.TokenRenewed(InstanceId id, _, _) ->
                    shelf.instance(id).map(Instance::renewed).ifPresent(shelf::put);
            case Event.MandateGiven(Mandate mandate, Optional<MandateSignature> signed) -> {
                shelf.put(new Sheet(mandate, Usage.none(mandate.givenAt())));
                signed.ifPresent(by -> people.used(mandate, by));
            }
            case Event.MandateChanged(Mandate mandate, _) ->
                    shelf.put(new Sheet(mandate, shelf.sheet(mandate.id()).orElseThrow().usage()));
            case Event.ToolPinned(Pin pin, _) ->
                    shelf.put(shelf.pin(pin.tool()).map(pin::after).orElse(pin));
            case Event.CredentialSet(Credential credential, _) -> shelf.put(credential);
            case Event.CredentialRemoved removed -> shelf.removeCredential(removed.place());
            case Event.Decided decided -> calls.apply(entry, decided);
            case Event.OfFleet ofFleet -> fleet.apply(entry, ofFleet);
            case Event.OfPeople ofPeople -> people.apply(entry, ofPeople);
            case Event.OfPassports ofPassports -> passports.apply(ofPassports);
            case Event.OfKeys ofKeys -> keys.apply(entry, ofKeys);
            case Event.OfConduct ofConduct -> conduct.apply(entry, ofConduct);
            case Event.Concluded concluded -> calls.apply(entry, concluded);
            case Event.Asked asked -> calls.apply(entry, asked);
            case Event.QuestionAnswered answered -> questions.apply(entry, answered);
            case Event.Opened _,
                    Event.RulesTaken _,
                    Event.TokenIssued _,
                    Event.StrangerRefused _,
                    Event.CallUnreadable _ -> {}
        }
    }

    private static Optional<String> when(boolean objected, String what) {
        return objected ? Optional.of(what) : Optional.empty();
    }
}
