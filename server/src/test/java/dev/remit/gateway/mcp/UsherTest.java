package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.Value;
import dev.remit.gate.StopSwitch;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Rpc;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that can open pages brings the person to the question, and the call waits for them. */
@NullMarked
@Timeout(60)
class UsherTest {
    private static final String PATH = "/mcp/fake";
    private static final Value.Fields CALL =
            Value.object().put("name", "echo").put("arguments", Value.Fields.EMPTY).build();
    private static final Value.Fields OPENS =
            Value.object()
                    .put("elicitation", Value.object().put("url", Value.Fields.EMPTY).build())
                    .build();
    private static final Value.Fields FORMS_ONLY =
            Value.object().put("elicitation", Value.Fields.EMPTY).build();

    private final FakeHttpServer server = new FakeHttpServer();
    private final TestGateway gateway = new TestGateway(server.settings("fake", Map.of()));
    private final TestAgent agent = gateway.agent();
    private Optional<MandateId> mandate = Optional.empty();

    @BeforeEach
    void give() {
        mandate =
                Optional.of(
                        gateway.give(
                                agent, limits -> limits.asking(6), Leave.toCall("fake.there")));
    }

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    private static Value.Fields page(Value.Fields params) {
        assertThat(params.text("mode")).contains("url");
        assertThat(params.text("message").orElse("")).contains("fake.echo").doesNotContain("http");
        return params;
    }

    private Value.Fields asked(TestAgent.Heard first) {
        assertThat(first.result().text("resultType")).contains("input_required");
        Value.Fields request =
                first.result()
                        .fields("inputRequests")
                        .flatMap(all -> all.fields("input"))
                        .orElseThrow();
        assertThat(request.text("method")).contains("elicitation/create");
        return page(Rpc.params(request));
    }

    private QuestionId question(Value.Fields params) {
        QuestionId id = new QuestionId(params.text("elicitationId").orElseThrow());
        assertThat(params.text("url")).contains(gateway.origin() + "/mandates/asked/" + id);
        return id;
    }

    private void answer(QuestionId question, Verdict verdict) {
        gateway.write(
                new Event.QuestionAnswered(
                        question,
                        mandate.orElseThrow(),
                        verdict,
                        new PersonId("per_1"),
                        Optional.empty()));
    }

    private TestAgent.Heard back(TestAgent.Heard first, String action) {
        Value.Fields said = Value.object().put("action", action).build();
        return agent.request(
                PATH,
                "tools/call",
                CALL.with("inputResponses", Value.object().put("input", said).build())
                        .with("requestState", first.result().get("requestState").orElseThrow()),
                OPENS);
    }

    private static String code(TestAgent.Heard heard) {
        return heard.result()
                .fields(Meta.NAME)
                .flatMap(meta -> meta.fields(Meta.REFUSAL))
                .flatMap(refusal -> refusal.text("code"))
                .orElse("none");
    }

    @Test
    void theCallGoesOnWhenThePersonHasSaidYesOnThePage() throws Exception {
        TestAgent.Heard first = agent.request(PATH, "tools/call", CALL, OPENS);
        QuestionId question = question(asked(first));
        CompletableFuture<TestAgent.Heard> waiting =
                CompletableFuture.supplyAsync(() -> back(first, "accept"));
        Thread.sleep(500);
        assertThat(waiting).as("opening a page is no answer").isNotDone();
        assertThat(server.calls()).isEmpty();
        answer(question, Verdict.ONCE);
        assertThat(waiting.get(10, TimeUnit.SECONDS).text()).isEqualTo("{}");
        assertThat(server.calls()).hasSize(1);
        List<Event.Decided> decided = gateway.written(Event.Decided.class);
        assertThat(decided).hasSize(2);
        assertThat(decided.getLast().ruling()).isInstanceOf(Event.Ruling.Approved.class);
    }

    @Test
    void aNoIsHeardAtOnceToo() throws Exception {
        TestAgent.Heard first = agent.request(PATH, "tools/call", CALL, OPENS);
        QuestionId question = question(asked(first));
        answer(question, Verdict.NO);
        assertThat(code(back(first, "accept"))).isEqualTo("denied");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void whoDoesNotOpenThePageIsToldToRepeatTheCall() {
        for (String action : List.of("decline", "cancel", "approve")) {
            TestAgent.Heard first = agent.request(PATH, "tools/call", CALL, OPENS);
            TestAgent.Heard told = back(first, action);
            assertThat(code(told)).as(action).isEqualTo("person-asked");
            assertThat(told.text()).contains("Repeat the identical call", "/mandates/asked/qst_");
        }
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void aClientThatOpensNoPagesIsToldAtOnce() {
        TestAgent.Heard told = agent.request(PATH, "tools/call", CALL, FORMS_ONLY);
        assertThat(code(told)).isEqualTo("person-asked");
        assertThat(told.text()).contains(gateway.origin() + "/mandates/asked/qst_");
    }

    @Test
    void anAgentThatWasSuspendedMeanwhileIsNotServed() {
        TestAgent.Heard first = agent.request(PATH, "tools/call", CALL, OPENS);
        answer(question(asked(first)), Verdict.ONCE);
        gateway.stop().pull(new StopSwitch.Stop(Instant.now(), "per_1", "an incident"));
        assertThat(code(back(first, "accept"))).isNotEqualTo("none");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void aClientWithASessionIsAskedOnItsStream() throws Exception {
        TestAgent.Heard hello =
                agent.post(
                        PATH,
                        Rpc.request(
                                        Value.of(0),
                                        "initialize",
                                        Value.object()
                                                .put("protocolVersion", "2025-11-25")
                                                .put("capabilities", OPENS)
                                                .put(
                                                        "clientInfo",
                                                        Value.object()
                                                                .put("name", "t")
                                                                .put("version", "1")
                                                                .build())
                                                .build())
                                .json()
                                .getBytes(StandardCharsets.UTF_8),
                        headers(""));
        String session = hello.response().headers().firstValue("Mcp-Session-Id").orElseThrow();
        CompletableFuture<TestAgent.Heard> calling =
                CompletableFuture.supplyAsync(
                        () -> send(session, Rpc.request(Value.of(1), "tools/call", CALL)));
        while (gateway.written(Event.Decided.class).isEmpty()) {
            Thread.sleep(10);
        }
        Event.Ruling.Asked asked =
                (Event.Ruling.Asked) gateway.written(Event.Decided.class).getFirst().ruling();
        answer(asked.question(), Verdict.ONCE);
        Value.Fields opened = Value.object().put("action", "accept").build();
        while (!calling.isDone()) {
            send(session, Rpc.result(Value.of("remit-1"), opened));
            Thread.sleep(100);
        }
        TestAgent.Heard heard = calling.get();
        Value.Fields question = heard.messages().getFirst();
        assertThat(question.text("method")).contains("elicitation/create");
        assertThat(question(page(Rpc.params(question)))).isEqualTo(asked.question());
        assertThat(heard.text()).isEqualTo("{}");
        assertThat(server.calls()).hasSize(1);
    }

    private TestAgent.Heard send(String session, Value.Fields message) {
        return agent.send(
                "POST",
                PATH,
                HttpRequest.BodyPublishers.ofByteArray(
                        message.json().getBytes(StandardCharsets.UTF_8)),
                headers(session));
    }

    private static Map<String, String> headers(String session) {
        Map<String, String> all =
                new HashMap<>(
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "Accept",
                                "application/json, text/event-stream"));
        if (!session.isEmpty()) {
            all.put("Mcp-Session-Id", session);
        }
        return all;
    }
}
