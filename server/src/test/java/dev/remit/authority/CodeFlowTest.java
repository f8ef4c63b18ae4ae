package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a person's consent to a call and back, and every way to cheat on it that we know. */
final class CodeFlowTest {
    @TempDir Path data;

    private KnockedGateway gateway = unset();
    private PublishedClient client = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before each test
    }

    @BeforeEach
    void open() throws Exception {
        ConsentRig rig = ConsentRig.open(data);
        gateway = rig.gateway();
        client = rig.client();
    }

    @AfterEach
    void close() {
        new ConsentRig(gateway, client).close();
    }

    private Value.Fields tokens() {
        HttpResponse<String> answer = client.token(client.byCode(client.code(client.usual())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return KnockedGateway.json(answer);
    }

    private void assertRefused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(KnockedGateway.json(answer).text("error")).contains(error);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    private long strangers() {
        return gateway.events().stream().filter(Event.StrangerRefused.class::isInstance).count();
    }

    @Test
    @AttackCase("OAUTH-011")
    void aPersonsConsentGivesAMandateAndTokensForIt() {
        HttpResponse<String> page = client.page(client.usual());
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "127.0.0.1",
                        "in its own words",
                        "update the agenda",
                        "<h3>docs</h3>",
                        "<code>edit</code>")
                .doesNotContain("Bank of Everything"); // a name proves nothing
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' http://127.0.0.1:4711", "frame-ancestors 'none'");

        Map<String, String> back = PublishedClient.back(client.answer(page, "allow"));
        assertThat(back)
                .containsEntry("state", "s-1")
                .containsEntry("iss", gateway.issuer())
                .containsKey("code");
        Value.Fields tokens =
                KnockedGateway.json(client.token(client.byCode(back.getOrDefault("code", ""))));
        assertThat(tokens.text("token_type")).contains("DPoP");
        assertThat(client.use(tokens).statusCode()).isEqualTo(200);

        Value.Fields renewed = KnockedGateway.json(client.token(client.byRefresh(tokens)));
        assertThat(client.use(renewed).statusCode()).isEqualTo(200);
        assertThat(gateway.events())
                .anyMatch(
                        event ->
                                event instanceof Event.MandateGiven(var mandate, _)
                                        && mandate.task().words().equals("update the agenda"));
        assertThat(strangers()).isZero();
    }

    @Test
    @AttackCase("OAUTH-019")
    void aPushedRequestGoesTheSameWay() {
        HttpResponse<String> pushed =
                client.post("/oauth2/par", client.usual(), Optional.of(client.key));
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
        String name = KnockedGateway.json(pushed).text("request_uri").orElseThrow();
        Map<String, String> short_ = Map.of("client_id", client.id(), "request_uri", name);
        HttpResponse<String> token = client.token(client.byCode(client.code(short_)));
        assertThat(client.use(KnockedGateway.json(token)).statusCode()).isEqualTo(200);
        assertThat(client.page(short_).statusCode()).as("it is answered").isEqualTo(400);
    }

    @Test
    void aRefusalIsToldAndGivesNothing() {
        int before = gateway.events().size();
        Map<String, String> back =
                PublishedClient.back(client.answer(client.page(client.usual()), "refuse"));
        assertThat(back)
                .containsEntry("error", "access_denied")
                .containsEntry("iss", gateway.issuer())
                .doesNotContainKey("code");
        assertThat(gateway.events()).hasSize(before);
    }

    @Test
    @DisplayName("OAUTH: a code that comes twice ends what it gave")
    @AttackCase("OAUTH-003")
    void aReplayedCode() {
        String code = client.code(client.usual());
        Value.Fields tokens = KnockedGateway.json(client.token(client.byCode(code)));
        assertThat(client.use(tokens).statusCode()).isEqualTo(200);
        assertRefused(client.token(client.byCode(code)), 400, "invalid_grant");
        assertThat(client.use(tokens).statusCode()).isEqualTo(401);
        assertRefused(client.token(client.byRefresh(tokens)), 400, "invalid_grant");
    }

    @Test
    @DisplayName("OAUTH: a refresh token that comes twice ends its grant, for thief and owner")
    @AttackCase("OAUTH-006")
    void aReplayedRefreshToken() {
        Value.Fields first = tokens();
        Value.Fields second = KnockedGateway.json(client.token(client.byRefresh(first)));
        assertThat(client.use(second).statusCode()).isEqualTo(200);
        assertRefused(client.token(client.byRefresh(first)), 400, "invalid_grant");
        assertRefused(client.token(client.byRefresh(second)), 400, "invalid_grant");
        assertThat(client.use(second).statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("OAUTH: a stolen refresh token is worth nothing without its key")
    @AttackCase("OAUTH-005")
    void aStolenRefreshToken() {
        Value.Fields tokens = tokens();
        DpopSigner thief = new DpopSigner(Forgeries.ed25519());
        assertRefused(
                client.post("/oauth2/token", client.byRefresh(tokens), Optional.of(thief)),
                400,
                "invalid_grant");
        assertRefused(
                client.post("/oauth2/token", client.byRefresh(tokens), Optional.empty()),
                400,
                "invalid_grant");
        assertThat(client.token(client.byRefresh(tokens)).statusCode())
                .as("the owner is not punished")
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "OAUTH: a code with {0} = {1}")
    @CsvSource({
        "code_verifier, wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong",
        "code_verifier, short",
        "code_verifier, ''",
        "redirect_uri, http://127.0.0.1:4712/callback",
        "client_id, https://other.example/client.json",
        "resource, https://other.example/mcp",
        "code, unknown"
    })
    @AttackCase({"OAUTH-002", "OAUTH-004", "OAUTH-017"})
    void aCodeThatIsSentWrongly(String name, String value) {
        String code = client.code(client.usual());
        Map<String, String> asked = client.byCode(code);
        asked.put(name, value);
        long before = strangers();
        HttpResponse<String> answer = client.token(asked);
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401);
        assertThat(answer.body()).doesNotContain("access_token", code, client.verifier);
        assertThat(strangers()).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("DPOP-019 a stolen code is worth nothing to another key")
    void aCodeForAKey() {
        Map<String, String> asked = client.usual();
        asked.put("dpop_jkt", client.key.publicKey().thumbprint().base64Url());
        DpopSigner thief = new DpopSigner(Forgeries.ed25519());
        assertRefused(
                client.post("/oauth2/token", client.byCode(client.code(asked)), Optional.of(thief)),
                400,
                "invalid_grant");
        assertThat(client.token(client.byCode(client.code(asked))).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "OAUTH: {0} = {1} is told to the client as {2}")
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "code_challenge, '', invalid_request",
        "code_challenge_method, plain, invalid_request",
        "resource, https://other.example/mcp, invalid_target",
        "authorization_details, '[{\"type\":\"other\"}]', invalid_authorization_details",
        "authorization_details, '[{\"type\":\"mandate\",\"task\":\"x\",\"permissions\":[{\"tool\":\"docs.edit\",\"arguments\":{\"path\":{\"below\":\"/agendas\"}}}]}]', invalid_authorization_details",
        "request, eyJhbGciOiJub25lIn0.e30., request_not_supported"
    })
    @AttackCase({"OAUTH-001", "OAUTH-011", "OAUTH-018", "OAUTH-020"})
    void aRequestThatIsNotRight(String name, String value, String error) {
        Map<String, String> asked = client.usual();
        asked.put(name, value);
        Map<String, String> back = PublishedClient.back(client.page(asked));
        assertThat(back)
                .containsEntry("error", error)
                .containsEntry("state", "s-1")
                .containsEntry("iss", gateway.issuer());
    }

    @ParameterizedTest(name = "OAUTH: nothing is sent to {1}")
    @CsvSource({
        "redirect_uri, https://thief.example/callback",
        "redirect_uri, http://127.0.0.1/other",
        "redirect_uri, http://127.0.0.1@thief.example/callback",
        "redirect_uri, javascript:alert(1)",
        "redirect_uri, http://localhost/callback",
        "client_id, https://thief.example/client.json"
    })
    @AttackCase({"OAUTH-007", "OAUTH-008", "OAUTH-010"})
    void nothingIsSentToAStranger(String name, String value) {
        Map<String, String> asked = client.usual();
        asked.put(name, value);
        HttpResponse<String> page = client.page(asked);
        assertThat(page.statusCode()).isIn(400, 401);
        assertThat(page.headers().firstValue("Location")).isEmpty();
    }

    @Test
    @AttackCase("OAUTH-018")
    void aTokenIsForItsResourceAlone() {
        Map<String, String> asked = client.usual();
        asked.put("resource", gateway.issuer() + "/mcp/docs");
        Map<String, String> fetched = client.byCode(client.code(asked));
        fetched.put("resource", gateway.issuer() + "/mcp/docs");
        Value.Fields tokens = KnockedGateway.json(client.token(fetched));
        assertThat(client.use(tokens).statusCode()).as("/mcp is wider").isEqualTo(401);
    }

    @Test
    void aRevokedRefreshTokenEndsItsGrant() {
        Value.Fields tokens = tokens();
        Map<String, String> asked =
                Map.of(
                        "client_id",
                        client.id(),
                        "token",
                        tokens.text("refresh_token").orElseThrow());
        assertThat(client.post("/oauth2/revoke", asked, Optional.empty()).statusCode())
                .isEqualTo(200);
        assertThat(client.use(tokens).statusCode()).isEqualTo(401);
        assertThat(client.post("/oauth2/revoke", asked, Optional.empty()).statusCode())
                .isEqualTo(200);
    }
}
