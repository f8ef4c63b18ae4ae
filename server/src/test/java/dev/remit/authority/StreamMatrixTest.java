package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.authority.EndedCrew.Origin;
import dev.remit.authority.EndedCrew.Somebody;
import dev.remit.call.Value;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that is open when its listener ends, ends too; those of others stay open. */
final class StreamMatrixTest {
    private static final long PATIENCE_SECONDS = 20;

    /** Never closed: that would wait for the streams. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir Path data;

    private enum End {
        AGENT_SUSPENDED(Origin.CODE),
        AGENT_REVOKED(Origin.CODE),
        INSTANCE(Origin.CODE),
        INSTANCE_SUSPENDED(Origin.CODE),
        KEY(Origin.CODE),
        PASSPORT(Origin.PASSPORT),
        ISSUER(Origin.STATEMENT),
        PERSON(Origin.CODE),
        MANDATE_REVOKED(Origin.CODE),
        MANDATE_COMPLETED(Origin.CODE),
        MANDATE_IDLE(Origin.CODE);

        private final Origin whose;

        End(Origin whose) {
            this.whose = whose;
        }
    }

    private enum Way {
        WITHOUT_A_SESSION,
        WITHIN_A_SESSION
    }

    @Test
    @AttackCase({"OAUTH-027", "REV-003"})
    void whoHasEndedHearsNoMore() throws Exception {
        assertEnds(EnumSet.complementOf(EnumSet.of(End.PERSON)));
    }

    @Test
    @AttackCase("OAUTH-027")
    void whoActsForASuspendedPersonHearsNoMore() throws Exception {
        assertEnds(EnumSet.of(End.PERSON)); // who gave all others their mandates too
    }

    /** Somebody who listens, and how that ends. */
    private record Listener(String cell, CompletableFuture<String> said, Runnable end) {}

    private void assertEnds(Set<End> all) throws Exception {
        try (EndedCrew crew = new EndedCrew(data)) {
            List<Listener> ends = new ArrayList<>();
            List<Listener> stay = new ArrayList<>();
            for (End end : all) {
                for (Way way : Way.values()) {
                    stay.add(listener(crew, end, way, crew.other, End.MANDATE_REVOKED));
                    ends.add(listener(crew, end, way, crew.issuer, end));
                }
            }
            TimeUnit.SECONDS.sleep(2);
            assertThat(ends).as("while they listen").noneMatch(one -> one.said().isDone());
            ends.forEach(one -> one.end().run());
            for (Listener one : ends) {
                assertThat(one.said().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as(one.cell())
                        .doesNotContain("\"error\"");
            }
            if (!all.contains(End.PERSON)) {
                TimeUnit.SECONDS.sleep(2);
                assertThat(stay).as("beside them").noneMatch(one -> one.said().isDone());
            }
        }
    }

    private static Listener listener(
            EndedCrew crew, End end, Way way, OutsideIssuer issuer, End mandateUntil)
            throws Exception {
        Somebody one = crew.join(end.whose, issuer);
        String mandate = mandate(crew, one.member(), mandateUntil);
        return new Listener(
                end + " " + way,
                listen(crew, one.member(), way),
                () -> end(crew, end, one, mandate));
    }

    private static String mandate(EndedCrew crew, Member to, End end) {
        Value.Building asked =
                Value.object()
                        .put("agent", to.agent())
                        .put("task", "echo it again")
                        .put("lives", "PT1H")
                        .put(
                                "permissions",
                                new Value.Items(
                                        List.of(Value.object().put("tool", "desk.echo").build())));
        if (end == End.MANDATE_IDLE) {
            asked.put("limits", Value.object().put("idle", "PT10S").build());
        }
        return crew.siege()
                .gateway
                .operator("mandates/new", asked.build())
                .text("id")
                .orElseThrow();
    }

    private static void end(EndedCrew crew, End end, Somebody one, String mandate) {
        Member member = one.member();
        switch (end) {
            case AGENT_SUSPENDED -> crew.act("agents/suspend", "agent", member.agent());
            case AGENT_REVOKED -> crew.act("agents/revoke", "agent", member.agent());
            case INSTANCE -> crew.act("instances/revoke", "instance", member.client());
            case INSTANCE_SUSPENDED -> crew.act("instances/suspend", "instance", member.client());
            case KEY ->
                    crew.act(
                            "agentkeys/revoke",
                            "key",
                            member.key().publicKey().thumbprint().base64Url());
            case PASSPORT -> crew.act("passports/revoke", "passport", one.passport());
            case ISSUER -> { // once for both
                if (!crew.siege()
                        .gateway
                        .operator(
                                "agents/show", Value.object().put("agent", member.agent()).build())
                        .json()
                        .contains("\"revoked\":true")) {
                    crew.act("issuers/revoke", "issuer", crew.issuer.name());
                }
            }
            case PERSON -> { // once for both
                if (!suspended(crew)) {
                    crew.act("people/suspend", "person", crew.person);
                }
            }
            case MANDATE_REVOKED -> crew.act("mandates/revoke", "mandate", mandate);
            case MANDATE_COMPLETED -> crew.act("mandates/complete", "mandate", mandate);
            case MANDATE_IDLE -> {} // by itself
        }
    }

    private static boolean suspended(EndedCrew crew) {
        return crew.siege().gateway.operatorList("people/list").getFirst()
                        instanceof Value.Fields person
                && person.json().contains("suspended");
    }

    /** Opens a stream; what it says, once it has ended. */
    private static CompletableFuture<String> listen(EndedCrew crew, Member by, Way way)
            throws Exception {
        HttpRequest request =
                switch (way) {
                    case WITHOUT_A_SESSION ->
                            request(
                                    crew,
                                    by,
                                    """
                                    {"jsonrpc":"2.0","id":1,"method":"subscriptions/listen",\
                                    "params":{"notifications":{"toolsListChanged":true},\
                                    "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                                    "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},\
                                    "io.modelcontextprotocol/clientCapabilities":{}}}}""",
                                    Map.of(
                                            "MCP-Protocol-Version",
                                            "2026-07-28",
                                            "Mcp-Method",
                                            "subscriptions/listen"));
                    case WITHIN_A_SESSION ->
                            request(crew, by, "", Map.of("Mcp-Session-Id", session(crew, by)));
                };
        HttpResponse<InputStream> stream =
                HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        return CompletableFuture.supplyAsync(
                () -> {
                    try (InputStream body = stream.body()) {
                        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return "cut: " + e.getMessage();
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private static String session(EndedCrew crew, Member by) throws Exception {
        String hello =
                """
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{\
                "protocolVersion":"2025-11-25","capabilities":{},\
                "clientInfo":{"name":"t","version":"1"}}}""";
        return HTTP.send(request(crew, by, hello, Map.of()), HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    private static HttpRequest request(
            EndedCrew crew, Member by, String body, Map<String, String> headers) {
        return OpenStream.request(crew.crew(), by, crew.crew().own(by), body, headers);
    }
}
