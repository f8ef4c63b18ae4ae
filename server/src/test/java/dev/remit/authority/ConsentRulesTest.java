package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Asking.Way;
import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.people.Visitor;
import dev.remit.testkit.AttackCase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Nobody but the person answers, and what they are shown does not deceive them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsentRulesTest {
    private static final String SIGNING = "/oauth2/authorize/";

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

    @Test
    @AttackCase({"OAUTH-013", "OAUTH-014", "OAUTH-015"})
    void nobodyElseSaysYes() {
        HttpResponse<String> page = client.page(client.usual());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'");
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
        String name = page.body().replaceAll("(?s).*name=\"request\" value=\"([^\"]+)\".*", "$1");
        int before = asking.gateway.events().size();
        String yes = PublishedClient.form(Map.of("request", name, "answer", "allow"));
        assertThat(asking.visitor().postForm("/oauth2/authorize", yes).statusCode()).isEqualTo(403);
        assertThat(
                        asking.visitor()
                                .get(
                                        "/oauth2/authorize?"
                                                + yes
                                                + "&client_id=x&request_uri="
                                                + name)
                                .statusCode())
                .as("an answer is no address")
                .isEqualTo(400);
        Visitor stranger = new Visitor(asking.gateway);
        assertThat(stranger.postForm("/oauth2/authorize", yes).statusCode()).isEqualTo(401);
        assertThat(asking.gateway.events().subList(before, asking.gateway.events().size()))
                .hasSize(3)
                .noneMatch(Event.MandateGiven.class::isInstance);
        assertThat(PublishedClient.back(client.answer(page, "allow"))).containsKey("code");
    }

    @Test
    @DisplayName("APPR-004: no agent's token answers for its person, signed in or not")
    void noAgentAnswersForItsPerson() {
        String token = tokens().text("access_token").orElseThrow();
        String proof = asking.gateway.proof(client.key, Optional.of(token)).getFirst();
        HttpResponse<String> page = client.page(client.usual());
        String name = page.body().replaceAll("(?s).*name=\"request\" value=\"([^\"]+)\".*", "$1");
        String open = "/oauth2/authorize?client_id=" + client.id() + "&request_uri=" + name;
        for (Visitor visitor : List.of(asking.visitor(), new Visitor(asking.gateway))) {
            for (String[] brought :
                    List.of(
                            new String[] {"Authorization", "DPoP " + token, "DPoP", proof},
                            new String[] {"Authorization", "Bearer " + token},
                            new String[] {"DPoP", proof})) {
                for (HttpResponse<String> answer :
                        List.of(
                                visitor.get(open, brought),
                                visitor.get("/device", brought),
                                visitor.get("/requests", brought),
                                visitor.postJson("/device", Value.Fields.EMPTY, brought),
                                visitor.postJson(
                                        SIGNING + "challenge", Value.Fields.EMPTY, brought),
                                visitor.postJson(SIGNING + "passkey", Value.Fields.EMPTY, brought),
                                visitor.postJson(
                                        "/oauth2/authorize", Value.Fields.EMPTY, brought))) {
                    assertThat(answer.statusCode()).isEqualTo(403);
                    assertThat(answer.body()).contains("agent-token").doesNotContain(token);
                }
            }
        }
        assertThat(records("agent-token")).isEqualTo(2 * 3 * 7);
        assertThat(PublishedClient.back(client.answer(page, "allow"))).containsKey("code");
    }

    private long records(String code) {
        return asking.gateway.events().stream()
                .filter(
                        one ->
                                one instanceof Event.SignInRefused refused
                                        && refused.toString().contains(code))
                .count();
    }

    @Test
    @AttackCase("OAUTH-016")
    void aClientsWordsAreShownAsWhatTheyAre() {
        String words = "<b>B\\u0430nk</b>\\u202e says yes\\n\\u0000";
        Map<String, String> asked =
                with(
                        client.usual(),
                        "authorization_details",
                        PublishedClient.WISH.replace("update the agenda", words));
        assertThat(client.page(asked).body())
                .contains("&lt;b&gt;B\\u{430}nk&lt;/b&gt;\\u{202e} says yes \\u{0}")
                .contains("It may not", "be passed on to another agent", "/agendas")
                .contains("127.0.0.1")
                .doesNotContain("Bank of Everything");
        Map<String, String> inbox = asking.wish(Way.BY_INBOX);
        Asking.good(asking.ask(Way.BY_INBOX, with(inbox, "binding_message", "<i>a\u202e</i>")));
        assertThat(asking.page(new Asking.Asked(Way.BY_INBOX, "", "")).body())
                .contains("&lt;i&gt;a\\u{202e}&lt;/i&gt;");
    }

    @Test
    void nobodyIsAskedForMoreWordsThanTheyAreShown() {
        for (int length : List.of(Quotation.MOST, Quotation.MOST + 1)) {
            Map<String, String> asked =
                    with(
                            client.usual(),
                            "authorization_details",
                            PublishedClient.WISH.replace("update the agenda", "a".repeat(length)));
            HttpResponse<String> page = client.page(asked);
            if (length == Quotation.MOST) {
                assertThat(page.body()).contains("a".repeat(length));
            } else {
                assertThat(PublishedClient.back(page))
                        .containsEntry("error", "invalid_authorization_details");
            }
        }
    }

    @Test
    void whoSignedInTooLongAgoDoesSoAgain() {
        Map<String, String> asked = with(client.usual(), "max_age", "0");
        HttpResponse<String> page = client.page(asked);
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location").orElseThrow())
                .contains("/sign-in?return=%2Foauth2%2Fauthorize", "request_uri", "again=1");
        assertThat(client.page(with(client.usual(), "max_age", "3600")).statusCode())
                .isEqualTo(200);
        assertThat(PublishedClient.back(client.page(with(client.usual(), "max_age", "x"))))
                .containsEntry("error", "invalid_request");
    }
}
