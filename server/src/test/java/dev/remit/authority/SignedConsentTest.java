package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Asking.Asked;
import dev.remit.authority.Asking.Way;
import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.audit.MandateTrail;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.people.Visitor;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SoftPasskey;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever has a passkey signs what a client gets; a third party can check it later. */
final class SignedConsentTest {
    @TempDir Path data;

    private static List<Event.MandateGiven> given(KnockedGateway gateway) {
        return gateway.events().stream()
                .filter(Event.MandateGiven.class::isInstance)
                .map(Event.MandateGiven.class::cast)
                .toList();
    }

    /** What whoever has the log finds, if it says this of the mandate. */
    private static MandateTrail.Approval approval(
            KnockedGateway gateway, UnaryOperator<Event.MandateGiven> said) {
        Event.MandateGiven last = given(gateway).getLast();
        String origin = gateway.config().peoplesOrigin().orElseThrow();
        MandateTrail trail = new MandateTrail(last.mandate().id(), Optional.of(origin));
        List<Event> events = gateway.events();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i).equals(last) ? said.apply(last) : events.get(i);
            trail.observe(new Entry(i, Instant.now(), event));
        }
        return trail.given().orElseThrow().approval();
    }

    private static Visitor.ToSign toSign(HttpResponse<String> page) {
        return Visitor.toSign(page).orElseThrow(() -> new AssertionError(page.body()));
    }

    private static Visitor another(Asking asking, SoftPasskey passkey) {
        Visitor other = new Visitor(asking.gateway);
        Value.Fields person =
                Value.object()
                        .put("name", "Bea")
                        .put("roles", Value.ofTexts(List.of("person")))
                        .build();
        String link = asking.gateway.operator("people/add", person).text("link").orElseThrow();
        assertThat(other.welcome(link, passkey).statusCode()).isEqualTo(200);
        return other;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatWasOnTheCardIsSignedAndGiven(Way way) throws Exception {
        try (Asking asking = new Asking(data)) {
            Asked asked = asking.ask(way);
            HttpResponse<String> page = asking.page(asked);
            assertThat(page.body())
                    .contains("update the agenda", "/agendas", "Give it, with your passkey");
            Map<String, String> form = PublishedClient.filledIn(page);
            form.put("answer", "allow");
            HttpResponse<String> again =
                    asking.visitor().postForm("/oauth2/authorize", PublishedClient.form(form));
            assertThat(again.body()).as("no form gives it").contains("Give it, with your passkey");
            assertThat(given(asking.gateway)).isEmpty();

            HttpResponse<String> yes = asking.published.answer(page, "allow");
            String word =
                    way == Way.BY_REDIRECT
                            ? PublishedClient.back(yes).getOrDefault("code", "")
                            : asked.word();
            Value.Fields tokens = KnockedGateway.json(Asking.good(asking.fetch(way, word)));
            Mandate mandate = given(asking.gateway).getLast().mandate();
            assertThat(tokens.text("mandate")).hasValue(mandate.id().text());
            assertThat(approval(asking.gateway, as -> as))
                    .isInstanceOf(MandateTrail.Approval.Signed.class);
            Mandate wider = mandate.with(mandate.permissions(), mandate.limits().asking(60));
            assertThat(approval(asking.gateway, as -> new Event.MandateGiven(wider, as.signed())))
                    .isEqualTo(
                            new MandateTrail.Approval.Wrong("the passkey approved something else"));
            assertThat(PublishedClient.answer(asking.visitor(), again, "allow").body())
                    .as("the page that was shown beside it")
                    .contains("challenge-unknown");
            assertThat(given(asking.gateway)).hasSize(1);
        }
    }

    @ParameterizedTest
    @AttackCase("OAUTH-014")
    @EnumSource(
            value = Way.class,
            names = {"BY_CODE", "BY_INBOX"})
    void aYesThatIsNotExactlyThatGivesNothing(Way way) throws Exception {
        SoftPasskey passkey = new SoftPasskey();
        try (Asking asking = new Asking(data, passkey)) {
            Visitor ada = asking.visitor();
            Asked asked = asking.ask(way);
            HttpResponse<String> shown = asking.page(asked);
            Visitor.ToSign page = toSign(shown);
            SoftPasskey beas = new SoftPasskey();
            Visitor bea = another(asking, beas);
            Value.Fields options = Visitor.options(ada.challenge(page));
            Value.Fields others = Visitor.options(ada.challenge(toSign(asking.page(asked))));
            String origin = ada.origin();
            SoftPasskey.Telling honest = ada.honest();
            List<Value> books = asking.books();
            assertTurnedAway(
                    asking, "passkey-refused", ada.signed(page, passkey.shown(others, honest)));
            for (SoftPasskey.Telling wrong :
                    List.of(
                            new SoftPasskey.Telling("http://localhost:1", "localhost", true),
                            new SoftPasskey.Telling(origin, "evil.example", true),
                            new SoftPasskey.Telling(origin, "localhost", false))) {
                assertTurnedAway(
                        asking, "passkey-refused", ada.signed(page, passkey.shown(options, wrong)));
            }
            assertTurnedAway(
                    asking, "passkey-refused", ada.signed(page, beas.shown(options, honest)));
            assertTurnedAway(asking, "passkey-refused", ada.signed(page, Value.Fields.EMPTY));
            Visitor.ToSign wordless = new Visitor.ToSign(page.base(), page.request(), "x");
            assertTurnedAway(
                    asking, "form-refused", ada.signed(wordless, passkey.shown(options, honest)));
            Visitor.ToSign beaAt = new Visitor.ToSign(page.base(), page.request(), bea.form());
            assertTurnedAway(asking, "challenge-unknown", bea.challenge(beaAt));
            assertTurnedAway(
                    asking, "challenge-unknown", bea.signed(beaAt, beas.shown(options, honest)));
            Visitor.ToSign elsewhere = new Visitor.ToSign("/mandates", page.request(), page.word());
            assertTurnedAway(asking, "challenge-unknown", ada.challenge(elsewhere));
            assertTurnedAway(
                    asking,
                    "challenge-unknown",
                    ada.signed(elsewhere, passkey.shown(options, honest)));
            assertThat(asking.books()).as("no agent, no mandate").isEqualTo(books);
            Asking.assertError(asking.fetch(way, asked.word()), "authorization_pending");

            Value.Fields right = passkey.shown(options, honest);
            HttpResponse<String> done = ada.signed(page, right);
            assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
            assertTurnedAway(asking, "challenge-unknown", ada.signed(page, right));
            assertThat(given(asking.gateway)).hasSize(1);
        }
    }

    private static void assertTurnedAway(Asking asking, String why, HttpResponse<String> answer) {
        assertThat(answer.body()).contains("\"code\":\"" + why + "\"");
        assertThat(answer.statusCode()).isEqualTo(why.equals("card-changed") ? 409 : 403);
        assertThat(asking.gateway.events().getLast())
                .isInstanceOf(Event.SignInRefused.class)
                .asString()
                .contains(why);
    }

    @Test
    void aCopyOfThePasskeyGivesNothingAndAddsNoAgent() throws Exception {
        SoftPasskey passkey = new SoftPasskey();
        try (Asking asking = new Asking(data, passkey)) {
            asking.visitor().signIn(passkey);
            Visitor.ToSign page = toSign(asking.page(asking.ask(Way.BY_REDIRECT)));
            Value.Fields options = Visitor.options(asking.visitor().challenge(page));
            List<Value> books = asking.books();
            passkey.setBack(0);
            assertTurnedAway(
                    asking,
                    "passkey-refused",
                    asking.visitor()
                            .signed(page, passkey.shown(options, asking.visitor().honest())));
            assertThat(asking.books()).isEqualTo(books);
            passkey.setBack(1_000);
            assertThat(asking.visitor().sign(page).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thePageCanBeShownOftenAndIsAnsweredOnce() throws Exception {
        try (Asking asking = new Asking(data)) {
            Asked asked = asking.ask(Way.BY_CODE);
            Visitor ada = asking.visitor();
            HttpResponse<String> first = asking.page(asked);
            Visitor bea = another(asking, new SoftPasskey());
            HttpResponse<String> second = Asking.type(bea, asked.userCode());
            assertThat(toSign(first).request()).isNotEqualTo(toSign(second).request());
            assertThat(ada.sign(toSign(first)).body()).contains("The mandate is given");
            assertTurnedAway(asking, "challenge-unknown", bea.sign(toSign(second)));
            assertThat(given(asking.gateway)).hasSize(1);
            assertThat(given(asking.gateway).getLast().mandate().giver().id().text())
                    .isEqualTo(asking.person);
            String address = "/requests?given=" + given(asking.gateway).getLast().mandate().id();
            assertThat(ada.get(address).body()).contains("The mandate is given");
            assertThat(bea.get(address).body()).doesNotContain("The mandate is given");
            assertThat(ada.get("/requests?given=mdt_x").body())
                    .doesNotContain("The mandate is given");
        }
    }

    @Test
    void aClientsAgentIsNamedBeforeItIsThere() throws Exception {
        try (Asking asking = new Asking(data)) {
            List<Value> books = asking.books();
            Asked asked = asking.ask(Way.BY_CODE);
            HttpResponse<String> page = asking.page(asked);
            HttpResponse<String> other = asking.page(asking.ask(Way.BY_CODE));
            assertThat(asking.books()).as("looking adds nothing").isEqualTo(books);
            assertThat(asking.visitor().sign(toSign(page)).body()).contains("mandate is given");
            assertThat(asking.visitor().sign(toSign(other)).body()).contains("mandate is given");
            List<Event.MandateGiven> given = given(asking.gateway);
            assertThat(given.getFirst().mandate().agent())
                    .as("the other page was shown before there was an agent")
                    .isEqualTo(given.getLast().mandate().agent());
            assertThat(asking.gateway.events().stream().filter(Event.AgentAdded.class::isInstance))
                    .filteredOn(
                            one ->
                                    ((Event.AgentAdded) one)
                                            .agent()
                                            .id()
                                            .equals(given.getLast().mandate().agent()))
                    .hasSize(1);
        }
    }

    @Test
    void whatCannotBeGivenAnyMoreUsesNothingUp() throws Exception {
        try (Asking asking = new Asking(data)) {
            Path template = Files.createDirectory(data.resolve("templates")).resolve("a.yaml");
            String written = "task: T\npermissions: [{tool: docs.edit}]\n";
            Files.writeString(template, written);
            Map<String, String> wish = asking.wish(Way.BY_CODE);
            wish.put("authorization_details", "[{\"type\":\"mandate\",\"template\":\"a\"}]");
            Value.Fields said = KnockedGateway.json(Asking.good(asking.ask(Way.BY_CODE, wish)));
            String code = said.text("user_code").orElseThrow();
            Visitor.ToSign page = toSign(Asking.type(asking.visitor(), code));
            List<Value> books = asking.books();
            Files.writeString(template, written.replace("docs.edit", "docs.*"));
            assertTurnedAway(asking, "card-changed", asking.visitor().sign(page));
            assertThat(asking.books()).as("no agent is added for it").isEqualTo(books);
            String word = said.text("device_code").orElseThrow();
            Asking.assertError(asking.fetch(Way.BY_CODE, word), "authorization_pending");
            Files.writeString(template, written);
            assertThat(asking.visitor().sign(page).body()).contains("The mandate is given");
        }
    }

    @Test
    void whoHasSignedInMoreWeaklyThanWasAskedSignsNothing() throws Exception {
        SoftPasskey passkey = new SoftPasskey();
        try (Asking asking = new Asking(data, passkey)) {
            Visitor ada = asking.visitor();
            ada.signIn(passkey);
            Map<String, String> asked = asking.published.usual();
            asked.put("acr_values", "phr");
            Visitor.ToSign page = toSign(asking.published.page(asked));
            Visitor byLink = new Visitor(asking.gateway);
            Value.Fields person = Value.object().put("person", asking.person).build();
            String link = asking.gateway.operator("people/link", person).text("link").orElseThrow();
            assertThat(byLink.welcome(link, new SoftPasskey()).statusCode()).isEqualTo(200);
            Visitor.ToSign same = new Visitor.ToSign(page.base(), page.request(), byLink.form());
            assertTurnedAway(asking, "challenge-unknown", byLink.sign(same));
            assertThat(given(asking.gateway)).isEmpty();
            assertThat(ada.sign(page).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNotAsItWasShownIsNotGiven() throws Exception {
        try (FakeHttpServer upstream = new FakeHttpServer();
                ConsentRig rig = McpOauthTest.open(data, upstream)) {
            McpOauthTest.see(rig);
            PublishedClient client = rig.client();
            Map<String, String> asked = client.usual();
            asked.put("authorization_details", BearerTest.WISH);
            Visitor ada = client.visitor();
            Visitor.ToSign page = toSign(client.page(asked));
            rig.gateway()
                    .operator(
                            "tools/mark",
                            Value.object().put("tool", "desk.echo").put("reads", false).build());
            int before = given(rig.gateway()).size();
            HttpResponse<String> refused = ada.sign(page);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("card-changed");
            assertThat(rig.gateway().events().getLast().toString()).contains("card-changed");
            assertThat(given(rig.gateway())).hasSize(before);
            assertThat(PublishedClient.back(client.answer(client.page(asked), "allow")))
                    .containsKey("code");
            Event.MandateGiven last = given(rig.gateway()).getLast();
            assertThat(last.signed().map(MandateSignature::passkey)).isPresent();
        }
    }
}
