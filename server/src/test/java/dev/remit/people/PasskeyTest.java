package dev.remit.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.testkit.SoftPasskey;
import dev.remit.testkit.SoftPasskey.Telling;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway, and a person with a passkey in software that may lie. */
final class PasskeyTest {
    private KnockedGateway gateway = unset();
    private String operator = "";

    @SuppressWarnings("NullAway") // set before every test
    private static KnockedGateway unset() {
        return null;
    }

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        gateway = new KnockedGateway(data);
        operator =
                gateway.events().stream()
                        .filter(Event.PersonAdded.class::isInstance)
                        .map(event -> ((Event.PersonAdded) event).person().id().text())
                        .findFirst()
                        .orElseThrow();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private String link() {
        return gateway.server().firstSignIn().orElseThrow().toString();
    }

    private long refused(String reason) {
        return gateway.events().stream()
                .filter(
                        event ->
                                event instanceof Event.SignInRefused(String why, _, _)
                                        && why.equals(reason))
                .count();
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Visitor.json(answer).text("code")).contains(code);
    }

    @Test
    @DisplayName(
            "APPR-013 CONSOLE-004 OAUTH-035: a link adds one passkey, once; then the passkey signs in")
    void aLinkAddsOnePasskey() {
        String link = link();
        SoftPasskey passkey = new SoftPasskey();
        Visitor visitor = new Visitor(gateway);
        assertThat(visitor.isSignedIn()).isFalse();
        assertThat(visitor.welcome(link, passkey).statusCode()).isEqualTo(200);
        assertThat(visitor.isSignedIn()).isTrue();
        assertThat(gateway.server().firstSignIn()).isEmpty();

        Visitor other = new Visitor(gateway);
        assertRefused(other.challengeForLink(link), 403, "link-refused");
        assertRefused(other.challengeForLink("#guessed"), 403, "link-refused");
        assertThat(refused("link-refused")).isEqualTo(2);
        assertThat(other.signIn(passkey).statusCode()).isEqualTo(200);
        assertThat(other.isSignedIn()).isTrue();
    }

    @Test
    @DisplayName("APPR-013: of two browsers that begin with one link, one ends")
    void aLinkIsUsedOnce() {
        String link = link();
        Visitor first = new Visitor(gateway);
        Visitor second = new Visitor(gateway);
        Value.Fields forFirst = Visitor.options(first.challengeForLink(link));
        Value.Fields forSecond = Visitor.options(second.challengeForLink(link));
        assertThat(add(first, forFirst).statusCode()).isEqualTo(200);
        assertRefused(add(second, forSecond), 403, "link-refused");
        assertThat(second.isSignedIn()).isFalse();
    }

    private static HttpResponse<String> add(Visitor visitor, Value.Fields options) {
        return visitor.postJson(
                "/welcome/passkey",
                Value.object()
                        .put("credential", new SoftPasskey().made(options, visitor.honest()))
                        .build());
    }

    @TestFactory
    @DisplayName("CONSOLE-004 OAUTH-034: a passkey shown elsewhere, or unverified, signs nobody in")
    Stream<DynamicTest> whatIsNotShownHereIsRefused() {
        SoftPasskey passkey = new SoftPasskey();
        Visitor visitor = new Visitor(gateway);
        visitor.welcome(link(), passkey);
        String here = visitor.origin();
        return Stream.of(
                        new Telling("https://evil.example", "localhost", true),
                        new Telling(here + ".evil.example", "localhost", true),
                        new Telling("http://localhost:1", "localhost", true),
                        new Telling("http://sub.localhost", "localhost", true),
                        new Telling(here, "evil.example", true),
                        new Telling(here, "localhost", false))
                .map(
                        telling ->
                                DynamicTest.dynamicTest(
                                        telling.toString(),
                                        () -> {
                                            Visitor other = new Visitor(gateway);
                                            assertRefused(
                                                    other.signIn(passkey, telling, "/account"),
                                                    403,
                                                    "passkey-refused");
                                            assertThat(other.isSignedIn()).isFalse();
                                            assertThat(other.signIn(passkey).statusCode())
                                                    .isEqualTo(200);
                                        }));
    }

    @Test
    @DisplayName("CONSOLE-004: a passkey that is not ours, or whose counter went back, is refused")
    void foreignPasskeysAndCopiesAreRefused() {
        SoftPasskey passkey = new SoftPasskey();
        Visitor visitor = new Visitor(gateway);
        visitor.welcome(link(), passkey);
        assertThat(visitor.signIn(passkey).statusCode()).isEqualTo(200);
        assertThat(visitor.signIn(passkey).statusCode()).isEqualTo(200);
        passkey.setBack(0);
        assertRefused(new Visitor(gateway).signIn(passkey), 403, "passkey-refused");
        assertRefused(new Visitor(gateway).signIn(new SoftPasskey()), 403, "passkey-refused");
    }

    @Test
    @DisplayName("OAUTH-034 OAUTH-014: a challenge is for the browser that asked for it, once")
    void aChallengeIsForOneBrowserOnce() {
        SoftPasskey passkey = new SoftPasskey();
        Visitor visitor = new Visitor(gateway);
        visitor.welcome(link(), passkey);
        Value.Fields options =
                Visitor.options(visitor.postJson("/sign-in/challenge", Value.Fields.EMPTY));
        Value.Fields shown =
                Value.object().put("credential", passkey.shown(options, visitor.honest())).build();
        Visitor thief = new Visitor(gateway);
        assertRefused(thief.postJson("/sign-in/passkey", shown), 403, "challenge-unknown");
        String begun = visitor.cookies().get("remit-begun");
        assertThat(visitor.postJson("/sign-in/passkey", shown).statusCode()).isEqualTo(200);
        visitor.cookies().put("remit-begun", begun == null ? "" : begun);
        assertRefused(visitor.postJson("/sign-in/passkey", shown), 403, "challenge-unknown");
    }

    @Test
    @DisplayName("OAUTH-034 CONSOLE-004: signing in makes a session of its own, whatever was sent")
    void aSessionIsNeverAdopted() {
        SoftPasskey passkey = new SoftPasskey();
        Visitor visitor = new Visitor(gateway);
        visitor.cookies().put("remit-session", "planted");
        visitor.welcome(link(), passkey);
        String first = visitor.cookies().getOrDefault("remit-session", "");
        assertThat(first).isNotEqualTo("planted").hasSizeGreaterThan(40);
        visitor.signIn(passkey);
        String second = visitor.cookies().getOrDefault("remit-session", "");
        assertThat(second).isNotEqualTo(first);
        assertThat(visitor.isSignedIn()).isTrue();
        visitor.cookies().put("remit-session", first);
        assertThat(visitor.isSignedIn()).as("the session before").isFalse();
        visitor.cookies().put("remit-session", "planted");
        assertThat(visitor.isSignedIn()).isFalse();
    }

    @Test
    @DisplayName("CONSOLE-004: a person's sessions end when they say so, and with a suspension")
    void sessionsEnd() {
        SoftPasskey passkey = new SoftPasskey();
        Visitor visitor = new Visitor(gateway);
        visitor.welcome(link(), passkey);
        Visitor other = new Visitor(gateway);
        other.signIn(passkey);
        assertThat(other.postForm("/sign-out", "form=" + other.form()).statusCode()).isEqualTo(303);
        assertThat(other.isSignedIn()).isFalse();
        assertThat(visitor.isSignedIn()).isTrue();

        gateway.operator("people/suspend", person());
        assertThat(visitor.isSignedIn()).isFalse();
        assertRefused(new Visitor(gateway).signIn(passkey), 403, "person-suspended");
        gateway.operator("people/restore", person());
        assertThat(visitor.isSignedIn()).as("what a suspension ended stays ended").isFalse();
        assertThat(visitor.signIn(passkey).statusCode()).isEqualTo(200);
        assertThat(visitor.isSignedIn()).isTrue();
    }

    @Test
    @DisplayName("CONSOLE-004: a restart signs nobody out")
    void aRestartSignsNobodyOut() {
        SoftPasskey passkey = new SoftPasskey();
        Visitor visitor = new Visitor(gateway);
        visitor.welcome(link(), passkey);
        gateway.close();
        gateway = new KnockedGateway(gateway.data(), gateway.config());
        assertThat(visitor.isSignedIn()).isTrue();
        assertThat(visitor.signIn(passkey).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("OAUTH-027: a suspended person's link adds nothing, then or later")
    void aSuspensionEndsLinks() {
        String link = link();
        gateway.operator("people/suspend", person());
        assertRefused(new Visitor(gateway).challengeForLink(link), 403, "link-refused");
        gateway.operator("people/restore", person());
        assertRefused(new Visitor(gateway).challengeForLink(link), 403, "link-refused");
        assertThat(new Visitor(gateway).challengeForLink(link()).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("CONSOLE-009: after signing in one goes on to a path of ours, nowhere else")
    void oneGoesOnToAPathOfOurs() {
        SoftPasskey passkey = new SoftPasskey();
        Visitor visitor = new Visitor(gateway);
        visitor.welcome(link(), passkey);
        for (String to :
                List.of(
                        "//evil.example",
                        "/\\evil.example",
                        "\\\\evil.example",
                        "https://evil.example",
                        "javascript:alert(1)",
                        "/\t/evil.example",
                        "/ok\nLocation: //evil",
                        " //evil.example",
                        "")) {
            assertThat(Visitor.json(visitor.signIn(passkey, visitor.honest(), to)).text("to"))
                    .as(to)
                    .contains("/");
        }
        assertThat(
                        Visitor.json(
                                        visitor.signIn(
                                                passkey,
                                                visitor.honest(),
                                                "/oauth2/authorize?a=b&c=%2F%2Fd"))
                                .text("to"))
                .contains("/oauth2/authorize?a=b&c=%2F%2Fd");
    }

    private Value.Fields person() {
        return Value.object().put("person", operator).build();
    }
}
