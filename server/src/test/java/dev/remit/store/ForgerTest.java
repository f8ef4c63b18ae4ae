package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.ledger.audit.Report;
import dev.remit.ledger.audit.Verifier;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A forger with full access to the folder, and at last to the log's key too, makes random edits;
 * one seed decides them all. {@code -Dremit.edits=10000} for the long form.
 */
final class ForgerTest {
    private static final int EDITS = Integer.getInteger("remit.edits", 1_000);
    private static final int SEED = Integer.getInteger("remit.seed", 7);
    private static final int EACH = 5; // every fifth is shown to the second verifier too

    @TempDir static Path folder;
    private static final List<ForgedLog> STATES = new ArrayList<>(); // the newest last
    private static final List<ForgedLog> OTHERS = new ArrayList<>(); // another log's
    private static String key = "";

    @BeforeAll
    static void writeLogs() throws IOException {
        write(folder.resolve("log"), STATES);
        key = STATES.getLast().text("key.pub").strip();
        KeyPair other = TestStores.key();
        Path data = folder.resolve("other");
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        data,
                        new LogKeys(other),
                        TestStores.ORIGIN,
                        InstantSource.system(),
                        "test")) {
            VerificationTest.fill(store, 40);
        }
        OTHERS.add(ForgedLog.read(data.resolve(EmbeddedStore.LEDGER)));
        cosign(OTHERS.getLast());
    }

    /** Three states of one log, some days of entries apart, in small segments. */
    private static void write(Path data, List<ForgedLog> states) throws IOException {
        DiskFolder ledger = DiskFolder.at(data.resolve(EmbeddedStore.LEDGER));
        int entries = 0;
        for (int state = 0; state < 3; state++) {
            try (EmbeddedStore store = TestStores.open(data, ledger, 12_000)) {
                Sample sample = new Sample(store);
                Mandate mandate = sample.ready("agent-" + state);
                for (int i = 0; i < 8; i++) {
                    Event.Decided call = sample.allowed(mandate, "free", state + "-" + i);
                    store.append(at(entries++, call));
                    store.append(at(entries++, Sample.concluded(call.call())));
                    store.append(at(entries++, new Event.StrangerRefused("d", "/" + entries, 0)));
                }
            }
            states.add(ForgedLog.read(data.resolve(EmbeddedStore.LEDGER)));
            cosign(states.getLast());
        }
    }

    private static Draft at(int entries, Event event) {
        byte[] salt = ByteBuffer.allocate(16).putInt(entries).array();
        return new Draft(Sample.START.plusSeconds(60L * entries), event, salt);
    }

    private static void cosign(ForgedLog log) {
        String note = log.text("checkpoint");
        Checkpoint said = Checkpoint.said(note).orElseThrow();
        log.put("cosigned", note + Forger.cosignature(said, Forger.WITNESS_KEY, Forger.WITNESS));
    }

    private static Report verify(ForgedLog log, boolean asked) {
        Optional<String> seen =
                asked ? Optional.of(STATES.getLast().text("cosigned")) : Optional.empty();
        return Verifier.verify(
                log, Optional.of(key), new Verifier.Brought(List.of(Forger.WITNESS_KEY), seen));
    }

    @Test
    void whatNobodyTouchedIsSound() throws IOException {
        SecondVerifier.assumeThere();
        for (ForgedLog state : STATES) {
            assertThat(verify(state, false).findings()).isEmpty();
            Path copy = folder.resolve("control-" + STATES.indexOf(state));
            state.write(copy);
            assertThat(SecondVerifier.of(options(), copy)).startsWith("sound");
        }
        assertThat(verify(STATES.getLast(), true).findings()).isEmpty();
        ForgedLog longer = STATES.getLast().copy(); // more zeros, and a file that was not finished
        String newest = longer.segments().getLast();
        longer.putFrames(newest, longer.frames(newest));
        longer.put("leaves.new", "x");
        assertThat(verify(longer, true).findings()).isEmpty();
    }

    private static List<String> options() {
        return List.of("--key", key, "--witness", Forger.WITNESS_KEY.written());
    }

    @Test
    @AttackCase({"AUDIT-005", "AUDIT-006", "AUDIT-007", "AUDIT-010"})
    void everyEditIsFoundAndNamed() throws IOException {
        Forger forger = new Forger(new Random(SEED), STATES, OTHERS.getFirst());
        List<Forger.Kind> kinds = List.copyOf(EnumSet.allOf(Forger.Kind.class));
        Map<Forger.Kind, Integer> tried = new EnumMap<>(Forger.Kind.class);
        Map<Path, Boolean> second = new TreeMap<>();
        for (int i = 0; i < EDITS; i++) {
            Forger.Edit edit = forger.edit(kinds.get(i % kinds.size()));
            while (edit.log().sameAs(STATES.getLast())) {
                edit = forger.edit(edit.kind());
            }
            Report report = verify(edit.log(), true);
            String said = report.findings().stream().map(one -> one.said() + "\n").toList() + "";
            boolean remarked = report.isSound() && isBehindTheLog(report);
            assertThat(report.isSound() && !remarked)
                    .as("edit %d, %s, was not found", i, edit.kind())
                    .isFalse();
            assertThat(remarked || edit.where().stream().anyMatch(said::contains))
                    .as("edit %d, %s: one of %s is in %s", i, edit.kind(), edit.where(), said)
                    .isTrue();
            tried.merge(edit.kind(), 1, Integer::sum);
            if (i % EACH == i / kinds.size() % EACH) {
                Path copy = folder.resolve("edit-" + i + "-" + edit.kind());
                edit.log().write(copy);
                second.put(copy, verify(edit.log(), false).isSound());
            }
        }
        assertThat(tried.keySet()).hasSize(kinds.size());
        SecondVerifier.assumeThere();
        Map<Path, String> says = SecondVerifier.of(options(), List.copyOf(second.keySet()));
        second.forEach(
                (path, sound) ->
                        assertThat(says.getOrDefault(path, "").startsWith("sound"))
                                .as("%s: %s", path.getFileName(), says.get(path))
                                .isEqualTo(sound));
    }

    /**
     * What stands behind the last entry that was signed, and might be a running log's, is named.
     */
    private static boolean isBehindTheLog(Report report) {
        return report.remarks().stream()
                .anyMatch(
                        one -> one.contains("unfinished write") || one.contains("not signed yet"));
    }
}
