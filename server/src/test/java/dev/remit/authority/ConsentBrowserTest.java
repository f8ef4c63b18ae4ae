package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.remit.authority.Asking.Asked;
import dev.remit.authority.Asking.Way;
import dev.remit.identity.Jws;
import dev.remit.ledger.Event;
import dev.remit.mandate.Permission;
import dev.remit.testkit.Chromium;
import dev.remit.testkit.SoftPasskey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of consent in a real browser, on a phone's width, in light and dark; with {@code
 * -Dremit.pictures=FOLDER} it takes pictures of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsentBrowserTest {
    private final List<String> complaints = new ArrayList<>();
    private final SoftPasskey passkey = new SoftPasskey();
    private long counted;
    private Asking asking = unset();
    private Playwright playwright = unset();
    private Browser browser = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        Path chromium = Chromium.program();
        asking = new Asking(data, passkey);
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
        asking.close();
    }

    private String origin() {
        return asking.gateway.config().peoplesOrigin().orElseThrow();
    }

    private BrowserContext context(ColorScheme scheme) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(390, 844)
                                .setColorScheme(scheme));
        asking.visitor()
                .cookies()
                .forEach(
                        (name, value) ->
                                context.addCookies(
                                        List.of(new Cookie(name, value).setUrl(origin()))));
        return context;
    }

    /** A page of a browser whose device has the person's passkey. */
    private Page page(BrowserContext context) {
        Page page = context.newPage();
        CDPSession session = context.newCDPSession(page);
        session.send("WebAuthn.enable");
        JsonObject device = new JsonObject();
        device.add("options", device());
        String authenticator =
                session.send("WebAuthn.addVirtualAuthenticator", device)
                        .get("authenticatorId")
                        .getAsString();
        JsonObject credential = new JsonObject();
        credential.addProperty("authenticatorId", authenticator);
        credential.add("credential", credential());
        session.send("WebAuthn.addCredential", credential);
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error") && !message.text().contains("status of")) {
                        complaints.add(message.text());
                    }
                });
        return page;
    }

    private static JsonObject device() {
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        return options;
    }

    private JsonObject credential() {
        counted += 100;
        JsonObject credential = new JsonObject();
        credential.addProperty("credentialId", standard(Jws.decode(passkey.id())));
        credential.addProperty("isResidentCredential", false);
        credential.addProperty("rpId", "localhost");
        credential.addProperty("privateKey", standard(passkey.pkcs8()));
        credential.addProperty("signCount", counted);
        return credential;
    }

    private static String standard(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void fits(Page page, String name) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(name + " is no wider than the phone")
                .isEqualTo(true);
        String folder = System.getProperty("remit.pictures", "");
        if (!folder.isEmpty()) {
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(Path.of(folder, name + ".png")));
        }
    }

    @Test
    void aPersonAnswersOnAPhone() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext context = context(scheme)) {
                Page page = page(context);
                byCode(page, scheme);
                byInbox(page, scheme);
                byRedirect(page, scheme);
                less(page, scheme);
            }
        }
        assertThat(complaints).isEmpty();
    }

    private void byCode(Page page, ColorScheme scheme) {
        Asked asked = asking.ask(Way.BY_CODE);
        page.navigate(origin() + "/device?user_code=" + asked.userCode());
        fits(page, "device-" + scheme);
        page.click("text=Go on");
        assertThat(page.textContent("h1")).isEqualTo("May it act for you?");
        fits(page, "device-card-" + scheme);
        page.focus("[data-passkey]");
        page.keyboard().press("Enter");
        page.waitForURL("**/requests?given=mdt_*");
        assertThat(page.textContent("h1")).isEqualTo("Done");
        Asking.good(asking.fetch(Way.BY_CODE, asked.word()));
    }

    private void byInbox(Page page, ColorScheme scheme) {
        Asked asked = asking.ask(Way.BY_INBOX);
        page.navigate(origin() + "/requests");
        fits(page, "requests-" + scheme);
        page.click("text=See what it asks for");
        assertThat(page.textContent("main")).contains(asked.userCode(), "Order 66");
        fits(page, "requests-card-" + scheme);
        page.click("button:has-text('Refuse')");
        assertThat(page.textContent("h1")).isEqualTo("Refused");
        Asking.assertError(asking.fetch(Way.BY_INBOX, asked.word()), "access_denied");
    }

    /** A client that leaves the choice to the person; nothing need be filled in to refuse. */
    private void byRedirect(Page page, ColorScheme scheme) {
        Map<String, String> asked = asking.published.usual();
        asked.remove("authorization_details");
        String query =
                asked.entrySet().stream()
                        .map(
                                one ->
                                        one.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        page.route(
                "http://127.0.0.1:4711/**",
                route -> route.fulfill(new Route.FulfillOptions().setBody("back at the client")));
        page.navigate(origin() + "/oauth2/authorize?" + query);
        fits(page, "choice-" + scheme);
        page.click("button:has-text('Refuse')");
        page.waitForURL("http://127.0.0.1:4711/callback?**");
        assertThat(page.url()).contains("error=access_denied");
    }

    /** While somebody takes something away, the card as it was cannot be signed. */
    private void less(Page page, ColorScheme scheme) {
        Map<String, String> asked = asking.published.usual();
        asked.put("authorization_details", LoweredConsentTest.TWO);
        page.navigate(origin() + "/oauth2/authorize?" + PublishedClient.form(asked));
        assertThat(page.isVisible("[data-passkey]")).isTrue();
        page.click("summary:has-text('Give less')");
        assertThat(page.isVisible("[data-passkey]")).isFalse();
        fits(page, "less-" + scheme);
        page.uncheck("[name='keep:edit']");
        page.selectOption("[name=lives]", "PT15M");
        page.click("text=See what is left");
        assertThat(page.textContent("main")).contains("15 minutes", "read");
        fits(page, "left-" + scheme);
        page.click("[data-passkey]");
        page.waitForURL("http://127.0.0.1:4711/callback?**");
        assertThat(page.url()).contains("code=");
        Event.MandateGiven given =
                asking.gateway.events().stream()
                        .filter(Event.MandateGiven.class::isInstance)
                        .map(Event.MandateGiven.class::cast)
                        .toList()
                        .getLast();
        assertThat(given.signed()).isPresent();
        assertThat(given.mandate().permissions().all())
                .extracting(Permission::name)
                .containsExactly("read");
    }
}
