package dev.remit.testkit;

import static dev.remit.testkit.StoreContract.assertObjected;
import static dev.remit.testkit.StoreContract.assertStored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.identity.Admission;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.Page;
import dev.remit.identity.PersonId;
import dev.remit.identity.Revocation;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.StoreContract.Check;
import dev.remit.testkit.StoreContract.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of {@link StoreContract} that is about many agents, and about what ends them. */
final class FleetContract {
    static final Map<String, Check> CHECKS =
            Map.of(
                    "aListHasPagesThatLeaveNothingOut", FleetContract::pages,
                    "agentsAreFoundByWhatIsSaidOfThem", FleetContract::found,
                    "instancesAreFoundByKeyAndIssuer", FleetContract::instancesFound,
                    "tagsAreSetAndTakenAway", FleetContract::tagged,
                    "taggingDoesNotChangeTheStanding", FleetContract::taggedWhileSuspended,
                    "aRevokedAgentDoesNotComeBack", FleetContract::agentRevoked,
                    "aSuspendedAgentEnrolsNothingAndGetsNoToken", FleetContract::suspended,
                    "aRevokedKeyIsGoodForNobody", FleetContract::keyRevoked,
                    "whomARevokedIssuerVouchedForEnds", FleetContract::issuerRevoked,
                    "anInstanceGetsTokensForItsOwnAgentAlone", FleetContract::anothersInstance);
    private static final String ISSUER = "https://issuer.example";

    private FleetContract() {}

    static List<Agent> all(Opened store) {
        return store.agents().agents(AgentQuery.ALL, Page.START, Page.LONGEST).items();
    }

    static List<Instance> instances(Opened store, Agent agent) {
        return store.agents()
                .instances(InstanceQuery.of(agent.id()), Page.START, Page.LONGEST)
                .items();
    }

    private static List<String> names(Opened store, AgentQuery query) {
        List<String> names = new ArrayList<>();
        Optional<String> from = Optional.of(Page.START);
        while (from.isPresent()) {
            Page<Agent> page = store.agents().agents(query, from.get(), 2);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
            page.items().forEach(agent -> names.add(agent.name()));
            from = page.next();
        }
        assertThat(store.agents().count(query)).isEqualTo(names.size());
        return names;
    }

    private static AgentQuery prefix(String prefix) {
        return new AgentQuery(
                Optional.of(prefix),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static AgentQuery text(String text) {
        return new AgentQuery(
                Optional.empty(),
                Optional.of(text),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static AgentQuery tags(Map<String, String> tags) {
        return new AgentQuery(
                Optional.empty(),
                Optional.empty(),
                tags,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static AgentQuery standing(Agent.Standing.Kind kind) {
        return new AgentQuery(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of(kind),
                Optional.empty(),
                Optional.empty());
    }

    private static AgentQuery giver(PersonId giver) {
        return new AgentQuery(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.of(giver),
                Optional.empty());
    }

    private static AgentQuery issuer(String issuer) {
        return new AgentQuery(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(issuer));
    }

    private static void pages(Opened store, Sample sample) {
        for (String name : List.of("m", "z", "a", "c", "b")) {
            sample.append(new Event.AgentAdded(sample.agent(name), "x"));
        }
        assertThat(names(store, AgentQuery.ALL)).containsExactly("a", "b", "c", "m", "z");
        List<Instance> enrolled = new ArrayList<>();
        for (String id : List.of("9", "1", "5")) {
            enrolled.add(sample.enrol("m", id));
        }
        Page<Instance> first = store.agents().instances(InstanceQuery.ALL, Page.START, 2);
        Page<Instance> last =
                store.agents().instances(InstanceQuery.ALL, first.next().orElseThrow(), 2);
        assertThat(first.items()).isEqualTo(enrolled.subList(0, 2));
        assertThat(last.items()).isEqualTo(enrolled.subList(2, 3));
        assertThat(last.next()).isEmpty();
    }

    private static void found(Opened store, Sample sample) {
        for (String name : List.of("pay-1", "pay-2", "mail", "Payer")) {
            sample.append(new Event.AgentAdded(sample.agent(name), "x"));
        }
        Mandate mandate = sample.mandate("mail", "9");
        assertStored(sample.append(new Event.MandateGiven(mandate)));
        Map<String, String> team = Map.of("team", "a", "env", "test");
        tag(sample, "pay-2", team);
        tag(sample, "mail", Map.of("team", "a"));
        Agent stopped =
                sample.agent("pay-1").with(new Agent.Standing.Suspended("why", Sample.START));
        sample.append(new Event.AgentChanged(stopped, "x"));
        sample.append(new Event.AgentIntroduced(sample.agent("other"), ISSUER, "sub", 5));

        assertThat(names(store, prefix("pay"))).containsExactly("pay-1", "pay-2");
        assertThat(names(store, prefix("q"))).isEmpty();
        assertThat(names(store, text("pay"))).containsExactly("Payer", "pay-1", "pay-2");
        assertThat(names(store, text("%"))).isEmpty();
        assertThat(names(store, tags(Map.of("team", "a")))).containsExactly("mail", "pay-2");
        assertThat(names(store, tags(team))).containsExactly("pay-2");
        assertThat(names(store, tags(Map.of("team", "b")))).isEmpty();
        assertThat(names(store, standing(Agent.Standing.Kind.SUSPENDED))).containsExactly("pay-1");
        assertThat(names(store, standing(Agent.Standing.Kind.GOOD))).hasSize(4);
        assertThat(names(store, giver(mandate.giver().id()))).containsExactly("mail");
        assertThat(names(store, giver(new PersonId("per_none")))).isEmpty();
        assertThat(names(store, issuer(ISSUER))).containsExactly("other");
    }

    private static void tag(Sample sample, String agent, Map<String, String> tags) {
        assertStored(
                sample.append(
                        new Event.AgentTagged(sample.agent(agent).id(), tags, Set.of(), "x")));
    }

    private static void instancesFound(Opened store, Sample sample) {
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        Instance enrolled = sample.enrol("a", "1");
        Instance admitted = admit(sample);
        Digest key = enrolled.key().orElseThrow().thumbprint();
        assertThat(
                        instances(
                                store,
                                new InstanceQuery(Optional.empty(), Optional.of(key), issuer())))
                .containsExactly(admitted);
        assertThat(
                        instances(
                                store,
                                new InstanceQuery(
                                        Optional.empty(), Optional.of(key), Optional.empty())))
                .containsExactly(enrolled, admitted);
        assertThat(
                        instances(
                                store,
                                new InstanceQuery(
                                        Optional.empty(),
                                        Optional.of(Digest.of()),
                                        Optional.empty())))
                .isEmpty();
    }

    private static Optional<String> issuer() {
        return Optional.of(ISSUER);
    }

    private static List<Instance> instances(Opened store, InstanceQuery query) {
        return store.agents().instances(query, Page.START, 9).items();
    }

    private static Instance admit(Sample sample) {
        Instance like = sample.instance("a", "2");
        Instance admitted =
                Instance.enrolled(
                        Admission.instance(like.agent(), like.key().orElseThrow().thumbprint()),
                        like.agent(),
                        like.key(),
                        Sample.START);
        Admission admission =
                new Admission(
                        admitted.id(),
                        ISSUER,
                        Optional.empty(),
                        ISSUER + "/1",
                        0,
                        Sample.START.plusSeconds(60));
        sample.append(new Event.InstanceAdmitted(admitted, admission));
        return admitted;
    }

    private static void tagged(Opened store, Sample sample) {
        Agent agent = sample.agent("a");
        sample.append(new Event.AgentAdded(agent, "x"));
        tag(sample, "a", Map.of("team", "a", "env", "test"));
        sample.append(new Event.AgentTagged(agent.id(), Map.of("team", "b"), Set.of("env"), "x"));
        assertThat(store.agents().agent(agent.id()).orElseThrow().tags())
                .isEqualTo(Map.of("team", "b"));
        assertThat(names(store, tags(Map.of("team", "a")))).isEmpty();
        assertThat(names(store, tags(Map.of("team", "b")))).containsExactly("a");
        for (int i = 1; i < Agent.MOST_TAGS; i++) {
            tag(sample, "a", Map.of("t" + i, ""));
        }
        assertObjected(
                sample.append(
                        new Event.AgentTagged(agent.id(), Map.of("more", ""), Set.of(), "x")));
        assertObjected(
                sample.append(
                        new Event.AgentTagged(sample.agent("b").id(), Map.of(), Set.of(), "x")));
    }

    /** Who suspends and who tags may have read the agent at the same moment. */
    private static void taggedWhileSuspended(Opened store, Sample sample) {
        Agent agent = sample.agent("a");
        sample.append(new Event.AgentAdded(agent, "x"));
        Agent stopped = agent.with(new Agent.Standing.Suspended("why", Sample.START));
        tag(sample, "a", Map.of("team", "a"));
        assertStored(sample.append(new Event.AgentChanged(stopped, "x")));
        assertThat(store.agents().agent(agent.id()).orElseThrow().tags())
                .isEqualTo(Map.of("team", "a"));
        tag(sample, "a", Map.of("team", "b"));
        assertThat(store.agents().agent(agent.id()).orElseThrow().standing())
                .isEqualTo(stopped.standing());
    }

    private static void agentRevoked(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        Agent agent = sample.agent("a");
        sample.append(new Event.CodeIssued(sample.code("a", "later"), "x"));
        Agent ended = agent.with(new Agent.Standing.Revoked("why", Sample.START));
        assertStored(sample.append(new Event.AgentChanged(ended, "x")));
        assertThat(store.agents().agent(agent.id())).contains(ended);
        assertObjected(sample.append(new Event.AgentChanged(agent, "x")));
        assertObjected(sample.append(sample.allowed(mandate, "free", "1")));
        assertObjected(sample.append(token(sample)));
        assertObjected(sample.append(new Event.CodeIssued(sample.code("a", "new"), "x")));
        assertObjected(
                sample.append(
                        new Event.InstanceEnrolled(
                                sample.instance("a", "7"), sample.code("a", "later").hash())));
        assertObjected(sample.append(new Event.MandateGiven(sample.mandate("a", "77"))));
        assertObjected(sample.append(new Event.AgentTagged(agent.id(), Map.of(), Set.of(), "x")));
    }

    private static Event token(Sample sample) {
        Instance instance = sample.instance("a", "1");
        return new Event.TokenIssued(
                instance.id(), instance.agent(), List.of(), Optional.empty(), "tok");
    }

    private static void anothersInstance(Opened store, Sample sample) {
        sample.ready("a");
        Instance instance = sample.instance("a", "1");
        sample.append(new Event.AgentAdded(sample.agent("b"), "x"));
        assertObjected(
                sample.append(
                        new Event.TokenIssued(
                                instance.id(),
                                sample.agent("b").id(),
                                List.of(),
                                Optional.empty(),
                                "tok")));
        assertStored(sample.append(token(sample)));
    }

    private static void suspended(Opened store, Sample sample) {
        sample.ready("a");
        Agent agent = sample.agent("a");
        sample.append(new Event.CodeIssued(sample.code("a", "later"), "x"));
        Event enrolled =
                new Event.InstanceEnrolled(
                        sample.instance("a", "7"), sample.code("a", "later").hash());
        Agent stopped = agent.with(new Agent.Standing.Suspended("why", Sample.START));
        sample.append(new Event.AgentChanged(stopped, "x"));
        assertObjected(sample.append(token(sample)));
        assertObjected(sample.append(enrolled));
        sample.append(new Event.AgentChanged(agent, "x"));
        assertStored(sample.append(token(sample)));
        assertStored(sample.append(enrolled));
        assertThat(store.agents().agent(agent.id())).contains(agent);
    }

    private static void keyRevoked(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        sample.append(new Event.CodeIssued(sample.code("a", "later"), "x"));
        Revocation.Of key =
                new Revocation.Of.Key(sample.instance("a", "1").key().orElseThrow().thumbprint());
        assertStored(sample.append(token(sample)));
        assertThat(store.agents().revocation(key)).isEmpty();
        assertStored(sample.append(new Event.Revoked(key, "stolen", "x")));
        assertThat(store.agents().revocation(key).map(Revocation::why)).contains("stolen");
        assertObjected(sample.append(new Event.Revoked(key, "again", "x")));
        assertObjected(sample.append(token(sample)));
        assertObjected(sample.append(sample.allowed(mandate, "free", "1")));
        assertObjected(
                sample.append(
                        new Event.InstanceEnrolled(
                                sample.instance("a", "7"), sample.code("a", "later").hash())));
    }

    private static void issuerRevoked(Opened store, Sample sample) {
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        Instance admitted = admit(sample);
        Event token =
                new Event.TokenIssued(
                        admitted.id(), admitted.agent(), List.of(), Optional.empty(), "tok");
        assertStored(sample.append(token));
        Revocation.Of issuer = new Revocation.Of.Issuer(ISSUER);
        assertStored(sample.append(new Event.Revoked(issuer, "hacked", "x")));
        assertThat(store.agents().revocation(issuer)).isPresent();
        assertObjected(sample.append(token));
        assertObjected(
                sample.append(new Event.AgentIntroduced(sample.agent("b"), ISSUER, "sub", 5)));
        Instance own = sample.enrol("a", "1");
        assertStored(
                sample.append(
                        new Event.TokenIssued(
                                own.id(), own.agent(), List.of(), Optional.empty(), "tok")));
    }
}
