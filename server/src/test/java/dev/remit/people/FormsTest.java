package dev.remit.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every page says of itself, and who may send a form. */
final class FormsTest {
    private static final String FORM_PATH = "/account/sessions/end";

    private final SoftPasskey passkey = new SoftPasskey();
    private KnockedGateway gateway = unset();
    private Visitor visitor = unsetVisitor();

    @SuppressWarnings("NullAway") // set before every test
    private static KnockedGateway unset() {
        return null;
    }

    @SuppressWarnings("NullAway") // set before every test
    private static Visitor unsetVisitor() {
        return null;
    }

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        gateway = new KnockedGateway(data);
        visitor = new Visitor(gateway);
        visitor.welcome(gateway.server().firstSignIn().orElseThrow().toString(), passkey);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private long records() {
        return gateway.events().stream().filter(Event.SignInRefused.class::isInstance).count();
    }

    private void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(code);
    }

    @Test
    @DisplayName("CONSOLE-002 OAUTH-015: a form of another site, or without its word, does nothing")
    void aForeignFormDoesNothing() {
        String word = "form=" + visitor.form();
        String here = visitor.origin();
        long before = records();
        assertRefused(
                visitor.postForm(here, "cross-site", "/sign-out", word), 403, "foreign-origin");
        assertRefused(
                visitor.postForm(here, "same-site", "/sign-out", word), 403, "foreign-origin");
        assertRefused(
                visitor.postForm(
                        here.replace("localhost", "127.0.0.1"), "same-origin", "/sign-out", word),
                403,
                "foreign-origin");
        assertThat(
                        visitor.postForm("https://evil.example", "cross-site", "/sign-out", word)
                                .statusCode())
                .isEqualTo(403);
        assertThat(visitor.postForm("null", "cross-site", "/sign-out", word).statusCode())
                .isEqualTo(403);
        assertRefused(visitor.postForm("/sign-out", ""), 403, "form-refused");
        assertRefused(visitor.postForm("/sign-out", "form=guessed"), 403, "form-refused");
        assertRefused(visitor.postForm("/sign-out", word + "&" + word), 400, "unreadable");
        assertThat(visitor.get("/sign-out").statusCode()).as("GET changes nothing").isEqualTo(404);
        assertThat(records() - before).isEqualTo(6);
        assertThat(visitor.isSignedIn()).isTrue();
        assertThat(visitor.postForm("/sign-out", word).statusCode()).isEqualTo(303);
        assertThat(visitor.isSignedIn()).isFalse();
    }

    @Test
    void theFirstPageOfAFreshGatewayLeadsToTheFirstCall() {
        assertThat(visitor.get("/").body())
                .contains("First steps", "./remit import", "remit connect --code CODE");
    }

    @Test
    @DisplayName("CONSOLE-002: one session's word is not another's")
    void aWordIsOneSessions() {
        String word = "form=" + visitor.form();
        Visitor other = new Visitor(gateway);
        other.signIn(passkey);
        assertRefused(other.postForm("/sign-out", word), 403, "form-refused");
        assertThat(other.postForm("/sign-out", "form=" + other.form()).statusCode()).isEqualTo(303);
    }

    @Test
    @DisplayName("CONSOLE-005: what is not one's own is not there")
    void othersSessionsAreNotThere() {
        String word = "&form=" + visitor.form();
        for (String id : List.of("", "x", "00".repeat(32))) {
            assertThat(visitor.postForm(FORM_PATH, "session=" + id + word).statusCode())
                    .isEqualTo(404);
        }
        assertThat(visitor.isSignedIn()).isTrue();
    }

    @Test
    @DisplayName("CONSOLE-003 CONSOLE-001: every page says what may be loaded: only our own")
    void everyPageHasItsPolicy() {
        for (String path : List.of("/sign-in", "/welcome", "/account", "/sign-in/nothing")) {
            var headers = visitor.get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
            assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(visitor.get(path).body())
                    .doesNotContain("<style", "javascript:")
                    .doesNotContainPattern("<script(?![^>]* src=\"/assets/)")
                    .doesNotContainPattern(" on[a-z]+=");
        }
    }

    @Test
    @DisplayName("CONSOLE-004: a session's cookie is for this host, and for no script")
    void cookiesSayWhatTheyAreFor() {
        Visitor fresh = new Visitor(gateway);
        HttpResponse<String> answer = fresh.signIn(passkey);
        String cookie =
                answer.headers().allValues("Set-Cookie").stream()
                        .filter(one -> one.startsWith("remit-session="))
                        .findFirst()
                        .orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Domain");
        fresh.cookies().put("x", "y; remit-session=other");
        assertThat(fresh.isSignedIn()).as("two cookies of one name").isFalse();
    }

    @Test
    @DisplayName("CONSOLE-009: who has not signed in is sent to do so, and back")
    void oneIsSentToSignInAndBack() {
        Visitor stranger = new Visitor(gateway);
        HttpResponse<String> answer = stranger.get("/account?a=b");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .contains(stranger.origin() + "/sign-in?return=%2Faccount%3Fa%3Db");
        assertThat(stranger.get("/sign-in?return=%2Faccount%3Fa%3Db").body())
                .contains("data-to=\"/account?a=b\"");
        assertThat(stranger.get("/sign-in?return=%2F%2Fevil.example").body())
                .contains("data-to=\"/\"");
    }

    @Test
    @DisplayName("CONSOLE-001: a name is shown as text, odd characters as codes")
    void aNameIsText() {
        String name = "<img src=x onerror=alert(1)>\u202egod";
        String link =
                gateway.operator("people/add", Value.object().put("name", name).build())
                        .text("link")
                        .orElseThrow();
        Visitor other = new Visitor(gateway);
        other.welcome(link, new SoftPasskey());
        assertThat(other.get("/account").body())
                .contains("&lt;img src=x onerror=alert(1)&gt;\\u{202e}god")
                .doesNotContain("<img", "\u202e");
    }
}
