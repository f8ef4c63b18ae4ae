package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.FakeProgram;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.gateway.wire.Meta;
import dev.remit.identity.Agent;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permissions;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call under way does not outlive what it stands on; those that stand on something else do. */
@NullMarked
class CutShortTest {
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 20;

    private final FakeHttpServer server = new FakeHttpServer();
    private final Path cancelled;
    private final TestGateway gateway;

    CutShortTest(@TempDir Path folder) {
        cancelled = folder.resolve("cancelled");
        gateway =
                new TestGateway(
                        FakeProgram.settings(
                                "program",
                                Map.of("FAKE_CANCELLED", cancelled.toString()),
                                UpstreamSettings.Terms.USUAL),
                        server.settings("server", Map.of()));
    }

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    enum End {
        MANDATE_REVOKED("mandate-revoked"),
        MANDATE_COMPLETED("mandate-completed"),
        MANDATE_EXPIRED("mandate-expired"),
        AGENT_SUSPENDED("agent-suspended"),
        INSTANCE_REVOKED("caller-revoked"),
        TOKENS_REVOKED("caller-revoked");

        private final String code;

        End(String code) {
            this.code = code;
        }
    }

    static Stream<Arguments> ends() {
        return Stream.of(End.values())
                .flatMap(
                        end ->
                                Stream.of("program/hang", "server/hang", "server/drip")
                                        .map(at -> Arguments.of(end, at)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    @AttackCase({"REV-003", "REV-005"})
    void aCallUnderWayEndsWithWhatItStandsOn(End end, String at) throws Exception {
        String upstream = at.substring(0, at.indexOf('/'));
        String tool = at.substring(at.indexOf('/') + 1);
        TestAgent agent = gateway.agent();
        MandateId mandate = gateway.give(agent, Leave.toCall(upstream + ".*"));
        TestAgent beside = gateway.agent(Leave.toCall(upstream + ".*"));
        CompletableFuture<TestAgent.Heard> stays = calling(beside, upstream, tool);
        CompletableFuture<TestAgent.Heard> hangs = calling(agent, upstream, tool);

        long ended = end(end, agent, mandate);
        TestAgent.Heard heard = hangs.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Duration took = Duration.ofNanos(System.nanoTime() - ended);

        Value.Fields refusal =
                heard.result().fields(Meta.NAME).flatMap(one -> one.fields(Meta.REFUSAL)).get();
        assertThat(refusal.text("code")).contains(end.code);
        assertThat(heard.text()).contains("may or may not have had its effect");
        assertThat(took).isLessThan(BOUND);
        assertThat(cut())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.end()).isEqualTo(Event.End.UNKNOWN);
                            assertThat(one.reason()).isEqualTo("it was cut short: " + end.code);
                            assertThat(one.call().text()).isEqualTo(refusal.text("call").get());
                        });
        assertThat(stays).as("beside it").isNotDone();
        assertUpstreamWasTold(upstream);
    }

    private CompletableFuture<TestAgent.Heard> calling(
            TestAgent agent, String upstream, String tool) throws InterruptedException {
        agent.call("/mcp/" + upstream, "echo", Value.Fields.EMPTY); // so that a program runs
        int before = gateway.written(Event.Decided.class).size();
        CompletableFuture<TestAgent.Heard> calling =
                CompletableFuture.supplyAsync(
                        () -> agent.call("/mcp/" + upstream, tool, Value.Fields.EMPTY),
                        task -> Thread.ofVirtual().start(task));
        while (gateway.written(Event.Decided.class).size() == before) {
            Thread.sleep(10);
        }
        Thread.sleep(100); // until it has been sent
        assertThat(calling).isNotDone();
        return calling;
    }

    /** Ends it; the moment by which it had. */
    private long end(End end, TestAgent agent, MandateId id) throws InterruptedException {
        Mandate mandate = gateway.store().find(id).orElseThrow().mandate();
        Instant now = Instant.now();
        switch (end) {
            case MANDATE_REVOKED ->
                    change(mandate.with(new Mandate.Status.Revoked("per_1", now, "enough")));
            case MANDATE_COMPLETED -> change(mandate.with(new Mandate.Status.Completed(now)));
            case MANDATE_EXPIRED -> {
                Instant soon = now.plusMillis(300);
                Limits limits =
                        new Limits(
                                soon,
                                mandate.limits().idle(),
                                mandate.limits().uses(),
                                mandate.limits().strikes());
                change(mandate.with(mandate.permissions(), limits));
                Thread.sleep(Duration.between(Instant.now(), soon));
            }
            case AGENT_SUSPENDED -> {
                Agent known = gateway.store().agent(mandate.agent()).orElseThrow();
                gateway.write(
                        new Event.AgentChanged(
                                known.with(new Agent.Standing.Suspended("enough", now)), "x"));
            }
            case INSTANCE_REVOKED ->
                    gateway.write(
                            new Event.InstanceRevoked(agent.instance().id(), mandate.agent(), "x"));
            case TOKENS_REVOKED ->
                    gateway.write(
                            new Event.TokensRevoked(
                                    agent.instance().id(),
                                    mandate.agent(),
                                    now.plusSeconds(1),
                                    "x"));
        }
        return System.nanoTime();
    }

    /** What is on record of calls that did not end by themselves. */
    private List<Event.Concluded> cut() {
        return gateway.written(Event.Concluded.class).stream()
                .filter(one -> one.end() != Event.End.ANSWERED)
                .toList();
    }

    private void change(Mandate mandate) {
        gateway.write(new Event.MandateChanged(mandate, "per_1"));
    }

    /** A program is told by a notification, a server by the connection that is closed. */
    private void assertUpstreamWasTold(String upstream) throws Exception {
        for (int i = 0; i < 100 && server.left() == 0 && !isCancelled(); i++) {
            Thread.sleep(10);
        }
        assertThat(upstream.equals("server") ? server.left() == 1 : isCancelled()).isTrue();
    }

    private boolean isCancelled() throws IOException {
        return Files.exists(cancelled)
                && Files.readString(cancelled).contains("the request was taken back");
    }

    /** A person who takes long to answer does not keep a call alive. */
    @Test
    @AttackCase("REV-003")
    void aCallThatWaitsForTheAgentEndsToo() throws Exception {
        TestAgent agent = gateway.agent();
        MandateId mandate = gateway.give(agent, Leave.toCall("program.*"));
        Value.Fields asks = Value.object().put("elicitation", Value.Fields.EMPTY).build();
        Value.Fields params =
                Value.object().put("name", "ask").put("arguments", Value.Fields.EMPTY).build();
        TestAgent.Heard asked = agent.request("/mcp/program", "tools/call", params, asks);
        assertThat(asked.result().text("resultType")).contains("input_required");

        long ended = end(End.MANDATE_REVOKED, agent, mandate);
        while (cut().isEmpty()
                && System.nanoTime() - ended < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            Thread.sleep(10);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(BOUND);
        assertThat(cut().getFirst().reason()).isEqualTo("it was cut short: mandate-revoked");
    }

    /** Another mandate in the place of the old one does not carry what the old one allowed. */
    @Test
    void aNewMandateDoesNotCarryWhatTheOldOneAllowed() throws Exception {
        TestAgent agent = gateway.agent();
        MandateId old = gateway.give(agent, Leave.toCall("server.*"));
        CompletableFuture<TestAgent.Heard> first = calling(agent, "server", "hang");
        gateway.give(agent, Leave.toCall("server.*"));
        CompletableFuture<TestAgent.Heard> second = calling(agent, "server", "hang");

        end(End.MANDATE_REVOKED, agent, old);

        assertThat(first.get(PATIENCE_SECONDS, TimeUnit.SECONDS).text()).contains("Cut short");
        assertThat(isDoneSoon(second)).isFalse();
    }

    private static boolean isDoneSoon(CompletableFuture<?> one)
            throws InterruptedException, ExecutionException {
        try {
            one.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** The twin: a limit that is reached, and a mandate that is narrowed, end no call under way. */
    @Test
    void whatWasAllowedIsNotTakenBackByALimit() throws Exception {
        TestAgent agent = gateway.agent();
        MandateId id = gateway.give(agent, Leave.toCall("server.*", 2));
        CompletableFuture<TestAgent.Heard> calling = calling(agent, "server", "hang");
        Mandate mandate = gateway.store().find(id).orElseThrow().mandate();
        change(
                mandate.with(
                        new Permissions(List.of(Leave.toCall("server.echo"))), mandate.limits()));
        assertThat(isDoneSoon(calling)).isFalse();
        assertThat(cut()).isEmpty();
    }
}
