package dev.remit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.ledger.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rules are taken over, what of them is on record, and what the operator is shown. */
final class RuleWatchTest {
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir private Path folder;
    private final List<Event.RulesTaken> written = new ArrayList<>();

    private static String rule(String id) {
        return "@id(\"" + id + "\") forbid(principal, action, resource) when { context.key };\n";
    }

    private void write(String file, String... ids) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String one : ids) {
            text.append(rule(one));
        }
        Files.writeString(folder.resolve(file), text);
    }

    private RuleWatch watch(RuleFolder.Fallback fallback, Duration pause) {
        RuleWatch watch = new RuleWatch(new RuleFolder(folder, fallback), pause);
        watch.start(written::add);
        return watch;
    }

    @Test
    void whatIsStillBeingWrittenIsNoRule() throws IOException {
        write("a.cedar", "a");
        try (RuleWatch watch = watch(RuleFolder.Fallback.PERMIT, NEVER)) {
            for (List<String> now : List.of(List.of("a", "b"), List.of("a", "b", "c"))) {
                write("a.cedar", now.toArray(String[]::new));
                watch.lookOnce(written::add, false);
                assertThat(written).hasSize(1);
                assertThat(watch.taken().rules().all()).hasSize(1);
            }
            for (int i = 0; i < 3; i++) {
                watch.lookOnce(written::add, false);
                assertThat(written).as("once").hasSize(2);
                assertThat(watch.taken().rules().all()).hasSize(3);
            }
            Files.move(folder.resolve("a.cedar"), folder.resolve("b.cedar"));
            watch.lookOnce(written::add, false);
            watch.lookOnce(written::add, false);
            assertThat(written).as("they stand elsewhere").hasSize(3);
        }
    }

    @Test
    void theRecordSaysWhatBecomesOfTheRestAndKeepsNoBook() throws IOException {
        write("a.cedar", "a");
        try (RuleWatch watch = watch(RuleFolder.Fallback.FORBID, NEVER)) {
            assertThat(written.getLast().otherwise()).isEqualTo("forbid");
            assertThat(written.getLast().texts()).isPresent();
            Files.writeString(folder.resolve("a.cedar"), rule("a") + "// a note\n".repeat(1 << 15));
            watch.lookOnce(written::add, false);
            watch.lookOnce(written::add, false);
            assertThat(written).hasSize(2);
            assertThat(written.getLast().texts()).isEmpty();
            assertThat(written.getLast().digest()).isEqualTo(watch.taken().digest());
        }
    }

    @Test
    void theOperatorSeesWhatIsInForceAndWhatStandsInTheFolder() throws Exception {
        write("a.cedar", "a");
        try (RuleWatch watch = watch(RuleFolder.Fallback.FORBID, Duration.ofMillis(10))) {
            RuleActs acts = new RuleActs(Optional.of(watch), () -> Known.of(Set.of("bank")));
            Value.Fields good = act(acts, "rules/list");
            assertThat(good.items("rules")).hasSize(1);
            assertThat(good.text("digest")).contains(watch.taken().digest().hex());
            assertThat(good.text("otherwise")).contains("forbid");
            assertThat(good.text("trouble")).contains("");
            assertThat(act(acts, "rules/check").items("faults")).isEmpty();

            Files.writeString(folder.resolve("b.cedar"), rule("a"));
            await(acts, true);
            assertThat(act(acts, "rules/list").with("trouble", Value.of(""))).isEqualTo(good);
            assertThat(act(acts, "rules/check").json()).contains("is a rule already");
            Files.delete(folder.resolve("b.cedar"));
            await(acts, false);
            assertThat(written).hasSize(1);
        }
        RuleActs none = new RuleActs(Optional.empty(), () -> Known.of(Set.of()));
        assertThat(act(none, "rules/list").json()).isEqualTo("{\"rules\":[]}");
        assertThat(none.act("rules/change")).isEmpty();
    }

    private static Value.Fields act(RuleActs acts, String name) {
        return (Value.Fields) acts.act(name).orElseThrow();
    }

    private static void await(RuleActs acts, boolean trouble) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(10);
        while (act(acts, "rules/list").text("trouble").orElseThrow().isEmpty() == trouble) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(10);
        }
    }
}
