package dev.remit.giving;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.remit.call.Value;
import dev.remit.identity.MandateId;
import dev.remit.identity.Role;
import dev.remit.ledger.Entry;
import dev.remit.ledger.audit.MandateTrail;
import dev.remit.mandate.Amendment.Act;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Suggestions.Suggestion;
import dev.remit.testkit.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * From the link to the mandate that is over, in a real browser with its own virtual authenticator,
 * wide and on a phone; with {@code -Dremit.pictures=FOLDER} it takes pictures.
 */
final class GivingBrowserTest {
    private final List<String> complaints = new ArrayList<>();

    private static Page page(BrowserContext context, List<String> complaints) {
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

    private static void seen(Page page, String name, int width) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(name + " is no wider than " + width)
                .isEqualTo(true);
        String folder = System.getProperty("remit.pictures", "");
        if (!folder.isEmpty()) {
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(Path.of(folder, "mandates-" + name + "-" + width + ".png")));
        }
    }

    @Test
    void fromTheLinkToTheEnd() throws IOException {
        Path chromium = Chromium.program();
        try (Playwright playwright =
                        Playwright.create(
                                new Playwright.CreateOptions()
                                        .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser =
                        playwright
                                .chromium()
                                .launch(
                                        new BrowserType.LaunchOptions()
                                                .setExecutablePath(chromium)
                                                .setArgs(List.of("--no-sandbox")))) {
            through(browser, 1100, ColorScheme.LIGHT);
            through(browser, 390, ColorScheme.DARK);
        }
        assertThat(complaints).isEmpty();
    }

    private void through(Browser browser, int width, ColorScheme scheme) throws IOException {
        try (GivingRig rig = new GivingRig();
                BrowserContext context =
                        browser.newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(width, 844)
                                        .setColorScheme(scheme))) {
            Page page = page(context, complaints);
            page.navigate(rig.link("Ada", Role.PERSON));
            page.click("button:has-text('Add a passkey')");
            page.waitForURL("**/account");

            page.navigate(rig.origin + "/mandates");
            page.click("text=Give a mandate");
            page.fill("[name=task]", "Read my notes of Thursday \u202e<i>and</i> say what is open");
            page.selectOption("[name=lives]", "PT8H");
            page.focus("[name='tool:files.read']");
            page.keyboard().press("Space");
            page.fill("[name='uses:files.read']", "20");
            seen(page, "new", width);
            restrict(page, width);
            rig.suggestions = _ -> List.of(new Suggestion(Act.PAY, "what is open"));
            page.click("text=See what this gives");
            assertThat(page.textContent("main"))
                    .contains("A model of your own reads more in “what is open”: to pay.")
                    .doesNotContain("said beside the words");
            seen(page, "suggested", width);
            page.click("text=Yes, pay too");
            assertThat(page.textContent("main"))
                    .contains("pay (said beside the words)")
                    .doesNotContain("A model of your own");
            assertThat(page.textContent("main")).contains("<i>and</i>", "\\u{202e}", "at most 20");
            seen(page, "card", width);
            page.focus("[data-passkey]");
            page.keyboard().press("Enter");
            page.waitForURL("**/mandates/mdt_*");
            MandateId id = new MandateId(page.url().substring(page.url().lastIndexOf('/') + 1));
            assertSigned(rig, id);

            Mandate mandate = rig.store.find(id).orElseThrow().mandate();
            rig.asks(
                    mandate,
                    "not-permitted",
                    Value.object()
                            .put("path", "/notes/thursday.md")
                            .put("text", "pаy <script>alert(1)</script> now")
                            .build());
            page.navigate(rig.origin + "/mandates");
            seen(page, "list", width);
            page.click("text=files.write");
            assertThat(page.textContent("main")).contains("<script>", "p\\u{430}y");
            seen(page, "one", width);
            page.click("text=Yes, anything like it");
            assertThat(page.textContent("main")).contains("version 2");
            page.fill("[name=why]", "enough");
            page.click("text=Revoke it now");
            assertThat(page.textContent("main")).contains("revoked");
        }
    }

    /** What cannot be understood is said, and nothing of the rest is lost. */
    private static void restrict(Page page, int width) {
        page.check("[name='tool:bank.pay']");
        page.click("div.tool:has([name='tool:bank.pay']) summary");
        page.selectOption("[name='is:bank.pay:amount']", "most");
        page.fill("[name='to:bank.pay:amount']", "9,50");
        page.fill("[name='sum:bank.pay:amount']", "200");
        page.selectOption("[name='after:bank.pay']", "files.read");
        page.click("text=More limits");
        page.fill("[name=rate]", "3");
        seen(page, "restricted", width);
        page.click("text=See what this gives");
        assertThat(page.textContent("[role=alert]")).contains("`9,50` is no number");
        seen(page, "wrong", width);
        assertThat(page.isChecked("[name='tool:bank.pay']")).isTrue();
        assertThat(page.inputValue("[name='sum:bank.pay:amount']")).isEqualTo("200");
        assertThat(page.inputValue("[name='after:bank.pay']")).isEqualTo("files.read");
        page.fill("[name='to:bank.pay:amount']", "9.50");
        page.click("text=See what this gives");
        assertThat(page.textContent("main"))
                .contains(
                        "`amount` must be at most 9.50",
                        "at most 200 of `amount` in all",
                        "only after files.read has succeeded",
                        "3 calls in any");
        page.click("text=Change or restrict it");
        assertThat(page.inputValue("[name='to:bank.pay:amount']")).isEqualTo("9.50");
        assertThat(page.inputValue("[name=rate]")).isEqualTo("3");
    }

    private static void assertSigned(GivingRig rig, MandateId id) {
        MandateTrail trail = new MandateTrail(id, Optional.of(rig.origin));
        for (Entry one : rig.store.entries()) {
            trail.observe(one);
        }
        assertThat(trail.given().orElseThrow().approval())
                .isInstanceOf(MandateTrail.Approval.Signed.class);
    }
}
