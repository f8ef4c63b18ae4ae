package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.main.Names;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What enrolled agents are told of tokens, and which they can end: their own. */
final class TokenStatusTest {
    private static final String NOTHING = "{\"active\":false}";

    @TempDir Path data;

    private KnockedGateway gateway = unset();
    private Enrolled worker = unset();
    private Enrolled other = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before each test
    }

    private record Enrolled(String id, DpopSigner key) {}

    @BeforeEach
    void open() throws IOException {
        gateway = new KnockedGateway(data);
        worker = enrolled("worker");
        other = enrolled("other");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private Enrolled enrolled(String name) {
        DpopSigner key = new DpopSigner(Forgeries.ed25519());
        Value.Fields answer = gateway.enrol(key, gateway.code(name));
        return new Enrolled(answer.text("client_id").orElseThrow(), key);
    }

    private String assertion(Enrolled by) {
        return by.key().assertion(by.id(), gateway.issuer(), Names.secret(), Instant.now());
    }

    private String token(Enrolled of) {
        return KnockedGateway.json(gateway.token(assertion(of), of.key()))
                .text("access_token")
                .orElseThrow();
    }

    private int use(Enrolled by, String token) {
        List<String> proof = gateway.proof(by.key(), Optional.of(token));
        return gateway.knock("DPoP " + token, proof).statusCode();
    }

    private HttpResponse<String> post(String path, Enrolled by, String token) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", token);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion(by));
        return post(path, form);
    }

    private HttpResponse<String> post(String path, Map<String, String> form) {
        return gateway.send(
                HttpRequest.newBuilder(URI.create(gateway.issuer() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(PublishedClient.form(form)))
                        .build());
    }

    @Test
    @AttackCase("OAUTH-037")
    void anAgentIsToldOfItsOwnTokensAlone() {
        String token = token(worker);
        Value.Fields told = KnockedGateway.json(post("/oauth2/introspect", worker, token));
        assertThat(told.flag("active")).isTrue();
        assertThat(told.text("client_id")).contains(worker.id());
        assertThat(told.fields("cnf").orElseThrow().text("jkt"))
                .contains(worker.key().publicKey().thumbprint().base64Url());

        String last = token.endsWith("A") ? "B" : "A";
        List<String> none =
                List.of(token(other), token.substring(0, token.length() - 1) + last, "x", "");
        for (String one : none) {
            HttpResponse<String> answer = post("/oauth2/introspect", worker, one);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(NOTHING);
        }
    }

    @Test
    @AttackCase("OAUTH-037")
    void nobodyIsToldWhoDoesNotProveWhoTheyAre() {
        HttpResponse<String> answer =
                post(
                        "/oauth2/introspect",
                        Map.of("token", token(worker), "client_id", worker.id()));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("active");
    }

    @Test
    @AttackCase("OAUTH-037")
    void anAgentEndsItsOwnTokensAlone() {
        String token = token(worker);
        assertThat(post("/oauth2/revoke", other, token).statusCode()).isEqualTo(200);
        assertThat(use(worker, token)).as("of another").isEqualTo(200);

        assertThat(post("/oauth2/revoke", worker, token).statusCode()).isEqualTo(200);
        assertThat(use(worker, token)).as("of its own").isEqualTo(401);
        assertThat(post("/oauth2/introspect", worker, token).body()).isEqualTo(NOTHING);
        assertThat(use(worker, token(worker))).as("a new one").isEqualTo(200);
    }
}
