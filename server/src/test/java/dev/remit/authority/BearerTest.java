package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.identity.Binding;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Unbound;
import dev.remit.ledger.Event;
import dev.remit.main.Names;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client can do that proves no key, and what whoever stole its token can. */
final class BearerTest {
    private static final String BODY =
            """
            {"jsonrpc":"2.0","id":1,"method":"METHOD","params":{MORE\
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";
    static final String WISH =
            """
            [{"type":"mandate","task":"echo it again","lives":"PT1H",\
            "permissions":[{"tool":"desk.echo"}]}]""";

    @TempDir Path data;
    private final FakeHttpServer upstream = new FakeHttpServer();
    private ConsentRig rig;
    private PublishedClient client;

    @BeforeEach
    void open() throws IOException {
        rig = open(Unbound.CAPPED);
        client = rig.client();
    }

    private ConsentRig open(Unbound unbound) throws IOException {
        return ConsentRig.open(
                data,
                InstantSource.system(),
                config ->
                        config.withUnbound(unbound)
                                .with(List.of(upstream.settings("desk", Map.of()))));
    }

    @AfterEach
    void close() {
        rig.close();
        upstream.close();
    }

    private Map<String, String> asked() {
        Map<String, String> asked = new LinkedHashMap<>(client.usual());
        asked.put("authorization_details", WISH);
        return asked;
    }

    private HttpResponse<String> token(Map<String, String> form) {
        return client.post("/oauth2/token", form, Optional.empty());
    }

    /** The whole way without a key. */
    private Value.Fields tokens() {
        HttpResponse<String> answer = token(client.byCode(client.code(asked())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return KnockedGateway.json(answer);
    }

    /** The whole way with one. */
    private Value.Fields boundTokens() {
        return KnockedGateway.json(client.token(client.byCode(client.code(asked()))));
    }

    private static String access(Value.Fields tokens) {
        return tokens.text("access_token").orElseThrow();
    }

    /** What the tools are, as the holder of this key sees them. */
    static String list(ConsentRig rig, DpopSigner key, Value.Fields tokens) {
        String token = access(tokens);
        List<String> proof = rig.gateway().proof(key, Optional.of(token));
        return send(rig, "/mcp", "DPoP " + token, proof, "tools/list", "").body();
    }

    private HttpResponse<String> send(
            String authorization, List<String> proofs, String method, String tool) {
        return send(rig, "/mcp", authorization, proofs, method, tool);
    }

    /**
     * @param tool which one is called; empty where none is
     */
    static HttpResponse<String> send(
            ConsentRig rig,
            String path,
            String authorization,
            List<String> proofs,
            String method,
            String tool) {
        String more = tool.isEmpty() ? "" : "\"name\":\"" + tool + "\",\"arguments\":{},";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(rig.gateway().issuer() + path))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", method)
                        .header("Authorization", authorization)
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        BODY.replace("METHOD", method).replace("MORE", more)));
        if (!tool.isEmpty()) {
            request.header("Mcp-Name", tool);
        }
        proofs.forEach(proof -> request.header("DPoP", proof));
        return rig.gateway().send(request.build());
    }

    private HttpResponse<String> call(Value.Fields tokens) {
        return send("Bearer " + access(tokens), List.of(), "tools/call", "desk__echo");
    }

    private String list(Value.Fields tokens) {
        return send("Bearer " + access(tokens), List.of(), "tools/list", "").body();
    }

    private void mark(boolean reads) {
        rig.gateway()
                .operator(
                        "tools/mark",
                        Value.object().put("tool", "desk.echo").put("reads", reads).build());
    }

    private Event.Decided lastDecision() {
        return rig.gateway().events().stream()
                .filter(Event.Decided.class::isInstance)
                .map(Event.Decided.class::cast)
                .toList()
                .getLast();
    }

    private long strangers(String doubt) {
        return rig.gateway().events().stream()
                .filter(
                        event ->
                                event instanceof Event.StrangerRefused refused
                                        && refused.doubt().equals(doubt))
                .count();
    }

    @Test
    void withoutAKeyOnlyWhatTheOperatorMarkedAsReading() {
        Value.Fields tokens = tokens();
        assertThat(tokens.text("token_type")).contains("Bearer");
        assertThat(list(tokens)).doesNotContain("desk__echo");

        HttpResponse<String> refused = call(tokens);
        assertThat(refused.statusCode()).isEqualTo(200);
        assertThat(refused.body()).contains("\"isError\":true", "key-needed", "person-asked");
        assertThat(upstream.calls()).isEmpty();
        assertThat(lastDecision().binding()).isEqualTo(Binding.NONE);
        assertThat(lastDecision().ruling())
                .isInstanceOfSatisfying(
                        Event.Ruling.Asked.class,
                        ruling -> assertThat(ruling.refusal()).isEqualTo("key-needed"));

        mark(true);
        assertThat(list(tokens)).contains("desk__echo");
        assertThat(call(tokens).body()).doesNotContain("isError\":true");
        assertThat(upstream.calls()).hasSize(1);
        assertThat(lastDecision().binding()).isEqualTo(Binding.NONE);
        assertThat(lastDecision().ruling()).isInstanceOf(Event.Ruling.Allowed.class);

        mark(false);
        assertThat(call(tokens).body()).contains("key-needed");
        assertThat(upstream.calls()).hasSize(1);
    }

    @Test
    void withAKeyTheSameMandateAllowsMore() {
        String token = access(boundTokens());
        list(tokens()); // so that the tool is known
        HttpResponse<String> answer =
                send(
                        "DPoP " + token,
                        rig.gateway().proof(client.key, Optional.of(token)),
                        "tools/call",
                        "desk__echo");
        assertThat(answer.body()).doesNotContain("isError\":true");
        assertThat(upstream.calls()).hasSize(1);
        assertThat(lastDecision().binding()).isEqualTo(Binding.KEY);
    }

    @Test
    @DisplayName("A refresh token without a key: once, and twice ends it")
    void renewal() {
        mark();
        Value.Fields first = tokens();
        HttpResponse<String> renewed = token(client.byRefresh(first));
        assertThat(renewed.statusCode()).as(renewed.body()).isEqualTo(200);
        Value.Fields second = KnockedGateway.json(renewed);
        assertThat(second.text("token_type")).contains("Bearer");
        assertThat(call(second).statusCode()).isEqualTo(200);
        assertThat(token(client.byRefresh(first)).statusCode()).isEqualTo(400);
        assertThat(token(client.byRefresh(second)).statusCode()).isEqualTo(400);
        assertThat(call(second).statusCode()).isEqualTo(401);
    }

    private void mark() {
        list(tokens());
        mark(true);
    }

    @Test
    @DisplayName("Every token goes with its own scheme and no other")
    @AttackCase({"DPOP-001", "DPOP-002"})
    void schemes() {
        String free = access(tokens());
        String bound = access(boundTokens());
        KnockedGateway gateway = rig.gateway();
        List<String> proofOfFree = gateway.proof(client.key, Optional.of(free));
        List<HttpResponse<String>> refused =
                List.of(
                        gateway.knock("Bearer " + bound, List.of()),
                        gateway.knock(
                                "Bearer " + bound, gateway.proof(client.key, Optional.of(bound))),
                        gateway.knock("DPoP " + free, proofOfFree),
                        gateway.knock("Bearer " + free, proofOfFree),
                        gateway.knock("Basic " + free, List.of()));
        for (HttpResponse<String> answer : refused) {
            assertThat(answer.statusCode()).isEqualTo(401);
        }
        assertThat(strangers("token-scheme")).isEqualTo(refused.size());
        assertThat(refused.getFirst().headers().allValues("WWW-Authenticate"))
                .satisfiesExactly(
                        bearer ->
                                assertThat(bearer)
                                        .startsWith("Bearer resource_metadata=\"")
                                        .contains("error=\"invalid_token\""),
                        dpop -> assertThat(dpop).startsWith("DPoP algs="));
        assertThat(gateway.knock("bearer " + free, List.of()).statusCode()).isEqualTo(200);
        assertThat(
                        gateway.knock(
                                        "DPoP " + bound,
                                        gateway.proof(client.key, Optional.of(bound)))
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("DPOP-002 what is bound to a key does not get rid of it")
    @AttackCase("DPOP-002")
    void noWayToLoseTheKey() {
        Value.Fields bound = boundTokens();
        assertThat(token(client.byRefresh(bound)).statusCode()).isEqualTo(400);
        assertThat(client.token(client.byRefresh(bound)).statusCode())
                .as("the owner is not punished")
                .isEqualTo(200);

        Map<String, String> named = asked();
        named.put("dpop_jkt", client.key.publicKey().thumbprint().base64Url());
        assertThat(token(client.byCode(client.code(named))).statusCode()).isEqualTo(400);

        HttpResponse<String> pushed = client.post("/oauth2/par", asked(), Optional.of(client.key));
        String name = KnockedGateway.json(pushed).text("request_uri").orElseThrow();
        Map<String, String> short_ = Map.of("client_id", client.id(), "request_uri", name);
        assertThat(token(client.byCode(client.code(short_))).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("A token without a key does not get one by being passed on, or by renewal")
    void noWayAroundTheCap() {
        Value.Fields free = tokens();
        KnockedGateway gateway = rig.gateway();
        DpopSigner key = new DpopSigner(Forgeries.ed25519());
        String thief = gateway.enrol(key, gateway.code("thief")).text("client_id").orElseThrow();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", Exchanges.GRANT);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put(
                "client_assertion",
                key.assertion(thief, gateway.issuer(), Names.secret(), Instant.now()));
        form.put("subject_token", access(free));
        form.put("subject_token_type", Exchanges.ACCESS_TOKEN);
        HttpResponse<String> answer = client.post("/oauth2/token", form, Optional.of(key));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("bound to no key");

        assertThat(client.token(client.byRefresh(free)).statusCode()).isEqualTo(400);
    }

    @Test
    void anEnrolledAgentAlwaysProvesItsKey() {
        KnockedGateway gateway = rig.gateway();
        DpopSigner key = new DpopSigner(Forgeries.ed25519());
        String id = gateway.enrol(key, gateway.code("worker")).text("client_id").orElseThrow();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put(
                "client_assertion",
                key.assertion(id, gateway.issuer(), Names.secret(), Instant.now()));
        HttpResponse<String> without = token(form);
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(without.body()).contains("invalid_dpop_proof");
        assertThat(client.post("/oauth2/token", form, Optional.of(key)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whereItIsRefusedNothingOfItIsGood() throws IOException {
        assertThat(metadata()).contains("\"dpop_bound_access_tokens_required\":false");
        Value.Fields before = tokens();
        rig.close();
        try (ConsentRig strict = reopened()) {
            assertThat(metadata(strict)).contains("\"dpop_bound_access_tokens_required\":true");
            HttpResponse<String> answer =
                    strict.gateway().knock("Bearer " + access(before), List.of());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("bound to no key");
        }
    }

    private String metadata() {
        return metadata(rig);
    }

    private static String metadata(ConsentRig of) {
        String at = of.gateway().issuer() + "/.well-known/oauth-protected-resource/mcp";
        return of.gateway().send(HttpRequest.newBuilder(URI.create(at)).build()).body();
    }

    /** The same folder and address, with a gateway that refuses what proves no key. */
    private ConsentRig reopened() {
        KnockedGateway gateway =
                new KnockedGateway(data, rig.gateway().config().withUnbound(Unbound.REFUSED));
        return new ConsentRig(gateway, client);
    }

    @Test
    void whereItIsRefusedNoneIsGiven() throws IOException {
        rig.close();
        rig =
                ConsentRig.open(
                        data.resolve("strict"),
                        InstantSource.system(),
                        config ->
                                config.withUnbound(Unbound.REFUSED)
                                        .with(List.of(upstream.settings("desk", Map.of()))));
        client = rig.client();
        String code = client.code(asked());
        HttpResponse<String> without = token(client.byCode(code));
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(without.body()).contains("invalid_dpop_proof");
        assertThat(client.token(client.byCode(code)).statusCode()).isEqualTo(200);
    }
}
