package dev.remit.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.remit.authority.KnockedGateway;
import dev.remit.call.Value;
import dev.remit.identity.Role;
import dev.remit.identity.Secret;
import dev.remit.main.Config;
import dev.remit.testkit.Chromium;
import dev.remit.testkit.FakeProvider;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser, with the browser's own virtual authenticator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserTest {
    private final FakeProvider provider = new FakeProvider();
    private final List<String> complaints = new ArrayList<>();
    private KnockedGateway gateway = unset();
    private Playwright playwright = unsetPlaywright();
    private Browser browser = unsetBrowser();

    @SuppressWarnings("NullAway") // set before every test
    private static KnockedGateway unset() {
        return null;
    }

    @SuppressWarnings("NullAway") // set before every test
    private static Playwright unsetPlaywright() {
        return null;
    }

    @SuppressWarnings("NullAway") // set before every test
    private static Browser unsetBrowser() {
        return null;
    }

    @BeforeAll
    void open() {
        Path chromium = Chromium.program();
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(chromium)
                                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    void close() {
        browser.close();
        playwright.close();
        provider.close();
    }

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        ProviderSettings settings =
                new ProviderSettings(
                        "acme",
                        "Acme",
                        URI.create(provider.issuer()),
                        FakeProvider.CLIENT,
                        Optional.of(new Secret(FakeProvider.SECRET)),
                        List.of("openid"),
                        List.of(),
                        "groups",
                        Map.of("engineering", EnumSet.of(Role.PERSON)));
        gateway =
                new KnockedGateway(
                        data, Config.usual().on(Ports.free()).withProviders(List.of(settings)));
        complaints.clear();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Page page(BrowserContext context) {
        Page page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error") && !message.text().contains("status of")) {
                        complaints.add(message.text());
                    }
                });
        CDPSession session = context.newCDPSession(page);
        session.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject parameters = new JsonObject();
        parameters.add("options", options);
        session.send("WebAuthn.addVirtualAuthenticator", parameters);
        return page;
    }

    private String link() {
        return gateway.server().firstSignIn().orElseThrow().toString();
    }

    private String origin() {
        return gateway.config().peoplesOrigin().orElseThrow();
    }

    @Test
    @DisplayName("CONSOLE-004 APPR-013: link, passkey, sign out, sign in, in a real browser")
    void fromTheLinkToTheSecondSignIn() {
        String link = link();
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context);
            page.navigate(link);
            page.click("button:has-text('Add a passkey')");
            page.waitForURL("**/account");
            assertThat(page.content()).contains("You are signed in");
            assertCookie(context);

            page.click("text=Sign out");
            page.waitForURL("**/sign-in");
            page.navigate(origin() + "/account?a=b");
            page.waitForURL("**/sign-in?**");
            page.click("text=Use a passkey");
            page.waitForURL("**/account?a=b");
            assertThat(page.content()).contains("You are signed in");

            page.click("button:has-text('Add a passkey')");
            page.waitForSelector("[role=alert]:not(:empty)");
            assertThat(page.textContent("[role=alert]"))
                    .as("this device has one already")
                    .isNotEmpty();
        }
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context);
            page.navigate(link);
            page.click("button:has-text('Add a passkey')");
            page.waitForSelector("[role=alert]:not(:empty)");
            assertThat(page.textContent("[role=alert]")).contains("unknown, used or too old");
        }
        assertThat(complaints).isEmpty();
    }

    private static void assertCookie(BrowserContext context) {
        Cookie cookie =
                context.cookies().stream()
                        .filter(one -> one.name.equals("remit-session"))
                        .findFirst()
                        .orElseThrow();
        assertThat(cookie.httpOnly).isTrue();
        assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
        assertThat(cookie.path).isEqualTo("/");
        assertThat(cookie.domain).isEqualTo("localhost");
    }

    @Test
    @DisplayName("CONSOLE-002 CONSOLE-003: a page of another origin neither frames nor posts")
    void anotherOriginDoesNothing() {
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context);
            page.navigate(link());
            page.click("button:has-text('Add a passkey')");
            page.waitForURL("**/account");
            String word = page.getAttribute("input[name=form]", "value");

            Page evil = context.newPage();
            evil.navigate(provider.issuer() + "/nothing");
            evil.setContent(
                    "<iframe src='"
                            + origin()
                            + "/account'></iframe><form method=post action='"
                            + origin()
                            + "/sign-out'><input name=form value='"
                            + word
                            + "'><button>go</button></form>");
            evil.waitForTimeout(500);
            assertThat(evil.frames().getLast().content()).doesNotContain("You are signed in");
            var answer = evil.waitForResponse("**/sign-out", () -> evil.click("text=go"));
            assertThat(answer.status()).isEqualTo(403);
            page.reload();
            assertThat(page.content()).contains("You are signed in");
        }
    }

    @Test
    @DisplayName("OAUTH-034: a session that somebody planted is not the one that is signed in")
    void aPlantedSessionStaysWorthless() {
        try (BrowserContext context = browser.newContext()) {
            context.addCookies(List.of(new Cookie("remit-session", "planted").setUrl(origin())));
            Page page = page(context);
            page.navigate(link());
            page.click("button:has-text('Add a passkey')");
            page.waitForURL("**/account");
            assertThat(context.cookies()).noneMatch(cookie -> cookie.value.equals("planted"));
        }
        try (BrowserContext context = browser.newContext()) {
            context.addCookies(List.of(new Cookie("remit-session", "planted").setUrl(origin())));
            Page page = page(context);
            page.navigate(origin() + "/account");
            assertThat(page.url()).contains("/sign-in?");
        }
    }

    @Test
    @DisplayName("OAUTH-011 CONSOLE-009: with a provider, there and back, in a real browser")
    void withAProvider() {
        provider.vouchFor(
                Value.object()
                        .put("sub", "ines")
                        .put("name", "Ines")
                        .put("groups", Value.ofTexts(List.of("engineering")))
                        .build());
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context);
            page.navigate(origin() + "/account?x=y");
            page.click("text=Sign in with Acme");
            page.waitForURL("**/account?x=y");
            assertThat(page.textContent("h1")).isEqualTo("Ines");
        }
        assertThat(complaints).isEmpty();
    }
}
