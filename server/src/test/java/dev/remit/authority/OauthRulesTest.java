package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Asking.Way;
import dev.remit.call.Value;
import dev.remit.testkit.AttackCase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the protocol forbids, at every endpoint that a client or a browser reaches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OauthRulesTest {
    private static final int MANY = 30;

    private Asking asking = unset();
    private PublishedClient client = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        asking = new Asking(data);
        client = asking.published;
    }

    @AfterAll
    void close() {
        asking.close();
    }

    private Value.Fields tokens() {
        return KnockedGateway.json(
                Asking.good(client.token(client.byCode(client.code(client.usual())))));
    }

    private static Map<String, String> with(Map<String, String> all, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(all);
        more.put(name, value);
        return more;
    }

    private static List<Integer> atOnce(Callable<HttpResponse<String>> act) throws Exception {
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(() -> act.call().statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(MANY)) {
            for (Future<Integer> one : threads.invokeAll(all)) {
                statuses.add(one.get());
            }
        }
        return statuses;
    }

    @Test
    @AttackCase("OAUTH-003")
    void aCodeThatManyBringAtOnceIsGoodForOne() throws Exception {
        Map<String, String> asked = client.byCode(client.code(client.usual()));
        List<HttpResponse<String>> answers = new CopyOnWriteArrayList<>();
        assertThat(
                        atOnce(
                                        () -> {
                                            HttpResponse<String> answer = client.token(asked);
                                            answers.add(answer);
                                            return answer;
                                        })
                                .stream()
                                .filter(one -> one == 200)
                                .count())
                .isEqualTo(1);
        HttpResponse<String> good =
                answers.stream().filter(one -> one.statusCode() == 200).findFirst().orElseThrow();
        Asking.assertError(
                client.token(client.byRefresh(KnockedGateway.json(good))), "invalid_grant");
    }

    @Test
    @AttackCase("OAUTH-006")
    void aRefreshTokenThatManyBringAtOnceIsGoodForOneAtMost() throws Exception {
        Map<String, String> asked = client.byRefresh(tokens());
        assertThat(atOnce(() -> client.token(asked)).stream().filter(one -> one == 200).count())
                .isLessThanOrEqualTo(1);
        Asking.assertError(client.token(asked), "invalid_grant");
    }

    @Test
    @AttackCase({"OAUTH-004", "OAUTH-005"})
    void whatOneClientGotIsNothingToAnother() {
        String other = client.alsoAt("/other.json");
        String code = client.code(client.usual());
        Asking.assertError(
                client.token(with(client.byCode(code), "client_id", other)), "invalid_grant");
        Value.Fields tokens = tokens();
        Map<String, String> renewal = client.byRefresh(tokens);
        Asking.assertError(client.token(with(renewal, "client_id", other)), "invalid_grant");
        Asking.good(client.token(renewal));
    }

    @ParameterizedTest
    @AttackCase({"OAUTH-017", "OAUTH-018"})
    @ValueSource(strings = {"", "/", "/mcp", "/mcp/docs/", "/mcp/docs#x", "/mcp/other"})
    void aTokenIsForNoMoreThanWasConsentedTo(String path) {
        Map<String, String> asked =
                with(client.usual(), "resource", asking.gateway.issuer() + "/mcp/docs");
        Map<String, String> fetched = client.byCode(client.code(asked));
        Asking.assertError(
                client.token(with(fetched, "resource", asking.gateway.issuer() + path)),
                "invalid_target");
    }

    @ParameterizedTest
    @AttackCase("OAUTH-018")
    @ValueSource(
            strings = {
                "https://other.example/mcp",
                "/mcp",
                "mcp",
                "ISSUER.evil.example/mcp",
                "ISSUER@evil.example/mcp",
                "ISSUER/mcp/"
            })
    void onlyAnAddressOfThisGatewayIsAResource(String resource) {
        Map<String, String> asked =
                with(
                        client.usual(),
                        "resource",
                        resource.replace("ISSUER", asking.gateway.issuer()));
        assertThat(PublishedClient.back(client.page(asked)))
                .containsEntry("error", "invalid_target");
        for (Way way : List.of(Way.BY_CODE, Way.BY_CODE_ENROLLED, Way.BY_INBOX)) {
            Asking.assertError(
                    asking.ask(
                            way,
                            with(asking.wish(way), "resource", asked.getOrDefault("resource", ""))),
                    "invalid_target");
        }
    }

    @Test
    @AttackCase({"OAUTH-019", "OAUTH-020"})
    void aPushedRequestIsWhatWasPushed() {
        HttpResponse<String> pushed =
                client.post("/oauth2/par", client.usual(), Optional.of(client.key));
        String name = KnockedGateway.json(pushed).text("request_uri").orElseThrow();
        Map<String, String> short_ = Map.of("client_id", client.id(), "request_uri", name);
        String over = client.page(with(short_, "authorization_details", "[]")).body();
        assertThat(over).contains("update the agenda");
        for (Map<String, String> wrong :
                List.of(
                        with(short_, "client_id", client.alsoAt("/third.json")),
                        with(short_, "request_uri", name + "x"),
                        with(short_, "request_uri", "https://client.example/request.jwt"),
                        Map.of("request_uri", name))) {
            HttpResponse<String> page = client.page(wrong);
            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(page.body()).doesNotContain("update the agenda");
        }
        Asking.assertError(
                client.post(
                        "/oauth2/par", with(client.usual(), "request_uri", name), Optional.empty()),
                "invalid_request");
        Asking.assertError(
                client.post(
                        "/oauth2/par",
                        with(client.usual(), "client_id", "https://nobody.invalid/c.json"),
                        Optional.empty()),
                "invalid_client");
        for (Way way : List.of(Way.BY_CODE, Way.BY_INBOX)) {
            Asking.assertError(
                    asking.ask(way, with(asking.wish(way), "request", "eyJhbGciOiJub25lIn0.e30.")),
                    "request_not_supported");
        }
    }

    @ParameterizedTest
    @AttackCase("OAUTH-022")
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest/client.json",
                "https://[::1]/x.json",
                "https://10.0.0.1/x.json",
                "https://0x7f000001/x.json",
                "https://2130706433/x.json",
                "https://[::ffff:10.0.0.1]/x.json",
                "https://[64:ff9b::a00:1]/x.json",
                "https://printer.local/x.json",
                "https://localhost/x.json",
                "http://127.0.0.1:1/x.json"
            })
    void aClientsDocumentIsNotFetchedFromInside(String id) {
        long before = asking.strangers();
        HttpResponse<String> page = client.page(with(client.usual(), "client_id", id));
        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body()).contains("invalid_client").doesNotContain(URI.create(id).getPath());
        assertThat(asking.strangers()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @AttackCase({"OAUTH-024", "OAUTH-028", "OAUTH-029"})
    @CsvSource({
        "password, unsupported_grant_type",
        "implicit, unsupported_grant_type",
        "client_credentials, unauthorized_client",
        "urn:openid:params:grant-type:ciba, unauthorized_client",
        "'', unsupported_grant_type"
    })
    void whatIsNotForAPublishedClient(String grant, String error) {
        Map<String, String> asked =
                Map.of(
                        "grant_type",
                        grant,
                        "client_id",
                        client.id(),
                        "username",
                        "root",
                        "password",
                        "x");
        Asking.assertError(client.token(asked), error);
    }

    @ParameterizedTest
    @AttackCase("OAUTH-028")
    @ValueSource(strings = {"token", "id_token", "code token", "code id_token", "none", ""})
    void onlyCodesAreSentWithTheBrowser(String type) {
        assertThat(PublishedClient.back(client.page(with(client.usual(), "response_type", type))))
                .containsEntry("error", "unsupported_response_type")
                .doesNotContainKeys("code", "access_token");
    }

    @ParameterizedTest
    @AttackCase("OAUTH-038")
    @ValueSource(
            strings = {
                "grant_type=authorization_code&grant_type=client_credentials",
                "grant_type=refresh_token&client_id=a&client_id=b",
                "grant_type=authorization_code&code=a&code=b",
                "grant_type=device_code&%67rant_type=x"
            })
    void aParameterThatComesTwiceIsNone(String form) {
        HttpResponse<String> answer =
                raw("/oauth2/token", form, "application/x-www-form-urlencoded");
        Asking.assertError(answer, "invalid_request");
        assertThat(asking.visitor().get("/oauth2/authorize?" + form).statusCode()).isEqualTo(400);
    }

    @Test
    @AttackCase("OAUTH-038")
    void aGrantIsNotTakenFromElsewhere() {
        Asking.assertError(
                raw("/oauth2/token", "{\"grant_type\":\"client_credentials\"}", "application/json"),
                "invalid_request");
        Asking.assertError(
                raw(
                        "/oauth2/token?grant_type=client_credentials",
                        "client_id=x",
                        "application/x-www-form-urlencoded"),
                "unsupported_grant_type");
    }

    private HttpResponse<String> raw(String path, String body, String type) {
        return asking.gateway.send(
                HttpRequest.newBuilder(URI.create(asking.gateway.issuer() + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    @Test
    @AttackCase("OAUTH-036")
    void metadataComeFromTheConfiguration() throws Exception {
        int port = asking.gateway.port();
        for (String path :
                List.of(
                        "/.well-known/oauth-authorization-server",
                        "/.well-known/oauth-protected-resource/mcp")) {
            String evil =
                    asking.gateway.raw(
                            "GET "
                                    + path
                                    + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
            assertThat(evil).startsWith("HTTP/1.1 403").doesNotContain("issuer");
            String said =
                    asking.gateway.raw(
                            "GET "
                                    + path
                                    + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                    + port
                                    + "\r\nX-Forwarded-Host: evil.example\r\n"
                                    + "X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n");
            assertThat(said)
                    .startsWith("HTTP/1.1 200")
                    .contains(asking.gateway.issuer())
                    .doesNotContain("evil.example");
        }
    }
}
