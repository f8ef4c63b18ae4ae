package dev.remit.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.remit.testkit.Chromium;
import dev.remit.testkit.Npm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A real browser whose pages are watched: what the browser complains of, what does not fit, what
 * somebody who does not see it could not use. With {@code -Dremit.pictures=FOLDER} it takes
 * pictures.
 */
final class Watched implements AutoCloseable {
    /** Of these there are pictures on a phone, too. */
    private static final Set<String> SMALL = Set.of("now", "approvals");

    private final List<String> complaints = new ArrayList<>();
    private final String axe;
    private final Playwright playwright;
    private final Browser browser;

    Watched() {
        Npm.install();
        try {
            axe = Files.readString(Npm.file("axe-core/axe.min.js"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Somebody's browser, with a virtual authenticator of its own. */
    Page page(int width, ColorScheme scheme) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 800)
                                .setColorScheme(scheme));
        Page page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error") && !message.text().contains("status of")) {
                        complaints.add(message.text());
                    }
                });
        page.onPageError(complaints::add);
        page.onDialog(
                dialog -> {
                    complaints.add("a dialog: " + dialog.message());
                    dialog.dismiss();
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

    /** Signs in with a link, as a person does. */
    static void signIn(Page page, String link) {
        page.navigate(link);
        page.click("button:has-text('Add a passkey')");
        page.waitForURL("**/account");
    }

    /** Looks at the page as it is now, and keeps a picture of it if they are wanted. */
    void look(Page page, String name) {
        int width = page.viewportSize().width;
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as(name + " is no wider than the window")
                .isEqualTo(page.evaluate("document.documentElement.clientWidth"));
        page.evaluate(axe);
        Object found =
                page.evaluate(
                        "async () => (await axe.run(document, {resultTypes: ['violations']}))"
                                + ".violations.filter((one) => ['serious', 'critical']"
                                + ".includes(one.impact)).map((one) => one.id + ': '"
                                + " + one.nodes.map((node) => node.html).join(' | '))");
        assertThat((List<?>) found).as(name + " at " + width).isEmpty();
        String folder = System.getProperty("remit.pictures", "");
        if (!folder.isEmpty() && (width > 500 || SMALL.contains(name))) {
            String kind = width < 500 ? "-phone" : "";
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setPath(Path.of(folder, "console-" + name + kind + ".png")));
        }
    }

    /** What the browser complained of, on whichever page. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
