package dev.remit.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gate.Credentials;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.identity.Origin;
import dev.remit.identity.PersonId;
import dev.remit.identity.Secret;
import dev.remit.ledger.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CredentialsOnTheWireTest {
    private static final String PATH = "/mcp/fake";
    private static final String KEPT = "kept-credential-77";

    /** Gives a token that is renewed after each 401, and notes for whom it was asked. */
    private static final class Tokens implements Credentials {
        final AtomicInteger renewals = new AtomicInteger();
        volatile Optional<PersonId> person = Optional.empty();
        volatile String lacking = "";

        @Override
        public Attached attach(String upstream, Origin origin, Optional<PersonId> whose) {
            person = whose;
            Secret token = new Secret(KEPT + renewals.get());
            return new Attached(
                    Map.of("Authorization", new Secret("Bearer " + token.reveal())),
                    List.of(token));
        }

        @Override
        public boolean renewable(String upstream, Optional<PersonId> whose, Attached refused) {
            return renewals.incrementAndGet() < 3;
        }

        @Override
        public boolean lacks(
                String upstream, Optional<PersonId> whose, Attached sent, String scope) {
            lacking = scope;
            return true;
        }

        @Override
        public boolean isPersonal(String upstream) {
            return true;
        }
    }

    private final Tokens tokens = new Tokens();

    private TestGateway gateway(UpstreamSettings settings) {
        return new TestGateway(List.of(), 1 << 20, (_, _) -> tokens, settings);
    }

    @Test
    @DisplayName(
            "CRED-001 CRED-002 CRED-005 LEAK-004 exactly one credential goes up, and none of the agent's")
    void oneCredential() {
        Map<String, String> configured =
                Map.of("authorization", "Bearer configured-one", "X-Region", "north");
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = gateway(server.settings("fake", configured))) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.*"));
            Value.Fields params =
                    Value.object()
                            .put("name", "there")
                            .put(
                                    "arguments",
                                    Value.object()
                                            .put("region", "x\r\nAuthorization: Bearer agents")
                                            .put("Authorization", "Bearer agents")
                                            .build())
                            .build();
            Map<String, String> headers =
                    new LinkedHashMap<>(TestAgent.headers("tools/call", Optional.of("there")));
            headers.put("Cookie", "agents-own=1");
            headers.put("X-Api-Key", "agents-own");
            headers.put("x_api_key", "agents-own");
            headers.put("Proxy-Authorization", "Basic agents-own");
            headers.put("Proxy", "http://127.0.0.1:1");
            headers.put("Traceparent", "00-agents");
            headers.put("Baggage", "secret=agents-own");
            headers.put(
                    "Mcp-Param-Region",
                    "=?base64?"
                            + Base64.getEncoder()
                                    .encodeToString(
                                            "x\r\nAuthorization: Bearer agents"
                                                    .getBytes(StandardCharsets.UTF_8))
                            + "?=");
            assertThat(
                            agent.post(
                                            PATH,
                                            agent.message("tools/call", params, Value.Fields.EMPTY)
                                                    .json()
                                                    .getBytes(StandardCharsets.UTF_8),
                                            headers)
                                    .text())
                    .contains("agents");
            assertThat(server.calls()).hasSize(1);
            assertThat(server.all())
                    .allSatisfy(
                            got -> {
                                assertThat(got.headers().get("Authorization"))
                                        .containsExactly("Bearer " + KEPT + "0");
                                assertThat(got.headers())
                                        .containsEntry("X-Region", List.of("north"))
                                        .doesNotContainKeys(
                                                "DPoP",
                                                "Cookie",
                                                "X-Api-Key",
                                                "x_api_key",
                                                "Proxy-Authorization",
                                                "Proxy",
                                                "Traceparent",
                                                "Baggage");
                            });
            assertThat(tokens.person).contains(new PersonId("per_1"));
        }
    }

    @Test
    @DisplayName("CRED-004 SSRF-004 a redirect is not followed with a credential")
    void redirects() {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = gateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
            assertThat(agent.call(PATH, "echo", Value.Fields.EMPTY).text()).isEqualTo("{}");
            for (int status : List.of(301, 302, 303, 307, 308)) {
                server.answerWith(status);
                assertThat(agent.call(PATH, "echo", Value.Fields.EMPTY).result().flag("isError"))
                        .isTrue();
                assertThat(gateway.written(Event.Concluded.class).getLast().end())
                        .isEqualTo(Event.End.FAILED);
            }
        }
    }

    @Test
    @DisplayName("LEAK-002 LEAK-006 what cannot be read, or comes in a URL, is not repeated")
    void nothingIsRepeated() throws Exception {
        String canary = "canary-5c1d";
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = gateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
            Map<String, String> headers = TestAgent.headers("tools/call", Optional.of("echo"));
            for (String body : List.of("{\"" + canary, "{\"jsonrpc\":\"2.0\",\"id\":" + canary)) {
                TestAgent.Heard heard =
                        agent.post(PATH, body.getBytes(StandardCharsets.UTF_8), headers);
                assertThat(heard.status()).isEqualTo(400);
                assertThat(heard.messages().toString()).doesNotContain(canary);
            }
            HttpResponse<String> stranger =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            gateway.origin()
                                                                    + PATH
                                                                    + "?access_token="
                                                                    + canary))
                                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
            assertThat(stranger.statusCode()).isEqualTo(401);
            assertThat(stranger.body() + stranger.headers().map()).doesNotContain(canary);
            assertThat(gateway.store().entries().toString()).doesNotContain(canary);
            assertThat(server.all()).isEmpty();
        }
    }

    @Test
    void anAnswerOf401IsTriedOnceMoreWithAFreshToken() {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = gateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
            server.answerWith(401);
            assertThat(agent.call(PATH, "echo", Value.Fields.EMPTY).result().flag("isError"))
                    .isTrue();
            assertThat(server.calls())
                    .extracting(
                            got ->
                                    got.headers()
                                            .getOrDefault("Authorization", List.of())
                                            .getFirst())
                    .containsExactly("Bearer " + KEPT + "0", "Bearer " + KEPT + "1");
            assertThat(gateway.written(Event.Decided.class)).hasSize(1);
        }
    }

    @Test
    void anAnswerOf403SaysWhatThePersonHasToAgreeTo() {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = gateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
            server.forbid("Bearer error=\"insufficient_scope\", scope=\"issues:write\"");
            assertThat(agent.call(PATH, "echo", Value.Fields.EMPTY).text())
                    .contains("the person has to agree again");
            assertThat(tokens.lacking).isEqualTo("issues:write");
            assertThat(server.calls()).hasSize(1);
            for (String other :
                    List.of(
                            "Bearer error=\"insufficient_scope\", scope=\"" + KEPT + "0\"",
                            "Bearer error=\"insufficient_scope\", scope=\"two  spaces\"",
                            "Bearer error=\"invalid_token\", scope=\"issues:admin\"",
                            "Bearer scope=\"issues:admin\"")) {
                server.forbid(other);
                assertThat(agent.call(PATH, "echo", Value.Fields.EMPTY).text())
                        .contains("403")
                        .doesNotContain("agree");
                assertThat(tokens.lacking).isEqualTo("issues:write");
            }
        }
    }

    @Test
    @DisplayName("CRED-008 what the upstream says back of its credential is masked everywhere")
    void echo() {
        String secret = KEPT + "0";
        String encoded =
                Base64.getEncoder()
                        .encodeToString(("Bearer " + secret).getBytes(StandardCharsets.UTF_8));
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = gateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
            Value.Fields arguments =
                    Value.object().put("a", "is it " + encoded + "?").put("b", "harmless").build();
            assertThat(agent.call(PATH, "echo", arguments).text())
                    .contains("***", "harmless")
                    .doesNotContain(encoded.substring(8, encoded.length() - 4));
            assertThat(
                            gateway.written(Event.Concluded.class)
                                    .getLast()
                                    .reply()
                                    .orElseThrow()
                                    .json())
                    .contains("***")
                    .doesNotContain(encoded.substring(8, encoded.length() - 4));
        }
    }
}
