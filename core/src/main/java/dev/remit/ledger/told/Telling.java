package dev.remit.ledger.told;

import dev.remit.conduct.Subject;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.InstanceRestored;
import dev.remit.ledger.InstanceSuspended;
import dev.remit.ledger.Overstepped;
import dev.remit.ledger.StopEvent;
import dev.remit.ledger.told.Line.Decided;
import dev.remit.ledger.told.Line.What;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells entries as lines. Not for several threads at once. */
public final class Telling {
    private static final int MOST = 100_000;

    private final Function<MandateId, Optional<PersonId>> givers;
    private final Map<Object, Object> known = new HashMap<>(); // one of each that is equal

    /**
     * @param givers who gave a mandate
     */
    public Telling(Function<MandateId, Optional<PersonId>> givers) {
        this.givers = givers;
    }

    public static Telling of(MandateBook mandates) {
        return new Telling(id -> mandates.find(id).map(sheet -> sheet.mandate().giver().id()));
    }

    /** The line of an entry; empty for the end of a call, which belongs to the call's line. */
    public Optional<Line> of(Entry entry) {
        return switch (entry.event()) {
            case Event.Concluded _, Event.Asked _ -> Optional.empty();
            case Event.Decided decided -> Optional.of(call(entry, decided));
            case Event.CallUnreadable one ->
                    of(entry, one.agent(), "unreadable", one.refusal() + ": " + one.detail());
            case Event.MandateGiven(Mandate mandate, _) ->
                    mandate(entry, mandate, "mandate", "given: “" + mandate.task().words() + "”");
            case Event.MandateChanged(Mandate mandate, String by) ->
                    mandate(entry, mandate, "mandate", changed(mandate) + " by " + by);
            case Event.QuestionAnswered answered ->
                    Optional.of(
                            line(
                                    entry,
                                    Optional.empty(),
                                    Optional.of(answered.mandate()),
                                    givers.apply(answered.mandate()),
                                    "answer",
                                    answered.verdict().code() + ", by " + answered.by()));
            case Event.AgentAdded(Agent agent, String by) ->
                    of(entry, agent.id(), "agent", agent.name() + " was added by " + by);
            case Event.AgentChanged(Agent agent, String by) ->
                    of(entry, agent.id(), "agent", agent.name() + standing(agent) + " by " + by);
            case Event.CodeIssued(var code, String by) ->
                    of(entry, code.agent(), "key", "an enrolment code was issued by " + by);
            case Event.InstanceEnrolled enrolled ->
                    of(
                            entry,
                            enrolled.instance().agent(),
                            "key",
                            enrolled.instance().id() + " enrolled");
            case Event.InstanceRevoked(var id, AgentId agent, String by) ->
                    of(entry, agent, "key", id + " was revoked by " + by);
            case Event.TokensRevoked(var id, AgentId agent, _, String by) ->
                    of(entry, agent, "token", "those of " + id + " were revoked by " + by);
            case Event.TokenRenewed renewed ->
                    of(entry, renewed.agent(), "token", renewed.instance() + " renewed");
            case Event.TokenIssued issued ->
                    of(entry, issued.agent(), "token", "issued to " + issued.instance());
            case Event.ToolPinned(var pin, String by) ->
                    other(
                            entry,
                            "tool",
                            pin.tool()
                                    + (pin.held().isPresent()
                                            ? " has changed and is held"
                                            : " stands as it is, by " + by));
            case Event.CredentialSet(var credential, String by) ->
                    other(
                            entry,
                            "credential",
                            "for " + credential.place().upstream() + ", by " + by);
            case Event.CredentialRemoved removed ->
                    other(entry, "credential", "for " + removed.place().upstream() + " removed");
            case Event.StrangerRefused(String doubt, String path, long more) ->
                    other(entry, "stranger", doubt + " at " + path + more(more));
            case Event.RulesTaken taken ->
                    other(entry, "rules", taken.rules() + " rules are in force from here on");
            case Event.Opened(String version, _, _) ->
                    other(entry, "start", "a gateway of version " + version + " began");
            case Event.OfPeople people -> ofPeople(entry, people);
            case Event.OfFleet fleet -> ofFleet(entry, fleet);
            case Event.OfPassports passports -> ofPassports(entry, passports);
            case Event.OfConduct conduct -> ofConduct(entry, conduct);
            case Event.OfKeys keys -> ofKeys(entry, keys);
        };
    }

    private Line call(Entry entry, Event.Decided decided) {
        What what =
                switch (decided.ruling()) {
                    case Event.Ruling.Allowed(String permission, _) ->
                            call(decided, Decided.ALLOWED, "permission " + permission);
                    case Event.Ruling.Continued _ ->
                            call(decided, Decided.ALLOWED, "a further round");
                    case Event.Ruling.Approved _ ->
                            call(decided, Decided.ALLOWED, "a person's yes");
                    case Event.Ruling.Drawn(String rule, _, _) ->
                            call(decided, Decided.ALLOWED, "the rule " + rule);
                    case Event.Ruling.Asked(_, String refusal, _) ->
                            call(decided, Decided.ASKED, refusal);
                    case Event.Ruling.Refused refused ->
                            call(decided, Decided.REFUSED, refused.refusal());
                };
        return new Line(
                entry.index(),
                entry.at(),
                Optional.of(one(decided.agent())),
                one(decided.mandate().map(Event.Under::mandate)),
                one(decided.mandate().map(Event.Under::giver)),
                what);
    }

    private What call(Event.Decided decided, Decided what, String because) {
        return new What.OfCall(
                decided.call(), one(decided.tool()), what, one(because), Optional.empty());
    }

    private static String changed(Mandate mandate) {
        return switch (mandate.status()) {
            case Mandate.Status.Active() -> "changed to version " + mandate.version();
            case Mandate.Status.Completed _ -> "completed";
            case Mandate.Status.Revoked(_, _, String why) -> "revoked, because: " + why + ",";
        };
    }

    private static String standing(Agent agent) {
        return switch (agent.standing()) {
            case Agent.Standing.Good() -> " was restored";
            case Agent.Standing.Suspended(String why, _) -> " was suspended (" + why + ")";
            case Agent.Standing.Revoked(String why, _) -> " was revoked (" + why + ")";
        };
    }

    private Optional<Line> ofPeople(Entry entry, Event.OfPeople event) {
        return switch (event) {
            case Event.PersonAdded(var person, var roles, _, String by) ->
                    other(
                            entry,
                            "person",
                            person.name() + ", " + words(roles) + ", added by " + by);
            case Event.RolesChanged(PersonId id, var roles, String by) ->
                    other(entry, "person", id + " is " + words(roles) + " now, by " + by);
            case Event.PersonSuspended(PersonId id, String why, String by) ->
                    other(entry, "person", id + " was suspended (" + why + ") by " + by);
            case Event.PersonRestored(PersonId id, String by) ->
                    other(entry, "person", id + " was restored by " + by);
            case Event.IdentityBound(PersonId id, var external, String by) ->
                    other(entry, "person", id + " is known at " + external.issuer() + ", by " + by);
            case Event.LinkIssued(var link, String by) ->
                    other(entry, "sign-in", "a link for " + link.person() + " was issued by " + by);
            case Event.PasskeyAdded(PersonId id, _, _) ->
                    other(entry, "sign-in", id + " added a passkey");
            case Event.PasskeyRemoved(PersonId id, _, String by) ->
                    other(entry, "sign-in", "a passkey of " + id + " was removed by " + by);
            case Event.SignedIn(PersonId id, _) -> other(entry, "sign-in", id + " signed in");
            case Event.SignInRefused(String reason, String path, long more) ->
                    other(entry, "stranger", reason + " at " + path + more(more));
        };
    }

    private Optional<Line> ofFleet(Entry entry, Event.OfFleet event) {
        return switch (event) {
            case Event.AgentTagged(AgentId agent, _, _, String by) ->
                    of(entry, agent, "agent", "its tags were changed by " + by);
            case Event.Revoked(_, String why, String by) ->
                    other(entry, "key", "a key or an issuer was revoked (" + why + ") by " + by);
            case Event.DelegateEnrolled(var instance, _) ->
                    of(entry, instance.agent(), "key", instance.id() + " came by delegation");
            case StopEvent.AllStopped(_, String why, String by) ->
                    other(entry, "stop", "all agents were stopped (" + why + ") by " + by);
            case StopEvent.AllResumed(String by) ->
                    other(entry, "stop", "agents may go on, by " + by);
        };
    }

    private Optional<Line> ofPassports(Entry entry, Event.OfPassports event) {
        return switch (event) {
            case Event.PassportIssued(var passport, String by) ->
                    of(entry, passport.agent(), "passport", passport.id() + " was issued by " + by);
            case Event.PassportRevoked(var id, String by) ->
                    other(entry, "passport", id + " was revoked by " + by);
            case Event.AgentIntroduced introduced ->
                    of(
                            entry,
                            introduced.agent().id(),
                            "agent",
                            introduced.agent().name() + " came from " + introduced.issuer());
            case Event.InstanceAdmitted admitted ->
                    of(
                            entry,
                            admitted.instance().agent(),
                            "key",
                            admitted.instance().id() + " was admitted");
            case Event.StatusListRead(String issuer, _, _) ->
                    other(entry, "passport", "the status list of " + issuer + " was read");
        };
    }

    private Optional<Line> ofConduct(Entry entry, Event.OfConduct event) {
        return switch (event) {
            case Overstepped overstepped -> overstepped(entry, overstepped);
            case InstanceSuspended(var id, AgentId agent, String why, String by) ->
                    of(entry, agent, "agent", id + " was suspended (" + why + ") by " + by);
            case InstanceRestored(var id, AgentId agent, String by) ->
                    of(entry, agent, "agent", id + " was restored by " + by);
        };
    }

    private Optional<Line> overstepped(Entry entry, Overstepped overstepped) {
        String said = overstepped.excess().stopped().text() + " is stopped: " + overstepped.why();
        return switch (overstepped.excess().stopped()) {
            case Subject.OfMandate(MandateId id) ->
                    Optional.of(
                            line(
                                    entry,
                                    Optional.empty(),
                                    Optional.of(id),
                                    givers.apply(id),
                                    "stop",
                                    said));
            case Subject.OfAgent(AgentId id) -> of(entry, id, "stop", said);
            case Subject.OfInstance _ -> other(entry, "stop", said);
        };
    }

    private Optional<Line> ofKeys(Entry entry, Event.OfKeys event) {
        return switch (event) {
            case Event.KeyIntroduced introduced ->
                    other(
                            entry,
                            "key",
                            "a new key for " + introduced.use() + ", by " + introduced.by());
            case Event.SealedAnew(long contents, String by) ->
                    other(entry, "key", contents + " secrets were sealed again by " + by);
        };
    }

    private static String words(Set<Role> roles) {
        return roles.isEmpty()
                ? "no role"
                : roles.stream().map(Role::word).sorted().collect(Collectors.joining(", "));
    }

    private static String more(long more) {
        return more > 0 ? ", and " + more + " more" : "";
    }

    private Optional<Line> mandate(Entry entry, Mandate mandate, String kind, String said) {
        return Optional.of(
                line(
                        entry,
                        Optional.of(mandate.agent()),
                        Optional.of(mandate.id()),
                        Optional.of(mandate.giver().id()),
                        kind,
                        said));
    }

    private Optional<Line> of(Entry entry, AgentId agent, String kind, String said) {
        return Optional.of(
                line(entry, Optional.of(agent), Optional.empty(), Optional.empty(), kind, said));
    }

    private Optional<Line> other(Entry entry, String kind, String said) {
        return Optional.of(
                line(entry, Optional.empty(), Optional.empty(), Optional.empty(), kind, said));
    }

    private Line line(
            Entry entry,
            Optional<AgentId> agent,
            Optional<MandateId> mandate,
            Optional<PersonId> person,
            String kind,
            String said) {
        Instant at = entry.at();
        return new Line(
                entry.index(),
                at,
                one(agent),
                one(mandate),
                one(person),
                new What.Other(kind, cut(said)));
    }

    private static String cut(String said) {
        return said.length() <= 300 ? said : said.substring(0, 300) + "…";
    }

    /** The same as before, so that it is kept once however many lines have it. */
    @SuppressWarnings("unchecked") // what is equal to a T here is one
    private <T> T one(T value) {
        if (known.size() >= MOST) {
            known.clear();
        }
        Object before = known.putIfAbsent(value, value);
        return before == null ? value : (T) before;
    }
}
