package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of several rounds, and calls that go on as tasks: agent and upstream without sessions. */
@NullMarked
class RoundsTest {
    private static final String PATH = "/mcp/fake";
    private static final Value.Fields CAN_ANSWER =
            Value.object().put("elicitation", Value.Fields.EMPTY).build();
    private static final Value.Fields KNOWS_TASKS =
            Value.object()
                    .put(
                            "extensions",
                            Value.object()
                                    .put("io.modelcontextprotocol/tasks", Value.Fields.EMPTY)
                                    .build())
                    .build();

    private final FakeHttpServer server = new FakeHttpServer();
    private final TestGateway gateway = new TestGateway(server.settings("fake", Map.of()));

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    private static Value.Fields call(String tool, long point) {
        Value.Fields arguments = Value.object().put("point", point).build();
        return Value.object().put("name", tool).put("arguments", arguments).build();
    }

    private static TestAgent.Heard ask(TestAgent agent, Value.Fields call) {
        return agent.request(PATH, "tools/call", call, CAN_ANSWER);
    }

    private static Value.Fields answering(TestAgent.Heard question, Value.Fields call) {
        Value.Fields ada = Value.object().put("action", "accept").build();
        return call.with("inputResponses", Value.object().put("name", ada).build())
                .with("requestState", question.result().get("requestState").orElseThrow());
    }

    private static String code(TestAgent.Heard heard) {
        return heard.result()
                .fields("_meta")
                .flatMap(meta -> meta.fields("dev.remit/refusal"))
                .flatMap(refusal -> refusal.text("code"))
                .orElse("none");
    }

    @Test
    void oneUseIsEnoughForAllRoundsAndEachHasItsRecord() {
        TestAgent agent = gateway.agent(Leave.toCall("fake.ask", 1));

        TestAgent.Heard first = ask(agent, call("ask", 1));
        TestAgent.Heard second = ask(agent, answering(first, call("ask", 1)));
        TestAgent.Heard third = ask(agent, answering(second, call("ask", 1)));

        assertThat(first.result().text("resultType")).contains("input_required");
        assertThat(second.result().text("resultType")).contains("input_required");
        assertThat(third.text()).contains("point");
        assertThat(gateway.written(Event.Decided.class)).hasSize(3);
        assertThat(gateway.written(Event.Asked.class)).hasSize(2);
        assertThat(server.calls()).hasSize(3);
        assertThat(code(ask(agent, call("ask", 1)))).isEqualTo("permission-spent");
    }

    @Test
    void aStateIsGoodOnceEvenForManyAtOnce() {
        TestAgent agent = gateway.agent(Leave.toCall("fake.ask", 1));
        Value.Fields answer = answering(ask(agent, call("ask", 1)), call("ask", 1));

        List<String> codes =
                IntStream.range(0, 16).parallel().mapToObj(_ -> code(ask(agent, answer))).toList();

        assertThat(codes).containsOnlyOnce("none");
        assertThat(codes.stream().filter("not-asked"::equals).count()).isEqualTo(15);
        assertThat(server.calls()).hasSize(2);
    }

    @Test
    void aStateIsForThisCallerAndTheseArgumentsOnly() {
        Permission leave = Leave.toCall("fake.*");
        TestAgent agent = gateway.agent(leave);
        TestAgent other = gateway.agent(leave);
        TestAgent.Heard question = ask(agent, call("ask", 1));
        int before = server.calls().size();

        assertThat(ask(other, answering(question, call("ask", 1))).status()).isEqualTo(400);
        assertThat(ask(agent, answering(question, call("ask", 2))).status()).isEqualTo(400);
        assertThat(ask(agent, answering(question, call("echo", 1))).status()).isEqualTo(400);

        assertThat(server.calls()).hasSize(before);
        assertThat(ask(agent, answering(question, call("ask", 1))).status()).isEqualTo(200);
    }

    @Test
    void aRoundIsRefusedWhenTheMandateWasRevokedOrReplacedMeanwhile() {
        TestAgent agent = gateway.agent();
        MandateId id = gateway.give(agent, Leave.toCall("fake.ask"));
        TestAgent.Heard question = ask(agent, call("ask", 1));
        Mandate mandate = gateway.store().find(id).orElseThrow().mandate();
        gateway.write(
                new Event.MandateChanged(
                        mandate.with(new Mandate.Status.Revoked("per_1", Instant.now(), "enough")),
                        "per_1"));

        assertThat(code(ask(agent, answering(question, call("ask", 1)))))
                .isEqualTo("mandate-revoked");
        gateway.give(agent, Leave.toCall("fake.ask"));
        assertThat(code(ask(agent, answering(question, call("ask", 1))))).isEqualTo("not-asked");
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    void aTaskIsItsCallersAlone() {
        TestAgent agent = gateway.agent(Leave.toCall("fake.*"));
        TestAgent other = gateway.agent(Leave.toCall("fake.*"));
        TestAgent.Heard begun = agent.request(PATH, "tools/call", call("slow", 1), KNOWS_TASKS);
        Value.Fields task =
                Value.object().put("taskId", begun.result().get("taskId").orElseThrow()).build();

        assertThat(begun.result().text("resultType")).contains("task");
        TestAgent.Heard got = agent.request(PATH, "tasks/get", task, KNOWS_TASKS);
        assertThat(got.result().text("status")).contains("completed");
        assertThat(got.result().text("taskId").orElse("")).startsWith("gw1.");
        assertThat(other.request(PATH, "tasks/get", task, KNOWS_TASKS).error().text("message"))
                .hasValueSatisfying(said -> assertThat(said).contains("no such task"));
        Value.Fields bare = Value.object().put("taskId", "task-1").build();
        assertThat(agent.request(PATH, "tasks/cancel", bare, KNOWS_TASKS).error().text("message"))
                .hasValueSatisfying(said -> assertThat(said).contains("no such task"));
        List<FakeHttpServer.Got> about =
                server.all().stream().filter(one -> one.method().startsWith("tasks/")).toList();
        assertThat(about).hasSize(1);
        assertThat(about.getFirst().headers().get("Mcp-Name")).containsExactly("task-1");
    }

    @Test
    void tasksNeedLeaveAndAClientThatKnowsThem() {
        TestAgent agent = gateway.agent(Leave.toCall("fake.slow"));
        TestAgent.Heard begun = agent.request(PATH, "tools/call", call("slow", 1), KNOWS_TASKS);
        Value.Fields task =
                Value.object().put("taskId", begun.result().get("taskId").orElseThrow()).build();

        assertThat(agent.request(PATH, "tasks/get", task, KNOWS_TASKS).error().whole("code"))
                .hasValue(403);
        assertThat(code(agent.request(PATH, "tools/call", call("slow", 1))))
                .isEqualTo("outcome-unknown");
    }

    @Test
    void onlyKnownExtensionsArePassedOn() {
        TestAgent agent = gateway.agent(Leave.toCall("fake.*"));
        Value.Fields declared =
                KNOWS_TASKS.with(
                        "extensions",
                        KNOWS_TASKS
                                .fields("extensions")
                                .orElseThrow()
                                .with("some.vendor/other", Value.Fields.EMPTY));

        agent.request(PATH, "tools/call", call("echo", 1), declared);

        Value.Fields offered =
                agent.request(PATH, "server/discover", Value.Fields.EMPTY)
                        .result()
                        .fields("capabilities")
                        .flatMap(one -> one.fields("extensions"))
                        .orElseThrow();
        assertThat(offered.values()).containsOnlyKeys("io.modelcontextprotocol/tasks");
        assertThat(server.calls().getFirst().message().json())
                .contains("io.modelcontextprotocol/tasks")
                .doesNotContain("some.vendor");
    }
}
