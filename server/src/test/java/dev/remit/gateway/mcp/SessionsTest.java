package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeProgram;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.gateway.wire.Rpc;
import dev.remit.ledger.Event;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The revisions with sessions. */
@NullMarked
class SessionsTest {
    private static final String PATH = "/mcp/fake";
    private static TestGateway gateway = new TestGateway(FakeProgram.settings("fake"));

    @AfterAll
    static void close() {
        gateway.close();
    }

    private static Map<String, String> headers(String session) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        if (!session.isEmpty()) {
            headers.put("Mcp-Session-Id", session);
        }
        return headers;
    }

    private static TestAgent.Heard send(TestAgent agent, String session, Value.Fields message) {
        return agent.post(PATH, message.json().getBytes(StandardCharsets.UTF_8), headers(session));
    }

    private static TestAgent.Heard initialize(TestAgent agent, String revision) {
        Value.Fields params =
                Value.object()
                        .put("protocolVersion", revision)
                        .put("capabilities", Value.Fields.EMPTY)
                        .put("clientInfo", Value.object().put("name", "t").build())
                        .build();
        return send(agent, "", Rpc.request(Value.of(0), "initialize", params));
    }

    private static String session(TestAgent agent) {
        return initialize(agent, "2025-11-25")
                .response()
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    private static Value.Fields call(long id, String tool) {
        Value.Fields params =
                Value.object().put("name", tool).put("arguments", Value.Fields.EMPTY).build();
        return Rpc.request(Value.of(id), "tools/call", params);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26"})
    void everyRevisionIsAnsweredInKind(String revision) {
        TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
        TestAgent.Heard hello = initialize(agent, revision);
        String session = hello.response().headers().firstValue("Mcp-Session-Id").orElseThrow();

        assertThat(hello.result().text("protocolVersion")).contains(revision);
        assertThat(session).hasSizeGreaterThanOrEqualTo(22);
        assertThat(send(agent, session, call(1, "echo")).text()).isEqualTo("{}");
    }

    @Test
    void anUnknownRevisionIsAnsweredWithTheNewestThatHasSessions() {
        TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));

        assertThat(initialize(agent, "1999-01-01").result().text("protocolVersion"))
                .contains("2025-11-25");
    }

    @Test
    void aSessionIsNobodyElses() {
        TestAgent owner = gateway.agent(Leave.toCall("fake.echo"));
        TestAgent other = gateway.agent(Leave.toCall("fake.echo"));
        String session = session(owner);

        assertThat(send(other, session, call(1, "echo")).status()).isEqualTo(404);
        assertThat(send(owner, session, call(1, "echo")).status()).isEqualTo(200);
    }

    @Test
    void aSessionThatWasEndedIsUnknown() {
        TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
        String session = session(agent);

        TestAgent.Heard ended =
                agent.send("DELETE", PATH, HttpRequest.BodyPublishers.noBody(), headers(session));

        assertThat(ended.status()).isEqualTo(200);
        assertThat(send(agent, session, call(1, "echo")).status()).isEqualTo(404);
    }

    @Test
    void withoutASessionThereIsNothingToGetOrToEnd() {
        TestAgent agent = gateway.agent();

        for (String method : new String[] {"GET", "DELETE", "PUT"}) {
            assertThat(
                            agent.send(
                                            method,
                                            PATH,
                                            HttpRequest.BodyPublishers.noBody(),
                                            headers(""))
                                    .status())
                    .isEqualTo(405);
        }
    }

    @Test
    void aCallThatIsTakenBackEndsAtOnceHoweverFarItHasGot() throws Exception {
        TestAgent agent = gateway.agent(Leave.toCall("fake.hang"));
        String session = session(agent);
        int before = gateway.written(Event.Decided.class).size();
        CompletableFuture<TestAgent.Heard> hanging =
                CompletableFuture.supplyAsync(() -> send(agent, session, call(5, "hang")));
        while (gateway.written(Event.Decided.class).size() == before) {
            Thread.sleep(10);
        }

        Value.Fields params = Value.object().put("requestId", 5).build();
        send(agent, session, Rpc.notification("notifications/cancelled", params));

        assertThat(hanging.get(5, TimeUnit.SECONDS).text()).contains("request was taken back");
        assertThat(gateway.written(Event.Concluded.class).getLast().end())
                .as("failed if it was not sent yet, else unknown")
                .isIn(Event.End.FAILED, Event.End.UNKNOWN);
    }

    @Test
    void anAgentWithoutAMandateIsShownHowToAskForOneAndToldWhy() {
        TestAgent agent = gateway.agent();
        String session = session(agent);

        assertThat(
                        send(
                                        agent,
                                        session,
                                        Rpc.request(Value.of(1), "tools/list", Value.Fields.EMPTY))
                                .result()
                                .items("tools"))
                .singleElement()
                .asString()
                .contains("remit__ask_for_a_mandate");
        TestAgent.Heard refused = send(agent, session, call(2, "echo"));
        assertThat(refused.text()).contains("no person has given this agent a task");
        assertThat(
                        refused.result()
                                .fields("_meta")
                                .flatMap(meta -> meta.fields("dev.remit/refusal"))
                                .flatMap(refusal -> refusal.text("code")))
                .contains("no-mandate");
    }
}
