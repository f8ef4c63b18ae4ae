package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.main.Names;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that publish keys prove one of them wherever a client says who it is. */
final class PublishedKeyTest {
    private static final String METHOD = "token_endpoint_auth_method";

    @TempDir Path data;
    private final DpopSigner own = new DpopSigner(Forgeries.p256());
    private final DpopSigner other = new DpopSigner(Forgeries.p256());
    private ConsentRig rig;
    private PublishedClient client;
    private String id;

    @BeforeEach
    void open() throws IOException {
        rig = ConsentRig.open(data);
        client = rig.client();
        id =
                client.alsoAt(
                        "/signing.json",
                        Map.of(
                                METHOD,
                                Value.of("private_key_jwt"),
                                "jwks",
                                PublishedClient.jwks(own)));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private String issuer() {
        return rig.gateway().issuer();
    }

    private String assertion(DpopSigner by, String from, String to) {
        return by.assertion(from, to, Names.secret(), Instant.now());
    }

    private Map<String, String> asked(String who) {
        Map<String, String> asked = new LinkedHashMap<>(client.usual());
        asked.put("client_id", who);
        return asked;
    }

    private Map<String, String> byCode(String who) {
        Map<String, String> form = client.byCode(client.code(asked(who)));
        form.put("client_id", who);
        return form;
    }

    private static Map<String, String> with(Map<String, String> form, String assertion) {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        all.put("client_assertion", assertion);
        return all;
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_client").doesNotContain("access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwks", "jwks_uri"})
    void theWholeWay(String where) {
        String who =
                where.equals("jwks")
                        ? id
                        : client.alsoAt(
                                "/elsewhere.json",
                                Map.of(
                                        METHOD,
                                        Value.of("private_key_jwt"),
                                        "jwks_uri",
                                        Value.of(client.keysAt("/keys.json", own))));
        HttpResponse<String> pushed =
                client.post(
                        "/oauth2/par",
                        with(asked(who), assertion(own, who, issuer())),
                        Optional.of(client.key));
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
        HttpResponse<String> answer =
                client.token(with(byCode(who), assertion(own, who, issuer())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Value.Fields tokens = KnockedGateway.json(answer);
        assertThat(client.use(tokens).statusCode()).isEqualTo(200);

        Map<String, String> renewal = client.byRefresh(tokens);
        renewal.put("client_id", who);
        refused(client.token(renewal));
        HttpResponse<String> renewed = client.token(with(renewal, assertion(own, who, issuer())));
        assertThat(renewed.statusCode()).as(renewed.body()).isEqualTo(200);

        Map<String, String> end = new LinkedHashMap<>();
        end.put("client_id", who);
        end.put("token", KnockedGateway.json(renewed).text("refresh_token").orElseThrow());
        refused(client.post("/oauth2/revoke", end, Optional.empty()));
        assertThat(client.use(KnockedGateway.json(renewed)).statusCode()).isEqualTo(200);
        assertThat(
                        client.post(
                                        "/oauth2/revoke",
                                        with(end, assertion(own, who, issuer())),
                                        Optional.empty())
                                .statusCode())
                .isEqualTo(200);
        assertThat(client.use(KnockedGateway.json(renewed)).statusCode()).isEqualTo(401);
    }

    @TestFactory
    @DisplayName("OAUTH-030 assertions that are not the client's")
    @AttackCase("OAUTH-030")
    Stream<DynamicTest> notTheClients() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("another key", assertion(other, id, issuer()));
        wrong.put("another client", assertion(own, client.id(), issuer()));
        wrong.put("the token endpoint", assertion(own, id, issuer() + "/oauth2/token"));
        wrong.put("too long", own.assertion(id, issuer(), "", Instant.now()));
        wrong.put(
                "from the future",
                own.assertion(id, issuer(), Names.secret(), Instant.now().plusSeconds(3_600)));
        wrong.put("nothing", "");
        return wrong.entrySet().stream()
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.getKey(),
                                        () -> {
                                            Map<String, String> form = byCode(id);
                                            refused(client.token(with(form, one.getValue())));
                                            refused(
                                                    client.post(
                                                            "/oauth2/par",
                                                            with(asked(id), one.getValue()),
                                                            Optional.empty()));
                                            assertThat(
                                                            client.token(
                                                                            with(
                                                                                    form,
                                                                                    assertion(
                                                                                            own, id,
                                                                                            issuer())))
                                                                    .statusCode())
                                                    .as("the code is the client's still")
                                                    .isEqualTo(200);
                                        }));
    }

    @Test
    @AttackCase("OAUTH-030")
    void oneWayOnlyAndOnce() {
        Map<String, String> form = byCode(id);
        refused(client.token(form));
        Map<String, String> secret = new LinkedHashMap<>(form);
        secret.put("client_secret", "x");
        refused(client.token(with(secret, assertion(own, id, issuer()))));
        String once = assertion(own, id, issuer());
        assertThat(client.token(with(form, once)).statusCode()).isEqualTo(200);
        refused(client.token(with(byCode(id), once)));
        String plain = client.id(); // one that has no key
        refused(client.token(with(byCode(plain), assertion(own, plain, issuer()))));
    }

    @TestFactory
    @DisplayName("OAUTH-024 a document whose keys are of no use is none")
    @AttackCase("OAUTH-024")
    Stream<DynamicTest> documentsThatAreNone() {
        Value method = Value.of("private_key_jwt");
        Map<String, Map<String, Value>> wrong = new LinkedHashMap<>();
        wrong.put("no-keys", Map.of(METHOD, method));
        wrong.put(
                "both",
                Map.of(
                        METHOD,
                        method,
                        "jwks",
                        PublishedClient.jwks(own),
                        "jwks_uri",
                        Value.of(client.keysAt("/both-keys.json", own))));
        wrong.put("empty", Map.of(METHOD, method, "jwks", Value.object().build()));
        wrong.put("file", Map.of(METHOD, method, "jwks_uri", Value.of("file:///etc/passwd")));
        wrong.put("secret", Map.of(METHOD, Value.of("client_secret_jwt")));
        wrong.put("number", Map.of(METHOD, Value.of(1)));
        return wrong.entrySet().stream()
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.getKey(),
                                        () -> {
                                            String who =
                                                    client.alsoAt(
                                                            "/" + one.getKey() + ".json",
                                                            one.getValue());
                                            assertThat(client.page(asked(who)).statusCode())
                                                    .isNotEqualTo(200);
                                        }));
    }
}
