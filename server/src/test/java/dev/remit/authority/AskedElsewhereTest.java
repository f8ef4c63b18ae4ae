package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Asking.Asked;
import dev.remit.authority.Asking.Way;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import dev.remit.ledger.Event;
import dev.remit.people.Visitor;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SoftPasskey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person answers on another device, or where requests wait for them. */
final class AskedElsewhereTest {
    @TempDir Path data;

    private Asking asking = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before each test
    }

    @BeforeEach
    void open() throws Exception {
        asking = new Asking(data);
    }

    @AfterEach
    void close() {
        asking.close();
    }

    private static void assertRefused(HttpResponse<String> answer, String error) {
        Asking.assertError(answer, error);
    }

    private void later() {
        asking.wait(Polls.INTERVAL.plusSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = "BY_REDIRECT", mode = EnumSource.Mode.EXCLUDE)
    void aYesGivesAMandateAndATokenForIt(Way way) {
        Asked asked = asking.ask(way);
        assertRefused(asking.fetch(way, asked.word()), "authorization_pending");
        HttpResponse<String> page = asking.page(asked);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "update the agenda",
                        "in its own words",
                        "<h3>docs</h3>",
                        "<code>edit</code>",
                        asked.userCode())
                .contains(way.isEnrolled() ? "worker" : "127.0.0.1")
                .doesNotContain(asked.word(), "Bank of Everything");
        if (way == Way.BY_INBOX) {
            assertThat(page.body()).contains("Order 66");
        } else {
            assertThat(page.body())
                    .contains("network address", "127.0.0.1", "started this yourself");
        }
        asking.allow(asked);
        later();
        Value.Fields tokens = KnockedGateway.json(Asking.good(asking.fetch(way, asked.word())));
        assertThat(asking.use(way, tokens).statusCode()).isEqualTo(200);
        String mandate = tokens.text("mandate").orElseThrow();
        assertThat(asking.gateway.events())
                .anyMatch(
                        event ->
                                event instanceof Event.MandateGiven(var given, _)
                                        && given.id().text().equals(mandate)
                                        && given.task().words().equals("update the agenda")
                                        && given.agent().text().equals(asking.enrolled.agent)
                                                == way.isEnrolled());
        assertThat(tokens.text("refresh_token").isPresent()).isEqualTo(!way.isEnrolled());
        assertThat(asking.strangers()).isZero();
    }

    @ParameterizedTest
    @AttackCase("OAUTH-032")
    @EnumSource(value = Way.class, names = "BY_REDIRECT", mode = EnumSource.Mode.EXCLUDE)
    void aWordIsFetchedOnce(Way way) {
        Asked asked = asking.ask(way);
        asking.allow(asked);
        HttpResponse<String> first = asking.fetch(way, asked.word());
        assertThat(first.statusCode()).isEqualTo(200);
        later();
        long before = asking.strangers();
        assertRefused(asking.fetch(way, asked.word()), "invalid_grant");
        assertThat(asking.strangers()).isEqualTo(before + 1);
        assertThat(asking.use(way, KnockedGateway.json(first)).statusCode())
                .as("its owner is not punished")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = "BY_REDIRECT", mode = EnumSource.Mode.EXCLUDE)
    void aNoIsToldOnceAndGivesNothing(Way way) {
        Asked asked = asking.ask(way);
        List<Value> books = asking.books();
        HttpResponse<String> answer = asking.published.answer(asking.page(asked), "refuse");
        assertThat(answer.body()).contains("Nothing was given");
        assertRefused(asking.fetch(way, asked.word()), "access_denied");
        later();
        assertRefused(asking.fetch(way, asked.word()), "invalid_grant");
        assertThat(asking.books()).isEqualTo(books);
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = "BY_REDIRECT", mode = EnumSource.Mode.EXCLUDE)
    void whatNobodyAnswersExpires(Way way) {
        Asked asked = asking.ask(way);
        HttpResponse<String> page = asking.page(asked);
        asking.wait(WaitingRequests.LIFE.plusSeconds(1));
        assertThat(asking.published.answer(page, "allow").body()).contains("challenge-unknown");
        assertRefused(asking.fetch(way, asked.word()), "expired_token");
        later();
        assertRefused(asking.fetch(way, asked.word()), "invalid_grant");
        assertThat(asking.gateway.events()).noneMatch(Event.MandateGiven.class::isInstance);
    }

    @ParameterizedTest
    @AttackCase("OAUTH-033")
    @EnumSource(value = Way.class, names = "BY_REDIRECT", mode = EnumSource.Mode.EXCLUDE)
    void whoAsksTooOftenWaitsLonger(Way way) {
        Asked asked = asking.ask(way);
        assertRefused(asking.fetch(way, asked.word()), "authorization_pending");
        assertRefused(asking.fetch(way, asked.word()), "slow_down");
        later();
        assertRefused(asking.fetch(way, asked.word()), "slow_down");
        asking.wait(Duration.ofSeconds(16));
        assertRefused(asking.fetch(way, asked.word()), "authorization_pending");
        asking.allow(asked);
        assertRefused(asking.fetch(way, asked.word()), "slow_down");
        asking.wait(Duration.ofSeconds(21));
        Asking.good(asking.fetch(way, asked.word()));
    }

    @ParameterizedTest
    @AttackCase({"OAUTH-005", "OAUTH-033"})
    @EnumSource(value = Way.class, names = "BY_REDIRECT", mode = EnumSource.Mode.EXCLUDE)
    void anotherClientOrKeyGetsNothing(Way way) {
        EnrolledClient thief = new EnrolledClient(asking.gateway, "thief", asking.clock);
        Asked asked = asking.ask(way);
        asking.allow(asked);
        List<Value> books = asking.books();
        long before = asking.strangers();
        assertRefused(
                thief.post("/oauth2/token", asking.grant(way, asked.word())),
                way == Way.BY_CODE ? "invalid_client" : "invalid_grant");
        Map<String, String> unnamed = new LinkedHashMap<>(asking.grant(way, asked.word()));
        unnamed.remove("client_id");
        assertRefused(thief.post("/oauth2/token", unnamed), "invalid_grant");
        DpopSigner other = new DpopSigner(Forgeries.ed25519());
        assertRefused(
                asking.fetch(way, asked.word(), other),
                way.isEnrolled() ? "invalid_client" : "invalid_grant");
        if (way == Way.BY_CODE) {
            Map<String, String> renamed = new LinkedHashMap<>(asking.grant(way, asked.word()));
            renamed.put("client_id", asking.published.alsoAt("/other.json"));
            assertRefused(asking.published.token(renamed), "invalid_grant");
            before++;
        }
        Way crossed = way == Way.BY_INBOX ? Way.BY_CODE_ENROLLED : Way.BY_INBOX;
        assertRefused(
                asking.enrolled.post("/oauth2/token", asking.grant(crossed, asked.word())),
                "invalid_grant");
        assertThat(asking.strangers()).isEqualTo(before + 4);
        assertThat(asking.books()).isEqualTo(books);
        Asking.good(asking.fetch(way, asked.word()));
    }

    @Test
    @AttackCase("OAUTH-033")
    void nobodyElseAnswersWhatWaitsForAPerson() {
        Visitor other = new Visitor(asking.gateway);
        String link =
                asking.gateway
                        .operator(
                                "people/add",
                                Value.object()
                                        .put("name", "Mallory")
                                        .put("roles", Value.ofTexts(List.of("person")))
                                        .build())
                        .text("link")
                        .orElseThrow();
        other.welcome(link, new SoftPasskey());
        Asked asked = asking.ask(Way.BY_INBOX);
        HttpResponse<String> page = asking.page(asked);
        assertThat(other.get("/requests").body()).contains("Nothing waits for your answer");
        String name = page.body().replaceAll("(?s).*name=\"request\" value=\"([^\"]+)\".*", "$1");
        Map<String, String> yes = Map.of("form", other.form(), "request", name, "answer", "allow");
        assertThat(other.get("/requests?request=" + name).statusCode()).isEqualTo(400);
        assertThat(other.postForm("/oauth2/authorize", PublishedClient.form(yes)).statusCode())
                .isEqualTo(400);
        assertThat(asking.gateway.events()).noneMatch(Event.MandateGiven.class::isInstance);
        assertThat(asking.published.answer(page, "allow").statusCode()).isEqualTo(200);
    }

    @Test
    @AttackCase("TIMING-002")
    void whetherThereIsSuchAPersonIsNotTold() {
        Map<String, String> asked = asking.wish(Way.BY_INBOX);
        asked.put("login_hint", "nobody-is-called-this");
        Value.Fields unknown = KnockedGateway.json(Asking.good(asking.ask(Way.BY_INBOX, asked)));
        Value.Fields known =
                KnockedGateway.json(
                        Asking.good(asking.ask(Way.BY_INBOX, asking.wish(Way.BY_INBOX))));
        assertThat(unknown.values().keySet()).isEqualTo(known.values().keySet());
        for (String word :
                List.of(
                        unknown.text("auth_req_id").orElseThrow(),
                        known.text("auth_req_id").orElseThrow())) {
            assertRefused(asking.fetch(Way.BY_INBOX, word), "authorization_pending");
        }
        for (int i = 1; i < WaitingRequests.MOST_OF_ONE - 1; i++) {
            Asking.good(asking.ask(Way.BY_INBOX, asked));
        }
        assertRefused(asking.ask(Way.BY_INBOX, asked), "temporarily_unavailable");
        assertRefused(
                asking.ask(Way.BY_INBOX, asking.wish(Way.BY_INBOX)), "temporarily_unavailable");
    }

    @Test
    @AttackCase("OAUTH-032")
    void codesAreNotGuessed() {
        Asked asked = asking.ask(Way.BY_CODE);
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> wrong =
                    Asking.type(asking.visitor(), "BBBBB-BBBB" + "BCDFG".charAt(i));
            assertThat(wrong.statusCode()).isEqualTo(403);
            assertThat(wrong.body()).contains("code-unknown");
        }
        int before = asking.gateway.events().size();
        HttpResponse<String> right = Asking.type(asking.visitor(), asked.userCode());
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.body()).contains("too-many-codes").doesNotContain("update the agenda");
        assertThat(asking.gateway.events()).hasSize(before + 1);
        asking.wait(Duration.ofSeconds(61));
        assertThat(
                        Asking.type(
                                        asking.visitor(),
                                        " "
                                                + asked.userCode()
                                                        .replace("-", "")
                                                        .toLowerCase(java.util.Locale.ROOT))
                                .body())
                .contains("update the agenda");
    }

    @Test
    @AttackCase("OAUTH-032")
    void aCodeInTheAddressGivesNothing() {
        Asked asked = asking.ask(Way.BY_CODE);
        HttpResponse<String> page = asking.visitor().get("/device?user_code=" + asked.userCode());
        assertThat(page.body())
                .contains(asked.userCode(), "Did somebody send you this code")
                .doesNotContain("update the agenda", "name=\"request\"");
        assertRefused(asking.fetch(Way.BY_CODE, asked.word()), "authorization_pending");
        asking.allow(asked);
        assertThat(asking.page(asked).body()).as("it is used").contains("code-unknown");
    }

    @Test
    void whatIsAskedWronglyIsRefused() {
        Map<String, String> inbox = asking.wish(Way.BY_INBOX);
        assertRefused(asking.ask(Way.BY_INBOX, without(inbox, "login_hint")), "invalid_request");
        assertRefused(
                asking.ask(Way.BY_INBOX, with(inbox, "id_token_hint", "x")), "invalid_request");
        assertRefused(
                asking.ask(Way.BY_INBOX, with(inbox, "binding_message", "x".repeat(101))),
                "invalid_binding_message");
        assertRefused(
                asking.ask(Way.BY_INBOX, with(inbox, "requested_expiry", "-1")), "invalid_request");
        assertRefused(
                asking.ask(Way.BY_INBOX, with(inbox, "resource", "https://other.example/mcp")),
                "invalid_target");
        Map<String, String> published = with(inbox, "client_id", asking.published.id());
        assertRefused(
                asking.published.post(
                        "/oauth2/bc-authorize", published, Optional.of(asking.published.key)),
                "unauthorized_client");
        Map<String, String> keyless =
                with(asking.wish(Way.BY_CODE), "client_id", asking.published.id());
        assertRefused(
                asking.published.post("/oauth2/device_authorization", keyless, Optional.empty()),
                "invalid_request");
        assertRefused(
                asking.ask(
                        Way.BY_CODE,
                        with(
                                asking.wish(Way.BY_CODE),
                                "dpop_jkt",
                                asking.enrolled.key.publicKey().thumbprint().base64Url())),
                "invalid_dpop_proof");
        assertThat(asking.strangers()).isEqualTo(8);
    }

    private static Map<String, String> with(Map<String, String> all, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(all);
        more.put(name, value);
        return more;
    }

    private static Map<String, String> without(Map<String, String> all, String name) {
        Map<String, String> fewer = new LinkedHashMap<>(all);
        fewer.remove(name);
        return fewer;
    }

    @Test
    void aClientThatWantsLessTimeGetsIt() {
        Map<String, String> inbox = with(asking.wish(Way.BY_INBOX), "requested_expiry", "30");
        Value.Fields said = KnockedGateway.json(Asking.good(asking.ask(Way.BY_INBOX, inbox)));
        assertThat(said.whole("expires_in")).hasValue(30);
        asking.wait(Duration.ofSeconds(31));
        assertRefused(
                asking.fetch(Way.BY_INBOX, said.text("auth_req_id").orElseThrow()),
                "expired_token");
    }
}
