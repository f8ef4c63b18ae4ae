package dev.remit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gate.StopSwitch;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.gateway.wire.Meta;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.ledger.InstanceSuspended;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import dev.remit.testkit.AttackCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** An agent learns what would become of its own calls, and changes nothing by asking. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PreviewTest {
    private final FakeHttpServer server = new FakeHttpServer();
    private final TestGateway gateway = new TestGateway(server.settings("desk", Map.of()));

    @BeforeAll
    void see() {
        gateway.agent(Leave.toCall("*.*")).tools("/mcp/desk"); // so that the tools are known
    }

    @AfterAll
    void close() {
        gateway.close();
        server.close();
    }

    private Questioner.Told foreseen(TestAgent agent, String tool, String arguments) {
        Questioner.Told told =
                Questioner.agent(gateway, agent)
                        .mayCall("instance", agent.instance().id().text(), tool, arguments);
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        return told;
    }

    @Test
    void itChangesNothingHoweverOftenItIsAsked() {
        TestAgent agent = gateway.agent();
        MandateId mandate =
                gateway.give(agent, limits -> limits.asking(4), Leave.toCall("desk.echo", 1));
        long before = gateway.store().size();
        int sent = server.calls().size();
        for (int again = 0; again < 20; again++) {
            Questioner.Told yes = foreseen(agent, "desk.echo", "{}");
            assertThat(yes.decision()).isTrue();
            assertThat(yes.context().flag("preview")).isTrue();
            Questioner.Told asks = foreseen(agent, "desk.slow", "{}");
            assertThat(asks.reason()).isEqualTo("person-asked");
            assertThat(asks.context().flag("preview")).isTrue();
            assertThat(foreseen(agent, "desk.nothing", "{}").decision()).isFalse();
        }
        assertThat(gateway.store().size()).isEqualTo(before);
        assertThat(gateway.store().questions().waiting(9))
                .noneMatch(one -> one.mandate().equals(mandate));
        assertThat(gateway.store().find(mandate).orElseThrow().usage().calls()).isZero();
        assertThat(gateway.store().find(mandate).orElseThrow().usage().strikes()).isZero();
        assertThat(server.calls()).hasSize(sent);
    }

    @Test
    @AttackCase("PDP-019")
    void anotherIsLikeNobody() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.*"));
        TestAgent other = gateway.agent(Leave.toCall("desk.*"));
        TestAgent second = gateway.secondOf(agent);
        Questioner self = Questioner.agent(gateway, agent);
        String nobody = self.mayCall("agent", "agt_nobody", "desk.echo", "{}").text();
        for (Questioner.Told told :
                List.of(
                        self.mayCall("agent", other.instance().agent().text(), "desk.echo", "{}"),
                        self.mayCall("instance", other.instance().id().text(), "desk.echo", "{}"),
                        self.mayCall("instance", second.instance().id().text(), "desk.echo", "{}"),
                        self.mayCall("instance", "ins_nobody", "desk.echo", "{}"),
                        self.mayCall("user", "per_1", "desk.echo", "{}"),
                        self.mayCall("agent", "no id at all", "desk.nothing", "{}"))) {
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.text()).isEqualTo(nobody);
            assertThat(told.reason()).isEqualTo("subject-unknown");
        }
        assertThat(
                        self.mayCall("agent", agent.instance().agent().text(), "desk.echo", "{}")
                                .decision())
                .isTrue();
    }

    @Test
    void aToolThatDoesNotExistIsLikeOneThatIsNotPartOfTheTask() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.echo"));
        String other = foreseen(agent, "desk.slow", "{}").text();
        for (String tool : List.of("desk.nothing", "nowhere.echo", "echo", "desk.mcp:tools/list")) {
            assertThat(foreseen(agent, tool, "{}").text()).isEqualTo(other);
        }
    }

    /** An agent in some situation, and what it asks for. */
    private record Situation(String name, TestAgent agent, String tool, Value.Fields arguments) {}

    private List<Situation> situations() {
        Value.Fields one = Value.object().put("to", "one").build();
        Permission toOne =
                new Permission(
                        "one",
                        new Glob("desk.echo"),
                        Map.of("to", new Constraint.Exact(Value.of("one"))),
                        OptionalLong.empty());
        List<Situation> all = new ArrayList<>();
        all.add(new Situation("no mandate", gateway.agent(), "echo", one));
        TestAgent good = gateway.agent(toOne);
        all.add(new Situation("good", good, "echo", one));
        all.add(new Situation("other arguments", good, "echo", Value.Fields.EMPTY));
        all.add(new Situation("other tool", good, "there", one));
        all.add(new Situation("unknown tool", good, "nothing", one));
        TestAgent spent = gateway.agent(Leave.toCall("desk.echo", 1));
        spent.call("/mcp/desk", "echo", one);
        all.add(new Situation("spent", spent, "echo", one));
        TestAgent asking = gateway.agent();
        gateway.give(asking, limits -> limits.asking(4), toOne);
        all.add(new Situation("asks", asking, "there", one));
        TestAgent suspended = gateway.agent(toOne);
        gateway.write(
                new InstanceSuspended(
                        suspended.instance().id(), suspended.instance().agent(), "test", "test"));
        all.add(new Situation("suspended", suspended, "echo", one));
        TestAgent parent = gateway.agent();
        MandateId mandate = gateway.give(parent, toOne, Leave.toCall("desk.there"));
        TestAgent child = gateway.child(parent, mandate, toOne);
        all.add(new Situation("a child", child, "echo", one));
        all.add(new Situation("a child, beyond its part", child, "there", one));
        return all;
    }

    /** What a preview says is what the call is then told. */
    @TestFactory
    Stream<DynamicTest> whatIsForeseenIsWhatHappens() {
        return situations().stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one)));
    }

    private void check(Situation one) {
        long before = gateway.store().size();
        Questioner.Told told = foreseen(one.agent(), "desk." + one.tool(), one.arguments().json());
        assertThat(gateway.store().size()).isEqualTo(before);
        Value.Fields result = one.agent().call("/mcp/desk", one.tool(), one.arguments()).result();
        String code =
                result.fields(Meta.NAME)
                        .flatMap(meta -> meta.fields(Meta.REFUSAL))
                        .flatMap(refusal -> refusal.text("code"))
                        .orElse("");
        assertThat(told.decision()).isEqualTo(!result.flag("isError"));
        assertThat(told.reason()).isEqualTo(code);
    }

    /** The same over many random mandates and calls; the seed is in the name. */
    @TestFactory
    Stream<DynamicTest> whateverTheMandateIs() {
        return LongStream.range(0, 40)
                .mapToObj(
                        seed ->
                                DynamicTest.dynamicTest(
                                        "seed " + seed,
                                        () -> {
                                            SplittableRandom dice = new SplittableRandom(seed);
                                            TestAgent agent = random(dice);
                                            for (int call = 0; call < 6; call++) {
                                                check(
                                                        new Situation(
                                                                "",
                                                                agent,
                                                                pick(dice, TOOLS),
                                                                arguments(dice)));
                                            }
                                        }));
    }

    private static final List<String> TOOLS = List.of("echo", "there", "nothing");

    private TestAgent random(SplittableRandom dice) {
        TestAgent agent = gateway.agent();
        Permission[] permissions = new Permission[1 + dice.nextInt(3)];
        for (int i = 0; i < permissions.length; i++) {
            permissions[i] =
                    new Permission(
                            "p" + i,
                            new Glob("desk." + pick(dice, List.of("echo", "there", "*"))),
                            dice.nextBoolean()
                                    ? Map.of()
                                    : Map.of("to", new Constraint.Exact(Value.of("one"))),
                            dice.nextBoolean()
                                    ? OptionalLong.empty()
                                    : OptionalLong.of(1 + dice.nextInt(3)));
        }
        gateway.give(agent, limits -> limits.asking(dice.nextInt(3)), permissions);
        return agent;
    }

    private static Value.Fields arguments(SplittableRandom dice) {
        return switch (dice.nextInt(3)) {
            case 0 -> Value.Fields.EMPTY;
            case 1 -> Value.object().put("to", "one").build();
            default -> Value.object().put("to", "two").build();
        };
    }

    private static String pick(SplittableRandom dice, List<String> from) {
        return from.get(dice.nextInt(from.size()));
    }

    @Test
    void whoeverMayNotComeInIsNotAnswered() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.*"));
        Questioner self = Questioner.agent(gateway, agent);
        String id = agent.instance().id().text();
        assertThat(self.mayCall("instance", id, "desk.echo", "{}").decision()).isTrue();
        gateway.stop().pull(new StopSwitch.Stop(Instant.now(), "test", "a drill"));
        assertThat(self.mayCall("instance", id, "desk.echo", "{}").reason()).isEqualTo("stopped");
        gateway.stop().release();
        gateway.write(
                new Event.InstanceRevoked(agent.instance().id(), agent.instance().agent(), "test"));
        assertThat(self.mayCall("instance", id, "desk.echo", "{}").status()).isEqualTo(401);
    }
}
