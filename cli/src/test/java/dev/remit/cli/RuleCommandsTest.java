package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.ledger.Event;
import dev.remit.store.Archive;
import dev.remit.testkit.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever keeps the rules sees whether they are taken, on the terminal and by what is counted. */
final class RuleCommandsTest {
    @TempDir private Path home;
    private final int port = Ports.free();

    private static String rule(String id) {
        return "@id(\"" + id + "\") forbid(principal, action == Action::\"bank.pay\", resource);\n";
    }

    private String metrics() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private List<Event.RulesTaken> taken() {
        List<Event.RulesTaken> taken = new ArrayList<>();
        Archive.of(home.resolve(".remit"))
                .read(
                        0,
                        entry -> {
                            if (entry.event() instanceof Event.RulesTaken one) {
                                taken.add(one);
                            }
                            return true;
                        });
        return taken;
    }

    private void await(String metric) throws Exception {
        Instant end = Instant.now().plusSeconds(20);
        while (!metrics().contains(metric)) {
            assertThat(Instant.now()).as(metric).isBefore(end);
            Thread.sleep(100);
        }
    }

    @Test
    void whatIsNotTakenIsSaidUntilItIs() throws Exception {
        Path rules = Files.createDirectory(home.resolve("rules"));
        Files.writeString(rules.resolve("a.cedar"), rule("a"));
        Path config = home.resolve("remit.yaml");
        Files.writeString(config, "listen: 127.0.0.1:" + port + "\nrules: rules\n");
        Commands remit = new Commands(home);
        Process up = remit.start("Ctrl-C", "up", "--config", config.toString());
        try {
            assertThat(taken()).singleElement().satisfies(one -> holds(one, 1));
            Commands.Ran listed = remit.run("rules", "list");
            assertThat(listed.status()).as(listed.err()).isEqualTo(Exit.DONE);
            assertThat(listed.out())
                    .contains(taken().getFirst().digest().hex(), "otherwise permit")
                    .containsPattern("a +forbid +enforce +.*a.cedar: line 1");

            Files.writeString(rules.resolve("b.cedar"), "forbid(");
            await("remit_rules_not_taken 1.0");
            Commands.Ran wrong = remit.run("rules", "list");
            assertThat(wrong.status()).isEqualTo(Exit.FOUND_WRONG);
            assertThat(wrong.out()).contains("NOT TAKEN", "b.cedar: line 1", "a.cedar");
            Commands.Ran checked = remit.run("rules", "check");
            assertThat(checked.status()).isEqualTo(Exit.FOUND_WRONG);
            assertThat(checked.out()).contains("b.cedar: line 1");

            Files.writeString(rules.resolve("b.cedar"), rule("b"));
            await("remit_rules_not_taken 0.0");
            assertThat(remit.run("rules", "list").status()).isEqualTo(Exit.DONE);
            assertThat(taken()).hasSize(2);
            holds(taken().getLast(), 2);
            assertThat(remit.run("rules", "schema").out()).contains("entity Agent");
        } finally {
            up.destroy();
            up.waitFor();
        }
    }

    private static void holds(Event.RulesTaken taken, int rules) {
        assertThat(taken.rules()).isEqualTo(rules);
        assertThat(taken.texts().orElseThrow()).hasSize(rules);
    }
}
