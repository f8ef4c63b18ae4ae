package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.gateway.wire.Rpc;
import dev.remit.identity.Agent;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permissions;
import dev.remit.testkit.AttackCase;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who listens hears when the lists change because the mandate does. */
@NullMarked
class WatchTest {
    private static final String PATH = "/mcp/fake";
    private static final String TOOLS = "notifications/tools/list_changed";
    private static final long PATIENCE_SECONDS = 20;

    private final FakeHttpServer server = new FakeHttpServer();
    private final TestGateway gateway = new TestGateway(server.settings("fake", Map.of()));
    private final TestAgent agent = gateway.agent();
    private final MandateId id = gateway.give(agent, Leave.toCall("fake.echo", 1));

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    /** Widens, uses up and ends the mandate; the listening ends with it. */
    private void change() throws InterruptedException {
        TimeUnit.SECONDS.sleep(3); // until it listens
        Mandate mandate = gateway.store().find(id).orElseThrow().mandate();
        Permissions wider =
                new Permissions(List.of(Leave.toCall("fake.echo", 1), Leave.toCall("fake.there")));
        Mandate widened = mandate.with(wider, mandate.limits());
        gateway.write(new Event.MandateChanged(widened, "per_1"));
        TimeUnit.SECONDS.sleep(2);
        agent.call(PATH, "echo", Value.Fields.EMPTY);
        TimeUnit.SECONDS.sleep(2);
        gateway.write(
                new Event.MandateChanged(
                        widened.with(new Mandate.Status.Revoked("per_1", Instant.now(), "enough")),
                        "per_1"));
    }

    private static List<String> methods(TestAgent.Heard heard) {
        return heard.messages().stream()
                .map(one -> one.text("method").orElse("result"))
                .filter(method -> !method.startsWith("notifications/subscriptions/"))
                .toList();
    }

    @Test
    void withoutASessionThoseChangesThatWereAskedFor() throws Exception {
        Value.Fields wanted = Value.object().put("toolsListChanged", true).build();
        CompletableFuture<TestAgent.Heard> listening =
                CompletableFuture.supplyAsync(
                        () ->
                                agent.request(
                                        PATH,
                                        "subscriptions/listen",
                                        Value.object().put("notifications", wanted).build()));
        change();

        TestAgent.Heard heard = listening.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(methods(heard)).containsExactly(TOOLS, TOOLS, TOOLS, "result");
        assertThat(Rpc.meta(Rpc.params(heard.messages().get(1))).values())
                .containsKey("io.modelcontextprotocol/subscriptionId");
    }

    /** The mandate is as good as ever; the one who listens is not. */
    @Test
    @AttackCase("OAUTH-027")
    void theStreamOfWhoeverIsSuspendedEnds() throws Exception {
        Mandate mandate = gateway.store().find(id).orElseThrow().mandate();
        Agent known = gateway.store().agent(mandate.agent()).orElseThrow();
        Value.Fields wanted = Value.object().put("toolsListChanged", true).build();
        CompletableFuture<TestAgent.Heard> listening =
                CompletableFuture.supplyAsync(
                        () ->
                                agent.request(
                                        PATH,
                                        "subscriptions/listen",
                                        Value.object().put("notifications", wanted).build()));
        TimeUnit.SECONDS.sleep(3); // until it listens
        assertThat(listening).isNotDone();
        gateway.write(
                new Event.AgentChanged(
                        known.with(new Agent.Standing.Suspended("enough", Instant.now())), "x"));
        assertThat(methods(listening.get(PATIENCE_SECONDS, TimeUnit.SECONDS)))
                .doesNotContain(TOOLS);
    }

    @Test
    void withinASessionOverItsStream() throws Exception {
        Value.Fields hello =
                Value.object()
                        .put("protocolVersion", "2025-11-25")
                        .put("capabilities", Value.Fields.EMPTY)
                        .put("clientInfo", Value.object().put("name", "t").build())
                        .build();
        Map<String, String> headers =
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "application/json, text/event-stream");
        String session =
                agent.post(
                                PATH,
                                Rpc.request(Value.of(0), "initialize", hello)
                                        .json()
                                        .getBytes(StandardCharsets.UTF_8),
                                headers)
                        .response()
                        .headers()
                        .firstValue("Mcp-Session-Id")
                        .orElseThrow();
        CompletableFuture<TestAgent.Heard> listening =
                CompletableFuture.supplyAsync(
                        () ->
                                agent.send(
                                        "GET",
                                        PATH,
                                        HttpRequest.BodyPublishers.noBody(),
                                        Map.of(
                                                "Accept",
                                                "text/event-stream",
                                                "Mcp-Session-Id",
                                                session)));
        change();

        TestAgent.Heard heard = listening.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(methods(heard).stream().filter(TOOLS::equals)).hasSize(3);
    }
}
