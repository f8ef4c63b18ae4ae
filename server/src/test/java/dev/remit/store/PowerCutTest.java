package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.audit.LedgerCopy;
import dev.remit.ledger.audit.Report;
import dev.remit.ledger.audit.Verifier;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loses power again and again; one seed decides what the disk keeps of what was not synced. */
final class PowerCutTest {
    private static final long SEGMENT = 40_000; // small, so that segments roll
    private static final int SEEDS = Integer.getInteger("remit.powercuts", 25);

    @TempDir Path folder;

    @Test
    @AttackCase({"GRANT-003", "REV-004"})
    void nothingAcknowledgedIsLostWhenThePowerGoes() throws Exception {
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertThat(lost(seed, true)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void takingTheSyncOutIsNoticed() throws Exception {
        int noticed = 0;
        for (int seed = 1; seed <= 5; seed++) {
            noticed += lost(seed, false).isPresent() ? 1 : 0;
        }
        assertThat(noticed).isEqualTo(5);
    }

    /** Three lives with a power cut after each; what was lost or wrong, if anything was. */
    private Optional<String> lost(long seed, boolean syncs) throws Exception {
        Random random = new Random(seed);
        Path data = Files.createTempDirectory(folder, "data");
        PowerCutFolder disk = new PowerCutFolder(seed, syncs);
        Map<Long, Digest> acknowledged = new ConcurrentSkipListMap<>();
        for (int life = 0; life < 3; life++) {
            try (EmbeddedStore store = TestStores.open(data, disk, SEGMENT)) {
                Optional<String> wrong = check(store, acknowledged);
                if (wrong.isPresent()) {
                    return wrong;
                }
                work(store, life, acknowledged, disk, random);
            } catch (LedgerUnavailable | IOException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
            disk = disk.restarted(random.nextLong());
            if (random.nextBoolean()) {
                Files.deleteIfExists(data.resolve(BooksFile.NAME)); // is made anew
            }
        }
        try (EmbeddedStore store = TestStores.open(data, disk, SEGMENT)) {
            Optional<String> wrong = check(store, acknowledged);
            if (wrong.isPresent()) {
                return wrong;
            }
        } catch (LedgerUnavailable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return verify(disk).findings().stream().map(Object::toString).findFirst();
    }

    static Report verify(PowerCutFolder disk) {
        return Verifier.verify(new Copy(new TreeMap<>(disk.contents())), Optional.empty());
    }

    private static void work(
            EmbeddedStore store,
            int life,
            Map<Long, Digest> acknowledged,
            PowerCutFolder disk,
            Random random)
            throws InterruptedException {
        Sample sample = new Sample(store);
        int pause = random.nextInt(40);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 8; caller++) {
                String name = life + "-" + caller;
                var _ = threads.submit(() -> call(store, sample, name, acknowledged));
            }
            Thread.sleep(20 + pause);
            disk.cut();
        }
    }

    private static void call(
            EmbeddedStore store, Sample sample, String name, Map<Long, Digest> acknowledged) {
        try {
            append(
                    store,
                    sample.draft(new Event.AgentAdded(sample.agent(name), "x")),
                    acknowledged);
            sample.enrol(name, "1");
            sample.append(new Event.ToolPinned(sample.pin("up.tool"), "x"));
            Mandate few = sample.mandate(name, name);
            Mandate mandate = few.with(few.permissions(), Sample.limits(1_000_000));
            append(store, sample.draft(new Event.MandateGiven(mandate)), acknowledged);
            for (int i = 0; true; i++) {
                Event.Decided decided = sample.allowed(mandate, "free", name + "_" + i);
                append(store, sample.draft(decided), acknowledged);
                if (i % 3 > 0) {
                    append(store, sample.draft(Sample.concluded(decided.call())), acknowledged);
                }
            }
        } catch (LedgerUnavailable e) {
            // the power is cut
        }
    }

    private static void append(EmbeddedStore store, Draft draft, Map<Long, Digest> acknowledged) {
        if (store.append(draft) instanceof Stored.At(long index)) {
            acknowledged.put(index, draft.leafHash());
        }
    }

    private static Optional<String> check(EmbeddedStore store, Map<Long, Digest> acknowledged) {
        for (Map.Entry<Long, Digest> one : acknowledged.entrySet()) {
            Optional<Frame> frame = store.frame(one.getKey());
            if (!frame.map(Frame::leafHash).equals(Optional.of(one.getValue()))) {
                return Optional.of("entry " + one.getKey() + " is lost or changed");
            }
        }
        if (!store.openCalls().isEmpty()) {
            return Optional.of("a call was left open");
        }
        return Optional.empty();
    }

    /** A log in memory, for the verifier. */
    private record Copy(TreeMap<String, byte[]> files) implements LedgerCopy {
        @Override
        public List<String> names() {
            return List.copyOf(files.keySet());
        }

        @Override
        public long length(String name) {
            return bytes(name).length;
        }

        @Override
        public byte[] bytes(String name) {
            return Objects.requireNonNull(files.get(name));
        }

        @Override
        public ByteBuffer bytes(String name, long from, int length) {
            return ByteBuffer.wrap(bytes(name), (int) from, length).slice();
        }
    }
}
