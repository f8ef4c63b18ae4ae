package dev.remit.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.ledger.told.Line;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.Sample;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What goes on, line by line, as the ledger has it. */
final class WatchTest {
    private final MemoryStore store = new MemoryStore();
    private final Sample sample = new Sample(store);
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Mandate mandate = sample.ready("a");

    private Watch watch(boolean json, Predicate<Line> wanted) {
        return new Watch(
                store,
                _ -> "\u001b[31mscribe\u202e",
                wanted,
                json,
                ZoneOffset.UTC,
                new PrintStream(screen, true, StandardCharsets.UTF_8));
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theLastOnesComeFirstAndThenEachAsItIsDecidedAndAsItEnds() throws Exception {
        sample.append(sample.allowed(mandate, "free", "one"));
        sample.append(sample.refused(mandate, 0, "two"));
        Watch watch = watch(false, line -> line.call().isPresent());
        watch.past(1);
        assertThat(shown().lines())
                .singleElement()
                .asString()
                .contains("refused", "up.tool", "call_two");
        Thread following =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        watch.follow();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        sample.append(Sample.concluded(new CallId("call_one")));
        sample.append(sample.allowed(mandate, "free", "three"));
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!shown().contains("call_three") && System.nanoTime() < until) {
            Thread.sleep(10);
        }
        following.interrupt();
        following.join();
        assertThat(shown().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).contains("answered", "after 3 ms", "call_one"),
                        line ->
                                assertThat(line)
                                        .contains("allowed", "permission free", "call_three"));
        assertThat(shown()).doesNotContain("\u001b", "\u202e").contains("\\u{1b}[31mscribe");
    }

    @Test
    void asJsonEachLineStandsByItself() throws Exception {
        sample.append(sample.allowed(mandate, "free", "one"));
        sample.append(Sample.concluded(new CallId("call_one")));
        watch(true, line -> line.agent().equals(java.util.Optional.of(mandate.agent()))).past(50);
        Value.Fields last =
                JsonReader.readFields(
                        shown().lines().toList().getLast().getBytes(StandardCharsets.UTF_8));
        assertThat(last.text("call")).contains("call_one");
        assertThat(last.text("decision")).contains("allowed");
        assertThat(last.text("end")).contains("answered");
        assertThat(last.whole("took_ms")).hasValue(3L);
        assertThat(shown()).doesNotContain("\u001b");
    }

    @Test
    void whatIsNotWantedIsNotShown() {
        sample.append(sample.refused(mandate, 0, "two"));
        watch(false, _ -> false).past(50);
        assertThat(shown()).isEmpty();
    }
}
