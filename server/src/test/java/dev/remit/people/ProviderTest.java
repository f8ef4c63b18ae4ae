package dev.remit.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Value;
import dev.remit.identity.Role;
import dev.remit.identity.Secret;
import dev.remit.ledger.Event;
import dev.remit.main.Config;
import dev.remit.testkit.FakeProvider;
import dev.remit.testkit.FakeProvider.Signing;
import dev.remit.testkit.Ports;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with an organisation's provider; each lie beside the truth. */
final class ProviderTest {
    private static final Value.Fields INES = who("ines", "engineering");

    private final FakeProvider honest = new FakeProvider();
    private final FakeProvider other = new FakeProvider();
    private KnockedGateway gateway = unset();

    @SuppressWarnings("NullAway") // set before every test
    private static KnockedGateway unset() {
        return null;
    }

    private static Value.Fields who(String subject, String... groups) {
        return Value.object()
                .put("sub", subject)
                .put("name", subject + " of Acme")
                .put("groups", Value.ofTexts(List.of(groups)))
                .build();
    }

    private static ProviderSettings settings(String name, FakeProvider provider) {
        return new ProviderSettings(
                name,
                "Acme",
                URI.create(provider.issuer()),
                FakeProvider.CLIENT,
                Optional.of(new Secret(FakeProvider.SECRET)),
                List.of("openid", "profile"),
                List.of(),
                "groups",
                Map.of(
                        "engineering",
                        EnumSet.of(Role.PERSON),
                        "security",
                        EnumSet.of(Role.APPROVER, Role.AUDITOR)));
    }

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        gateway =
                new KnockedGateway(
                        data,
                        Config.usual()
                                .on(Ports.free())
                                .withProviders(
                                        List.of(
                                                settings("acme", honest),
                                                settings("other", other))));
        honest.vouchFor(INES);
        other.vouchFor(INES);
    }

    @AfterEach
    void stop() {
        gateway.close();
        honest.close();
        other.close();
    }

    /** Where the provider sends the browser back to, with its answer. */
    private static String answer(Visitor visitor, String provider) {
        HttpResponse<String> there = visitor.get("/sign-in/with/" + provider + "?return=/account");
        assertThat(there.statusCode()).as(there.body()).isEqualTo(303);
        return location(location(there));
    }

    private static String location(String from) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return location(
                    http.send(
                            HttpRequest.newBuilder(URI.create(from)).build(),
                            HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static HttpResponse<String> signIn(Visitor visitor) {
        return visitor.get(answer(visitor, "acme"));
    }

    private void assertSignsIn() {
        honest.sign(Signing.RS256);
        honest.vouchFor(INES);
        honest.answerAs(honest.issuer());
        Visitor visitor = new Visitor(gateway);
        assertThat(location(signIn(visitor))).isEqualTo(visitor.origin() + "/account");
        assertThat(visitor.isSignedIn()).isTrue();
    }

    private void assertRefused(HttpResponse<String> answer, Visitor visitor, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains(code).doesNotContain(FakeProvider.SECRET);
        assertThat(visitor.isSignedIn()).isFalse();
        assertThat(gateway.events().stream().filter(Event.SignInRefused.class::isInstance).count())
                .isEqualTo(1);
        assertThat(gateway.events()).noneMatch(Event.SignedIn.class::isInstance);
    }

    @Test
    @DisplayName("OAUTH-011 OAUTH-001: who the provider vouches for is signed in, with its roles")
    void whoIsVouchedForIsSignedIn() {
        assertSignsIn();
        assertThat(added()).hasSize(1);
        assertThat(added().getFirst().roles()).containsExactly(Role.PERSON);
        assertSignsIn();
        assertThat(added()).as("the second time it is the same person").hasSize(1);
        honest.vouchFor(who("ines", "security"));
        Visitor visitor = new Visitor(gateway);
        signIn(visitor);
        assertThat(visitor.get("/account").body()).contains("approver, auditor");
    }

    private List<Event.PersonAdded> added() {
        return gateway.events().stream()
                .filter(Event.PersonAdded.class::isInstance)
                .map(Event.PersonAdded.class::cast)
                .filter(person -> person.external().isPresent())
                .toList();
    }

    @TestFactory
    @DisplayName("OAUTH-020 OAUTH-011: an ID token that is not what it must be signs nobody in")
    Stream<DynamicTest> falseTokensAreRefused() {
        long now = Instant.now().getEpochSecond();
        Map<String, Value.Fields> lies =
                Map.ofEntries(
                        Map.entry("another nonce", INES.with("nonce", Value.of("guessed"))),
                        Map.entry("no nonce", INES.with("nonce", new Value.Nothing())),
                        Map.entry("another issuer", INES.with("iss", Value.of(other.issuer()))),
                        Map.entry("another client", INES.with("aud", Value.of("somebody"))),
                        Map.entry(
                                "two audiences and no azp",
                                INES.with(
                                        "aud",
                                        Value.ofTexts(List.of(FakeProvider.CLIENT, "somebody")))),
                        Map.entry("another azp", INES.with("azp", Value.of("somebody"))),
                        Map.entry("expired", INES.with("exp", Value.of(now - 120))),
                        Map.entry("no expiry", INES.with("exp", new Value.Nothing())),
                        Map.entry("from the future", INES.with("iat", Value.of(now + 600))),
                        Map.entry("old", INES.with("iat", Value.of(now - 7_200))),
                        Map.entry("no subject", INES.with("sub", Value.of(""))));
        return Stream.concat(
                lies.entrySet().stream()
                        .map(
                                lie ->
                                        DynamicTest.dynamicTest(
                                                lie.getKey(),
                                                () ->
                                                        assertLie(
                                                                () ->
                                                                        honest.vouchFor(
                                                                                lie.getValue())))),
                Stream.of(Signing.NONE, Signing.HS256_WITH_PUBLIC_KEY, Signing.OTHER_KEY)
                        .map(
                                how ->
                                        DynamicTest.dynamicTest(
                                                "signed with " + how,
                                                () -> assertLie(() -> honest.sign(how)))));
    }

    private void assertLie(Runnable lie) {
        long before = signedIn();
        lie.run();
        Visitor visitor = new Visitor(gateway);
        HttpResponse<String> answer = signIn(visitor);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("provider-refused");
        assertThat(visitor.isSignedIn()).isFalse();
        assertThat(signedIn()).isEqualTo(before);
        assertSignsIn();
    }

    private long signedIn() {
        return gateway.events().stream().filter(Event.SignedIn.class::isInstance).count();
    }

    @Test
    @DisplayName("OAUTH-011: an answer that names another issuer, or none, is not redeemed")
    void anAnswerNamesItsIssuer() {
        honest.answerAs(other.issuer());
        Visitor visitor = new Visitor(gateway);
        assertRefused(signIn(visitor), visitor, "provider-refused");
        assertThat(honest.redeemed()).isZero();
        honest.answerAs("");
        assertThat(signIn(new Visitor(gateway)).statusCode()).isEqualTo(403);
        assertThat(honest.redeemed()).isZero();
        assertSignsIn();
    }

    @Test
    @DisplayName(
            "OAUTH-012: one provider's answer brought to another one's address is not redeemed")
    void providersAreNotMixedUp() {
        Visitor visitor = new Visitor(gateway);
        String there = answer(visitor, "acme").replace("/from/acme", "/from/other");
        assertRefused(visitor.get(there), visitor, "challenge-unknown");
        assertThat(other.redeemed() + honest.redeemed()).isZero();
        assertSignsIn();
    }

    @Test
    @DisplayName("OAUTH-003 OAUTH-013: an answer is for the browser that asked, once")
    void anAnswerIsForOneBrowserOnce() {
        Visitor visitor = new Visitor(gateway);
        String there = answer(visitor, "acme");
        Visitor thief = new Visitor(gateway);
        assertRefused(thief.get(there), thief, "challenge-unknown");
        assertThat(honest.redeemed()).isZero();

        String begun = visitor.cookies().getOrDefault("remit-begun", "");
        assertThat(visitor.get(there).statusCode()).isEqualTo(303);
        visitor.cookies().put("remit-begun", begun);
        assertThat(visitor.get(there).body()).contains("challenge-unknown");
        assertThat(honest.redeemed()).isEqualTo(1);

        Visitor again = new Visitor(gateway);
        again.get("/sign-in/with/acme");
        assertThat(again.get(there).body()).as("another state").contains("challenge-unknown");
        assertThat(honest.redeemed()).isEqualTo(1);
    }

    @Test
    @DisplayName("OAUTH-003: a code of another sign-in is refused, whatever the state says")
    void aStolenCodeIsRefused() {
        Visitor victim = new Visitor(gateway);
        String stolen = answer(victim, "acme").replaceAll(".*[?&]code=([^&]+).*", "$1");
        Visitor thief = new Visitor(gateway);
        String own = answer(thief, "acme").replaceAll("code=[^&]+", "code=" + stolen);
        assertRefused(thief.get(own), thief, "provider-refused");
    }

    @Test
    @DisplayName(
            "CONSOLE-007: the same e-mail address, or name, at another provider is another person")
    void accountsAreFoundByIssuerAndSubject() {
        Value.Fields mail =
                INES.with("email", Value.of("ines@acme.example"))
                        .with("email_verified", Value.of(false));
        honest.vouchFor(mail);
        assertThat(signIn(new Visitor(gateway)).statusCode()).isEqualTo(303);
        other.vouchFor(mail);
        Visitor visitor = new Visitor(gateway);
        assertThat(visitor.get(answer(visitor, "other")).statusCode()).isEqualTo(303);
        honest.vouchFor(mail.with("sub", Value.of("mallory")));
        Visitor third = new Visitor(gateway);
        assertThat(signIn(third).statusCode()).isEqualTo(303);
        assertThat(added()).hasSize(3);
        assertThat(added().stream().map(one -> one.person().id()).distinct()).hasSize(3);
    }

    @Test
    @DisplayName(
            "CONSOLE-012 CONSOLE-013: who has no mapped group does not get in, and loses roles")
    void groupsDecide() {
        for (Value.Fields nobody :
                List.of(
                        who("eve"),
                        who("eve", "*", "administrator"),
                        who("eve").with("groups", Value.of("engineering")),
                        who("eve").with("roles", Value.ofTexts(List.of("administrator"))))) {
            honest.vouchFor(nobody);
            Visitor visitor = new Visitor(gateway);
            assertThat(signIn(visitor).body()).contains("role-unmapped");
            assertThat(visitor.isSignedIn()).isFalse();
        }
        assertThat(added()).isEmpty();
        assertSignsIn();
        honest.vouchFor(who("ines"));
        assertThat(signIn(new Visitor(gateway)).body()).contains("role-unmapped");
        assertThat(gateway.events())
                .anyMatch(
                        event ->
                                event instanceof Event.RolesChanged(_, Set<Role> roles, _)
                                        && roles.isEmpty());
    }

    @Test
    @DisplayName("OAUTH-027: a suspended person is not signed in by their provider either")
    void aSuspendedPersonStaysOut() {
        assertSignsIn();
        String person = added().getFirst().person().id().text();
        gateway.operator("people/suspend", Value.object().put("person", person).build());
        Visitor visitor = new Visitor(gateway);
        assertThat(signIn(visitor).body()).contains("person-suspended");
        assertThat(visitor.isSignedIn()).isFalse();
        gateway.operator("people/restore", Value.object().put("person", person).build());
        assertSignsIn();
    }

    @Test
    @DisplayName("CONSOLE-014: a provider's silent sign-in is not fresh; one that was asked for is")
    void stepUpAsksTheProviderAgain() {
        Visitor visitor = new Visitor(gateway);
        signIn(visitor);
        assertThat(addPasskey(visitor).body()).contains("shown-too-long-ago");
        String there = location(visitor.get("/sign-in/with/acme?return=/account&again=1"));
        assertThat(there).contains("max_age=0", "prompt=login");
        visitor.get(location(there));
        assertThat(addPasskey(visitor).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> addPasskey(Visitor visitor) {
        String form = visitor.form();
        HttpResponse<String> asked =
                visitor.postJson("/account/challenge", Value.Fields.EMPTY, "X-Remit-Form", form);
        if (asked.statusCode() != 200) {
            return asked;
        }
        Value made = new SoftPasskey().made(Visitor.options(asked), visitor.honest());
        return visitor.postJson(
                "/account/passkey",
                Value.object().put("credential", made).build(),
                "X-Remit-Form",
                form);
    }
}
