package dev.remit.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.remit.authority.KnockedGateway;
import dev.remit.call.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof of an entry is checked in the browser, and one that was tampered with is found out. */
final class VerifyBrowserTest {
    private static final String OTHER =
            "remit.example/log+12345678+AbVdWJ3cSVVzcmzGnwfvQWcHyAmYcs0zJO2x7wB0gSsB";

    @Test
    void aProofIsCheckedAndATamperedOneTurnsRed(@TempDir Path data) throws Exception {
        try (KnockedGateway gateway = new KnockedGateway(data);
                Watched browser = new Watched()) {
            Page page = browser.page(1100, ColorScheme.LIGHT);
            Watched.signIn(page, link(gateway));
            String url = page.url().replace("/account", "/ledger/entries/");
            for (int entry = 0; entry < 5; entry++) {
                page.navigate(url + entry);
                assertThat(checked(page))
                        .startsWith("It holds: entry " + entry + " is in the log of ");
            }
            assertThat(page.getAttribute("[data-verified]", "class")).isEqualTo("good");
            browser.look(page, "entry-checked");
            for (UnaryOperator<String> tamper : TAMPERED) {
                page.route("**/ledger/proofs/*", route -> tampered(route, tamper));
                assertThat(checked(page)).startsWith("It does not hold: ");
                assertThat(page.getAttribute("[data-verified]", "class")).isEqualTo("bad");
                page.unroute("**/ledger/proofs/*");
            }
            page.fill("[data-keys]", OTHER);
            assertThat(checked(page)).isEqualTo("It does not hold: none of these keys signed it.");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static final List<UnaryOperator<String>> TAMPERED =
            List.of(
                    proof -> line(proof, 1, 10),
                    proof -> line(proof, 3, 4),
                    proof -> proof.replace("index 4", "index 3"),
                    proof -> proof.replaceFirst("\n[A-Za-z0-9+/=]{44}\n", "\n"),
                    proof -> proof.replaceFirst("\n\n([^\n]+)\n[0-9]+\n", "\n\n$1\n5\n"),
                    proof -> line(proof, proof.stripTrailing().lines().toList().size() - 1, 70),
                    proof -> "nonsense");

    /** With another letter at this place of this line. */
    private static String line(String proof, int number, int at) {
        String[] lines = proof.split("\n", -1);
        char old = lines[number].charAt(at);
        lines[number] =
                lines[number].substring(0, at)
                        + (old == 'A' ? 'B' : 'A')
                        + lines[number].substring(at + 1);
        return String.join("\n", lines);
    }

    private static void tampered(Route route, UnaryOperator<String> tamper) {
        String proof = route.fetch().text();
        String changed = tamper.apply(proof);
        assertThat(changed).isNotEqualTo(proof);
        route.fulfill(new Route.FulfillOptions().setStatus(200).setBody(changed));
    }

    private static String checked(Page page) {
        page.click("button:has-text('Check it here')");
        page.waitForSelector("[data-proof]:not([disabled])");
        return page.textContent("[data-verified]");
    }

    private static String link(KnockedGateway gateway) {
        return gateway.operator(
                        "people/add",
                        Value.object()
                                .put("name", "root")
                                .put("roles", Value.ofTexts(List.of("auditor")))
                                .build())
                .text("link")
                .orElseThrow();
    }
}
