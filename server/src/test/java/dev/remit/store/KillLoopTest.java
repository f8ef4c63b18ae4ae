package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.audit.Report;
import dev.remit.testkit.AttackCase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes to a store under load, again and again; {@code -Dremit.kills=30} for
 * the long form. A kill leaves the machine's memory alone: what a sync is for, {@link PowerCutTest}
 * shows.
 */
final class KillLoopTest {
    private static final int KILLS = Integer.getInteger("remit.kills", 5);

    @TempDir Path data;

    @Test
    @Timeout(600)
    @AttackCase("AUDIT-001")
    void aKilledProcessLosesNothingItAcknowledged() throws Exception {
        Random random = new Random(KILLS);
        Map<Long, String> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            int before = acknowledged.size();
            runAndKill(kill, 150 + random.nextInt(350), acknowledged);
            assertThat(acknowledged.size()).as("kill %d", kill).isGreaterThan(before);
            check(acknowledged);
        }
    }

    /** Runs the writer, and kills it so long after the first entry was acknowledged. */
    private void runAndKill(int run, long millis, Map<Long, String> acknowledged)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StoreWriter.class.getName(),
                                data.toString(),
                                Integer.toString(run))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Thread killer =
                Thread.ofVirtual()
                        .unstarted(
                                () -> {
                                    try {
                                        Thread.sleep(millis);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    process.toHandle().destroyForcibly(); // leaves its output be
                                });
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.endsWith(";")) { // else it was cut off
                    if (killer.getState() == Thread.State.NEW) {
                        killer.start();
                    }
                    String[] said = line.substring(0, line.length() - 1).split(" ", 2);
                    acknowledged.put(Long.parseLong(said[0]), said[1]);
                }
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void check(Map<Long, String> acknowledged) {
        try (EmbeddedStore store = open()) {
            Map<Long, String> found = new HashMap<>();
            Map<CallId, List<Long>> calls = new HashMap<>();
            Archive.of(data)
                    .frames(
                            0,
                            frame -> {
                                found.put(frame.index(), frame.leafHash().hex());
                                return true;
                            });
            assertThat(found).containsAllEntriesOf(acknowledged);
            assertThat(store.openCalls()).isEmpty();
            Archive.of(data).read(0, entry -> count(entry, calls));
            assertThat(calls.values()).allMatch(ends -> ends.size() == 2);
        }
        Report report = Verification.of(data, Optional.empty());
        assertThat(report.findings()).isEmpty();
        assertThat(report.remarks()).isEmpty();
    }

    private static boolean count(Entry entry, Map<CallId, List<Long>> calls) {
        StoreWriter.call(entry.event())
                .ifPresent(
                        call ->
                                calls.merge(
                                        call,
                                        List.of(entry.index()),
                                        (some, more) ->
                                                Stream.concat(some.stream(), more.stream())
                                                        .toList()));
        return true;
    }

    private EmbeddedStore open() {
        return StoreWriter.open(data);
    }
}
