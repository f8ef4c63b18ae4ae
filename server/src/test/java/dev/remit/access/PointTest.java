package dev.remit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.approval.Question;
import dev.remit.approval.Verdict;
import dev.remit.call.Value;
import dev.remit.gate.StopSwitch;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.identity.Binding;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Permission;
import dev.remit.testkit.AttackCase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an enforcement point is answered is decided, spent and written down like any call. */
final class PointTest {
    private final FakeHttpServer server = new FakeHttpServer();
    private final TestGateway gateway =
            new TestGateway(
                    server.settings("desk", Map.of()), server.settings("elsewhere", Map.of()));
    private final Questioner bridge = Questioner.point(gateway, "bridge");

    @BeforeEach
    void see() {
        TestAgent one = gateway.agent(Leave.toCall("*.*"));
        one.tools("/mcp/desk"); // so that the tools are known
        one.tools("/mcp/elsewhere");
    }

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    private Questioner.Told echo(TestAgent agent) {
        return ask(agent, "desk.echo", "{'text':'hello'}");
    }

    private Questioner.Told ask(TestAgent agent, String tool, String arguments) {
        Questioner.Told told =
                bridge.mayCall("instance", agent.instance().id().text(), tool, arguments);
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        return told;
    }

    private static Event revoked(TestAgent agent) {
        return new Event.InstanceRevoked(agent.instance().id(), agent.instance().agent(), "test");
    }

    private Event.Decided lastDecision() {
        return gateway.written(Event.Decided.class).getLast();
    }

    @Test
    void aYesIsOnRecordWithWhoVouchedAndIsSpentAndSendsNothing() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.echo", 2));
        long before = gateway.store().size();
        Questioner.Told told = echo(agent);
        assertThat(told.decision()).isTrue();
        assertThat(gateway.store().size()).isEqualTo(before + 2);
        Event.Decided decided = lastDecision();
        assertThat(told.context().text("call")).contains(decided.call().text());
        assertThat(decided.binding()).isEqualTo(new Binding.Vouched("bridge"));
        assertThat(decided.instance()).isEqualTo(agent.instance().id());
        assertThat(decided.arguments().text("text")).contains("hello");
        Event.Concluded end = gateway.written(Event.Concluded.class).getLast();
        assertThat(end.call()).isEqualTo(decided.call());
        assertThat(end.end()).isEqualTo(Event.End.UNKNOWN);
        assertThat(end.reason()).isEqualTo("it was left to bridge");
        assertThat(echo(agent).decision()).isTrue();
        assertThat(echo(agent).reason()).isEqualTo("permission-spent");
        assertThat(agent.call("/mcp/desk", "echo", Value.Fields.EMPTY).text()).contains("used up");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void aNoIsOnRecordOnceAndSaysWhatTheCallWouldHaveBeenTold() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.echo"));
        long before = gateway.store().size();
        Questioner.Told told = ask(agent, "desk.slow", "{}");
        assertThat(told.decision()).isFalse();
        assertThat(told.reason()).isEqualTo("not-permitted");
        assertThat(told.context().text("reason_user").orElseThrow()).contains("list of tools");
        assertThat(gateway.store().size()).isEqualTo(before + 1);
        assertThat(lastDecision().ruling())
                .isInstanceOfSatisfying(
                        Event.Ruling.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo("not-permitted"));
        Questioner.Told unknown = ask(agent, "desk.nothing", "{}");
        assertThat(unknown.context().without("call")).isEqualTo(told.context().without("call"));
        assertThat(lastDecision().ruling())
                .isInstanceOfSatisfying(
                        Event.Ruling.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo("tool-unknown"));
    }

    @Test
    void whatAPointDoesNotReachDoesNotExistForItAndIsOnRecordOnce() {
        TestAgent agent = gateway.agent(Leave.toCall("*.*"));
        Value.Fields first = Value.Fields.EMPTY;
        for (String tool :
                List.of("elsewhere.echo", "nowhere.echo", "echo", "desk.mcp:resources/read")) {
            long before = gateway.store().size();
            Questioner.Told told = ask(agent, tool, "{}");
            assertThat(told.reason()).as(tool).isEqualTo("not-permitted");
            assertThat(gateway.store().size()).isEqualTo(before + 1);
            assertThat(gateway.written(Event.StrangerRefused.class).getLast().path())
                    .isEqualTo("/access/v1/evaluation by bridge");
            first = first.equals(Value.Fields.EMPTY) ? told.body() : first;
            assertThat(told.body()).isEqualTo(first);
        }
        assertThat(
                        Questioner.point(gateway, "other")
                                .mayCall(
                                        "instance",
                                        agent.instance().id().text(),
                                        "elsewhere.echo",
                                        "{}")
                                .decision())
                .isTrue();
    }

    @Test
    void anAgentIsMeantByItsOneInstance() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.*"));
        String id = agent.instance().agent().text();
        assertThat(bridge.mayCall("agent", id, "desk.echo", "{}").decision()).isTrue();
        TestAgent second = gateway.secondOf(agent);
        Questioner.Told unclear = bridge.mayCall("agent", id, "desk.echo", "{}");
        assertThat(unclear.reason()).isEqualTo("subject-unclear");
        assertThat(ask(second, "desk.echo", "{}").decision()).isTrue();
        gateway.write(revoked(second));
        assertThat(bridge.mayCall("agent", id, "desk.echo", "{}").decision()).isTrue();
    }

    @Test
    void whoeverIsNotEnrolledIsUnknown() {
        for (String id : List.of("agt_nobody", "nobody", "", "ins_nobody")) {
            for (String type : List.of("agent", "instance", "user", "")) {
                long before = gateway.store().size();
                Questioner.Told told = bridge.mayCall(type, id, "desk.echo", "{}");
                assertThat(told.status()).isEqualTo(200);
                assertThat(told.reason()).isEqualTo("subject-unknown");
                assertThat(gateway.store().size()).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void aRevokedOneIsRefusedHoweverItIsNamed() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.*"));
        assertThat(echo(agent).decision()).isTrue();
        gateway.write(revoked(agent));
        long before = gateway.store().size();
        assertThat(echo(agent).reason()).isEqualTo("caller-revoked");
        assertThat(gateway.store().size()).isEqualTo(before + 1);
        assertThat(
                        bridge.mayCall("agent", agent.instance().agent().text(), "desk.echo", "{}")
                                .reason())
                .isEqualTo("caller-revoked");
    }

    @Test
    void aChildHasNoMoreThanWasPassedOnToIt() {
        TestAgent parent = gateway.agent();
        MandateId mandate =
                gateway.give(parent, Leave.toCall("desk.echo"), Leave.toCall("desk.slow"));
        Permission part = Leave.toCall("desk.echo");
        TestAgent child = gateway.child(parent, mandate, part);
        assertThat(echo(child).decision()).isTrue();
        assertThat(lastDecision().behind()).hasSize(1);
        assertThat(ask(child, "desk.slow", "{}").reason()).isEqualTo("not-permitted");
        assertThat(ask(parent, "desk.slow", "{}").decision()).isTrue();
        gateway.write(revoked(parent));
        assertThat(echo(child).reason()).isEqualTo("caller-revoked");
    }

    @Test
    void anothersMandateIsNobodys() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.slow"));
        MandateId own = gateway.give(agent, Leave.toCall("desk.echo"));
        MandateId others = gateway.give(gateway.agent(), Leave.toCall("desk.echo"));
        String question =
                Questioner.question("instance", agent.instance().id().text(), "desk.echo", "{}");
        assertThat(under(question, own.text()).decision()).isTrue();
        assertThat(under(question, others.text()).reason()).isEqualTo("no-mandate");
        assertThat(under(question, "mdt_nothing").reason()).isEqualTo("no-mandate");
        assertThat(under(question, "nothing").status()).isEqualTo(400);
    }

    private Questioner.Told under(String question, String mandate) {
        String cut = question.substring(0, question.lastIndexOf('}'));
        return bridge.ask("evaluation", cut + ",'context':{'mandate':'" + mandate + "'}}");
    }

    @Test
    void whatAPersonIsAskedBecomesAYesOnce() {
        TestAgent agent = gateway.agent();
        gateway.give(agent, limits -> limits.asking(4), Leave.toCall("desk.echo"));
        Questioner.Told first = ask(agent, "desk.slow", "{'a':1}");
        assertThat(first.reason()).isEqualTo("person-asked");
        assertThat(first.context().text("because")).contains("not-permitted");
        assertThat(Instant.parse(first.context().text("until").orElseThrow()))
                .isAfter(Instant.now());
        Questioner.Told again = ask(agent, "desk.slow", "{'a':1.0}");
        assertThat(again.context().text("question")).isEqualTo(first.context().text("question"));
        assertThat(gateway.store().questions().waiting(9)).hasSize(1);
        Question question = gateway.store().questions().waiting(9).getFirst();
        gateway.write(
                new Event.QuestionAnswered(
                        question.id(),
                        question.mandate(),
                        Verdict.ONCE,
                        question.giver(),
                        Optional.empty()));
        assertThat(ask(agent, "desk.slow", "{'a':1}").decision()).isTrue();
        assertThat(ask(agent, "desk.slow", "{'a':1}").reason()).isEqualTo("person-asked");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void whileAllAreStoppedNobodyMayDoAnything() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.*"));
        gateway.stop().pull(new StopSwitch.Stop(Instant.now(), "test", "a drill"));
        Questioner.Told told = echo(agent);
        assertThat(told.reason()).isEqualTo("stopped");
        assertThat(search(agent)).isEmpty();
        gateway.stop().release();
        assertThat(echo(agent).decision()).isTrue();
        assertThat(search(agent)).contains("desk.echo");
    }

    private List<String> search(TestAgent agent) {
        return bridge.ask(
                        "search/resource",
                        "{'subject':{'type':'instance','id':'"
                                + agent.instance().id()
                                + "'},'action':{'name':'tools/call'},'resource':{'type':'tool'}}")
                .found();
    }

    @Test
    @AttackCase("PDP-019")
    void onlyTheTokenMakesAPoint() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.*"));
        String id = agent.instance().id().text();
        for (String token :
                List.of(
                        "",
                        TestGateway.TOKEN,
                        TestGateway.TOKEN + "Bridge",
                        TestGateway.TOKEN + "bridge1",
                        "bridge")) {
            Questioner.Told told =
                    Questioner.bearing(gateway, token).mayCall("instance", id, "desk.echo", "{}");
            assertThat(told.status()).isEqualTo(401);
            assertThat(told.response().headers().allValues("WWW-Authenticate")).hasSize(2);
            assertThat(told.text()).doesNotContain(TestGateway.TOKEN);
        }
        assertThat(Questioner.nobody(gateway).mayCall("instance", id, "desk.echo", "{}").status())
                .isEqualTo(401);
        assertThat(
                        bridge.send(
                                        "POST",
                                        "/access/v1/evaluation",
                                        new byte[0],
                                        Map.of("DPoP", "a.b.c"))
                                .status())
                .as("a proof beside it is of somebody else")
                .isEqualTo(401);
        assertThat(
                        bridge.send(
                                        "POST",
                                        "/mcp/desk",
                                        new byte[0],
                                        Map.of("Content-Type", "application/json"))
                                .status())
                .as("a point's token opens no other door")
                .isEqualTo(401);
        assertThat(bridge.mayCall("instance", id, "desk.echo", "{}").decision()).isTrue();
    }

    @Test
    void aLedgerThatCannotWriteIsANoAndAHalfWrittenOneToo() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.echo", 2));
        long before = gateway.store().size();
        breakDisk(0);
        assertThat(echo(agent).reason()).isEqualTo("ledger-unavailable");
        assertThat(gateway.store().size()).isEqualTo(before);
        breakDisk(1);
        assertThat(echo(agent).reason()).isEqualTo("ledger-unavailable");
        assertThat(gateway.store().size()).as("decided, not concluded").isEqualTo(before + 1);
        assertThat(echo(agent).decision()).isTrue();
        assertThat(echo(agent).reason()).as("both are spent").isEqualTo("permission-spent");
    }

    private void breakDisk(int after) {
        gateway.disk().breakAfter(after, () -> new LedgerUnavailable("the disk is gone"));
    }

    @Test
    void aPartThatBreaksIsANo() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.echo"));
        gateway.disk().breakAfter(0, () -> new AssertionError("broken for a test"));
        assertThat(echo(agent).reason()).isEqualTo("internal");
        gateway.checks().breakAfter(0, () -> new LedgerUnavailable("the books are gone"));
        assertThat(echo(agent).reason()).isEqualTo("ledger-unavailable");
        gateway.checks().breakAfter(0, () -> new StackOverflowError("broken for a test"));
        assertThat(echo(agent).reason()).isEqualTo("internal");
        assertThat(echo(agent).decision()).isTrue();
    }

    @Test
    void callsThatWereLeftToAPointAreNotUnderWay() {
        TestAgent agent = gateway.agent();
        MandateId mandate = gateway.give(agent, PointTest::oneAtATime, Leave.toCall("desk.echo"));
        assertThat(echo(agent).decision()).isTrue();
        assertThat(echo(agent).decision()).isTrue();
        assertThat(gateway.store().find(mandate).orElseThrow().usage())
                .satisfies(
                        usage -> {
                            assertThat(usage.calls()).isEqualTo(2);
                            assertThat(usage.open()).isZero();
                        });
    }

    private static Limits oneAtATime(Limits usual) {
        return new Limits(
                usual.expiresAt(),
                usual.idle(),
                usual.uses(),
                usual.strikes(),
                OptionalLong.of(1),
                usual.rate(),
                usual.budgets(),
                usual.endsWhen(),
                usual.asks());
    }
}
