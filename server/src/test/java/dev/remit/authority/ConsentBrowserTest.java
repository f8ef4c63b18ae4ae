package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.remit.authority.Asking.Asked;
import dev.remit.authority.Asking.Way;
import dev.remit.testkit.Chromium;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
        asking = new Asking(data);
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

    private Page page(BrowserContext context) {
        Page page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error") && !message.text().contains("status of")) {
                        complaints.add(message.text());
                    }
                });
        return page;
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
        page.click("text=Give this mandate");
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
}
