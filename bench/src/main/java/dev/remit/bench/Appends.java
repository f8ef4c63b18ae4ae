package dev.remit.bench;

import dev.remit.call.CallId;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.main.Crypto;
import dev.remit.main.Names;
import dev.remit.mandate.Mandate;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.LogKeys;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.Sample;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Durable appends: every caller writes down a decision and its outcome, waiting for each, as the
 * gate does. {@code Appends FOLDER [SECONDS]}, on the disk that is meant.
 */
final class Appends {
    private static final int ROUNDS = 3;
    private static final int[] CALLERS = {1, 64, 256};

    private Appends() {}

    public static void main(String[] arguments) throws Exception {
        Crypto.preferFast();
        Path folder = Path.of(arguments[0]);
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 4;
        for (int round = 0; round <= ROUNDS; round++) {
            for (int callers : CALLERS) {
                String said = measure(Files.createTempDirectory(folder, "log"), callers, seconds);
                System.out.println((round == 0 ? "warming up: " : "") + said);
            }
        }
    }

    private static String measure(Path data, int callers, long seconds) throws Exception {
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        data, new LogKeys(key), "bench/log", InstantSource.system(), "bench")) {
            Ledger ledger = new Ledger(store, () -> Names.random(16));
            Mandate[] mandates = mandates(new Sample(store), callers);
            AtomicLong done = new AtomicLong();
            long cpu = cpu();
            long start = System.nanoTime();
            long end = start + seconds * 1_000_000_000L;
            Thread[] threads = new Thread[callers];
            for (int i = 0; i < callers; i++) {
                Mandate mandate = mandates[i];
                threads[i] = Thread.startVirtualThread(() -> work(ledger, mandate, end, done));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            double took = (System.nanoTime() - start) / 1e9;
            return "%3d callers: %,7.0f appends/s, %5.1f µs CPU an append"
                    .formatted(callers, done.get() / took, (cpu() - cpu) / 1e3 / done.get());
        }
    }

    private static void work(Ledger ledger, Mandate mandate, long end, AtomicLong done) {
        Sample sample = new Sample(new MemoryStore());
        while (System.nanoTime() < end) {
            Event.Decided decided = sample.allowed(mandate, "free", Names.fresh());
            append(ledger, decided);
            append(ledger, Sample.concluded(new CallId(decided.call().text())));
            done.addAndGet(2);
        }
    }

    private static void append(Ledger ledger, Event event) {
        if (!(ledger.append(event, Instant.now()) instanceof Receipt)) {
            throw new IllegalStateException("the ledger objects to " + event);
        }
    }

    private static Mandate[] mandates(Sample sample, int callers) {
        Mandate[] mandates = new Mandate[callers];
        for (int i = 0; i < callers; i++) {
            sample.append(new Event.AgentAdded(sample.agent("a" + i), "x"));
            sample.enrol("a" + i, "1");
            sample.append(new Event.ToolPinned(sample.pin("up.tool"), "x"));
            Mandate few = sample.mandate("a" + i, "m" + i);
            mandates[i] = few.with(few.permissions(), Sample.limits(1_000_000_000));
            sample.append(new Event.MandateGiven(mandates[i]));
        }
        return mandates;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
