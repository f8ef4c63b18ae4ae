package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.remit.call.CallId;
import dev.remit.call.ToolBook;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.CredentialBook;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.Instance;
import dev.remit.identity.KeyBook;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonBook;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Sheet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What every store is held to: the contract of {@link LedgerStore} and of the books. */
public final class StoreContract {
    private final Opener opener;

    public StoreContract(Opener opener) {
        this.opener = opener;
    }

    /** Opens an empty store of the kind under test. */
    public interface Opener {
        Opened open() throws Exception;
    }

    /** A store by its ports; closing it gives up whatever it took. */
    public record Opened(
            LedgerStore ledger,
            AgentBook agents,
            MandateBook mandates,
            ToolBook tools,
            CredentialBook credentials,
            PersonBook people,
            KeyBook keys,
            AutoCloseable closing) {}

    interface Check {
        void on(Opened store, Sample sample) throws Exception;
    }

    public Stream<DynamicTest> tests() {
        return Stream.concat(
                ownTests(),
                Stream.of(
                                PeopleContract.CHECKS,
                                SignedContract.CHECKS,
                                TokenContract.CHECKS,
                                KeyContract.CHECKS,
                                FleetContract.CHECKS,
                                ConductContract.CHECKS,
                                PassportContract.CHECKS)
                        .flatMap(checks -> checks.entrySet().stream())
                        .map(check -> test(check.getKey(), check.getValue())));
    }

    private Stream<DynamicTest> ownTests() {
        return Stream.of(
                test("whatWasAppendedIsReadBackInOrder", StoreContract::order),
                test("anAgentIsAddedOnce", StoreContract::agentOnce),
                test("agentsAreListedByNameAndInstancesByAge", StoreContract::agentLists),
                test("aCodeEnrolsOneInstanceOfItsAgent", StoreContract::codes),
                test("mandatesAreListedNewestFirst", StoreContract::mandateLists),
                test("theCurrentMandateIsTheOneMostLatelyGiven", StoreContract::current),
                test("toolsAreListedByName", PinContract::pins),
                test("aPlaceHasOneCredentialTheLastOneSet", CredentialContract::lastOneSet),
                test("aChangeOfAnOlderVersionIsStale", StoreContract::staleChange),
                test("anAllowanceOnAnOlderVersionIsStale", StoreContract::staleAllowance),
                test("nothingIsAllowedUnderAnEndedMandate", StoreContract::ended),
                test("nothingIsAllowedToASuspendedAgent", StoreContract::suspended),
                test("nothingIsAllowedToARevokedInstance", StoreContract::revoked),
                test("nothingIsAllowedOnAHeldTool", StoreContract::held),
                test("aCallEndsOnceAndOnlyIfItIsOpen", StoreContract::conclusions),
                test("aQuestionIsAnsweredOnceAndSpendsNothing", StoreContract::rounds),
                test("aRoundOfAnotherActionOrMandateIsStale", StoreContract::otherRounds),
                test("oneOfManyAnswersToAQuestionWins", StoreContract::raceOfAnswers),
                test("usesAndStrikesAddUp", StoreContract::usage),
                test("aPermissionsUsesAreSpentExactlyOnceByManyAtOnce", StoreContract::race),
                test("aMandatesUsesAreSpentExactlyOnceByManyAtOnce", StoreContract::raceOfAll),
                test("oneOfManyChangesOfAVersionWins", StoreContract::raceOfChanges));
    }

    private DynamicTest test(String name, Check check) {
        return dynamicTest(
                name,
                () -> {
                    Opened store = opener.open();
                    try (AutoCloseable _ = store.closing()) {
                        check.on(store, new Sample(store.ledger()));
                    }
                });
    }

    private static void order(Opened store, Sample sample) {
        long start = store.ledger().size();
        for (int i = 0; i < 200; i++) {
            assertThat(sample.append(new Event.StrangerRefused("d", "/" + i, i)))
                    .isEqualTo(new Stored.At(start + i));
        }
        assertThat(store.ledger().size()).isEqualTo(start + 200);
        for (int i = 0; i < 200; i++) {
            assertThat(store.ledger().entry(start + i).orElseThrow().event())
                    .isEqualTo(new Event.StrangerRefused("d", "/" + i, i));
        }
        assertThat(store.ledger().entry(start + 200)).isEmpty();
        assertThat(store.ledger().entry(-1)).isEmpty();
    }

    private static void agentOnce(Opened store, Sample sample) {
        Agent agent = sample.agent("a");
        assertStored(sample.append(new Event.AgentAdded(agent, "x")));
        assertObjected(sample.append(new Event.AgentAdded(agent, "x")));
        Agent sameName = new Agent(new AgentId("agt_other"), "a", Sample.START, agent.standing());
        assertObjected(sample.append(new Event.AgentAdded(sameName, "x")));
        assertObjected(sample.append(new Event.AgentChanged(sameName, "x")));
        assertThat(store.agents().agent(agent.id())).contains(agent);
        assertThat(store.agents().agentNamed("a")).contains(agent);
        assertThat(store.agents().agentNamed("b")).isEmpty();
        assertThat(store.agents().agent(sameName.id())).isEmpty();
    }

    private static void agentLists(Opened store, Sample sample) {
        for (String name : List.of("m", "z", "a")) {
            sample.append(new Event.AgentAdded(sample.agent(name), "x"));
            assertThat(FleetContract.all(store)).contains(sample.agent(name));
        }
        assertThat(FleetContract.all(store)).extracting(Agent::name).containsExactly("a", "m", "z");
        List<Instance> enrolled =
                Stream.of("9", "1", "5").map(id -> sample.enrol("m", id)).toList();
        assertThat(FleetContract.instances(store, sample.agent("m"))).isEqualTo(enrolled);
        assertThat(FleetContract.instances(store, sample.agent("a"))).isEmpty();
        assertThat(store.agents().instance(enrolled.getFirst().id())).contains(enrolled.getFirst());
    }

    private static void codes(Opened store, Sample sample) {
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        sample.append(new Event.AgentAdded(sample.agent("b"), "x"));
        EnrolmentCode code = sample.code("a", "1");
        assertStored(sample.append(new Event.CodeIssued(code, "x")));
        assertThat(store.agents().code(code.hash())).contains(code);
        assertObjected(
                sample.append(new Event.InstanceEnrolled(sample.instance("b", "1"), code.hash())));
        Instance instance = sample.instance("a", "1");
        assertStored(sample.append(new Event.InstanceEnrolled(instance, code.hash())));
        assertThat(store.agents().code(code.hash())).isEmpty();
        assertObjected(
                sample.append(new Event.InstanceEnrolled(sample.instance("a", "2"), code.hash())));
        assertObjected(sample.append(new Event.CodeIssued(sample.code("nobody", "2"), "x")));
    }

    private static void mandateLists(Opened store, Sample sample) {
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        List<Mandate> given =
                IntStream.range(0, 5)
                        .mapToObj(i -> sample.mandate("a", "m" + (7 - i) % 5))
                        .toList();
        given.forEach(
                mandate -> {
                    assertStored(sample.append(new Event.MandateGiven(mandate)));
                    assertThat(store.mandates().list(1).getFirst().mandate()).isEqualTo(mandate);
                });
        assertObjected(sample.append(new Event.MandateGiven(given.getFirst())));
        assertObjected(sample.append(new Event.MandateGiven(sample.mandate("nobody", "m9"))));
        assertThat(store.mandates().list(100))
                .extracting(Sheet::mandate)
                .containsExactlyElementsOf(given.reversed());
        assertThat(store.mandates().list(2)).hasSize(2);
        assertThat(store.mandates().find(new MandateId("mdt_none"))).isEmpty();
    }

    private static void current(Opened store, Sample sample) {
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        AgentId agent = sample.agent("a").id();
        assertThat(store.mandates().current(agent)).isEmpty();
        Mandate first = sample.mandate("a", "m1");
        Mandate second = sample.mandate("a", "m2");
        sample.append(new Event.MandateGiven(first));
        assertThat(store.mandates().current(agent).orElseThrow().mandate()).isEqualTo(first);
        sample.append(new Event.MandateGiven(second));
        assertThat(store.mandates().current(agent).orElseThrow().mandate()).isEqualTo(second);
        sample.append(new Event.MandateChanged(second.with(Sample.ENDED), "x"));
        assertThat(store.mandates().current(agent).orElseThrow().mandate())
                .as("an ended mandate gives no way back to an older one")
                .isEqualTo(second.with(Sample.ENDED));
    }

    private static void staleChange(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        Mandate changed = mandate.with(mandate.permissions(), Sample.limits(9));
        assertStored(sample.append(new Event.MandateChanged(changed, "x")));
        assertObjected(sample.append(new Event.MandateChanged(changed, "x")));
        assertThat(store.mandates().find(mandate.id()).orElseThrow().mandate()).isEqualTo(changed);
    }

    private static void staleAllowance(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        Mandate changed = mandate.with(mandate.permissions(), Sample.limits(9));
        sample.append(new Event.MandateChanged(changed, "x"));
        assertObjected(sample.append(sample.allowed(mandate, "free", "1")));
        assertStored(sample.append(sample.allowed(changed, "free", "2")));
        assertObjected(sample.append(sample.allowed(changed, "nothing", "3")));
    }

    private static void ended(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        Mandate ended = mandate.with(Sample.ENDED);
        sample.append(new Event.MandateChanged(ended, "x"));
        assertObjected(sample.append(sample.allowed(mandate, "free", "1")));
        assertObjected(sample.append(sample.allowed(ended, "free", "1")));
    }

    private static void suspended(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        Agent agent = sample.agent("a");
        Agent stopped = agent.with(new Agent.Standing.Suspended("why", Sample.START));
        assertStored(sample.append(new Event.AgentChanged(stopped, "x")));
        assertThat(store.agents().agent(agent.id())).contains(stopped);
        assertThat(FleetContract.all(store)).containsExactly(stopped);
        assertObjected(sample.append(sample.allowed(mandate, "free", "1")));
        sample.append(new Event.AgentChanged(agent, "x"));
        assertStored(sample.append(sample.allowed(mandate, "free", "1")));
    }

    private static void revoked(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        Instance instance = sample.instance("a", "1");
        assertStored(
                sample.append(new Event.InstanceRevoked(instance.id(), instance.agent(), "x")));
        assertThat(store.agents().instance(instance.id())).contains(instance.asRevoked());
        assertThat(FleetContract.instances(store, sample.agent("a")))
                .containsExactly(instance.asRevoked());
        assertObjected(sample.append(sample.allowed(mandate, "free", "1")));
    }

    private static void held(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        sample.append(new Event.ToolPinned(sample.held("up.tool"), "x"));
        assertObjected(sample.append(sample.allowed(mandate, "free", "1")));
        sample.append(new Event.ToolPinned(sample.pin("up.tool"), "x"));
        assertStored(sample.append(sample.allowed(mandate, "free", "1")));
    }

    private static void conclusions(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        CallId call = new CallId("call_1");
        assertObjected(sample.append(Sample.concluded(call)));
        assertStored(sample.append(sample.allowed(mandate, "free", "1")));
        assertObjected(sample.append(sample.allowed(mandate, "free", "1")));
        assertStored(sample.append(Sample.concluded(call)));
        assertObjected(sample.append(Sample.concluded(call)));
        sample.append(sample.refused(mandate, 0, "2"));
        assertObjected(sample.append(Sample.concluded(new CallId("call_2"))));
    }

    /** Spends the last use of a permission on a call that ends with a question. */
    private static Event.Decided question(Opened store, Sample sample, Mandate mandate) {
        for (int i = 1; i < Sample.FEW; i++) {
            assertStored(sample.append(sample.allowed(mandate, "few", "before" + i)));
        }
        Event.Decided first = sample.allowed(mandate, "few", "1");
        assertObjected(sample.append(sample.asked(mandate, first, "few", 1)));
        assertStored(sample.append(first));
        assertStored(sample.append(sample.asked(mandate, first, "few", 1)));
        assertObjected(sample.append(Sample.concluded(first.call())));
        assertThat(store.mandates().find(mandate.id()).orElseThrow().usage().unanswered())
                .containsOnlyKeys(first.call());
        assertThat(store.mandates().list(1))
                .containsExactly(store.mandates().find(mandate.id()).orElseThrow());
        return first;
    }

    private static void rounds(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        question(store, sample, mandate);
        assertObjected(sample.append(sample.allowed(mandate, "few", "2")));
        Event.Decided second = sample.continued(mandate, "few", "3", "1", "1");
        assertStored(sample.append(second));
        assertObjected(sample.append(sample.continued(mandate, "few", "4", "1", "1")));
        assertStored(sample.append(sample.asked(mandate, second, "few", 2)));
        assertObjected(sample.append(sample.continued(mandate, "few", "5", "1", "1")));
        Event.Decided third = sample.continued(mandate, "few", "6", "1", "3");
        assertStored(sample.append(third));
        assertStored(sample.append(Sample.concluded(third.call())));
        assertObjected(sample.append(sample.continued(mandate, "few", "7", "1", "6")));
        Sheet sheet = store.mandates().find(mandate.id()).orElseThrow();
        assertThat(sheet.usage().calls()).isEqualTo(Sample.FEW);
        assertThat(sheet.usage().byPermission().get("few")).isEqualTo(Sample.FEW);
        assertThat(sheet.usage().unanswered()).isEmpty();
    }

    private static void otherRounds(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        question(store, sample, mandate);
        assertObjected(sample.append(sample.continued(mandate, "few", "3", "other", "1")));
        assertObjected(sample.append(sample.continued(mandate, "free", "3", "1", "1")));
        assertObjected(sample.append(sample.continued(mandate, "few", "3", "1", "none")));
        Mandate other = sample.ready("b");
        assertObjected(sample.append(sample.continued(other, "few", "3", "1", "1")));
        sample.append(new Event.MandateChanged(mandate.with(Sample.ENDED), "x"));
        assertObjected(sample.append(sample.continued(mandate, "few", "3", "1", "1")));
    }

    private static void raceOfAnswers(Opened store, Sample sample) throws Exception {
        Mandate mandate = sample.ready("a");
        question(store, sample, mandate);
        long stored =
                sample.atOnce(64, 1, i -> sample.continued(mandate, "few", "c" + i, "1", "1"));
        assertThat(stored).isEqualTo(1);
    }

    private static void usage(Opened store, Sample sample) {
        Mandate mandate = sample.ready("a");
        sample.append(sample.allowed(mandate, "free", "1"));
        sample.append(sample.allowed(mandate, "few", "2"));
        sample.append(sample.refused(mandate, 1, "3"));
        sample.append(sample.refused(mandate, 0, "4"));
        Sheet sheet = store.mandates().find(mandate.id()).orElseThrow();
        assertThat(sheet.usage().calls()).isEqualTo(2);
        assertThat(sheet.usage().strikes()).isEqualTo(1);
        assertThat(sheet.usage().byPermission()).isEqualTo(Map.of("few", 1L, "free", 1L));
        assertThat(sheet.usage().lastAllowedAt()).isAfterOrEqualTo(Sample.START);
        assertThat(store.mandates().list(1)).containsExactly(sheet);
    }

    private static void race(Opened store, Sample sample) throws Exception {
        Mandate mandate = sample.ready("a");
        long stored = sample.atOnce(64, 4, i -> sample.allowed(mandate, "few", "c" + i));
        assertThat(stored).isEqualTo(Sample.FEW);
        Sheet sheet = store.mandates().find(mandate.id()).orElseThrow();
        assertThat(sheet.usage().byPermission().get("few")).isEqualTo(Sample.FEW);
    }

    private static void raceOfAll(Opened store, Sample sample) throws Exception {
        Mandate mandate = sample.ready("a");
        long stored = sample.atOnce(64, 4, i -> sample.allowed(mandate, "free", "c" + i));
        assertThat(stored).isEqualTo(Sample.USES);
        Sheet sheet = store.mandates().find(mandate.id()).orElseThrow();
        assertThat(sheet.usage().calls()).isEqualTo(Sample.USES);
    }

    private static void raceOfChanges(Opened store, Sample sample) throws Exception {
        Mandate mandate = sample.ready("a");
        long stored =
                sample.atOnce(
                        64,
                        1,
                        i ->
                                new Event.MandateChanged(
                                        mandate.with(mandate.permissions(), Sample.limits(i + 1)),
                                        "x"));
        assertThat(stored).isEqualTo(1);
    }

    static void assertStored(Stored stored) {
        assertThat(stored).isInstanceOf(Stored.At.class);
    }

    static void assertObjected(Stored stored) {
        assertThat(stored).isInstanceOf(Stored.Objected.class);
    }
}
