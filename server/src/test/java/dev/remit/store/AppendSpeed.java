package dev.remit.store;

import dev.remit.ledger.Draft;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.Sample;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Measures durable appends: {@code AppendSpeed FOLDER}, on the disk that is meant. */
final class AppendSpeed {
    private AppendSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        for (int round = 0; round < 3; round++) {
            for (int callers : new int[] {1, 64, 256}) {
                measure(Files.createTempDirectory(folder, "speed"), callers);
            }
        }
        encoding();
    }

    private static void measure(Path data, int callers) throws Exception {
        try (EmbeddedStore store = TestStores.open(data)) {
            Sample sample = new Sample(store);
            Mandate[] mandates = mandates(sample, callers);
            AtomicLong done = new AtomicLong();
            long cpu = cpu();
            long start = System.nanoTime();
            long end = start + 4_000_000_000L;
            Thread[] threads = new Thread[callers];
            for (int i = 0; i < callers; i++) {
                Mandate mandate = mandates[i];
                String name = callers + "_" + i + "_";
                threads[i] =
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            for (int n = 0; System.nanoTime() < end; n++) {
                                                Event.Decided decided =
                                                        sample.allowed(mandate, "free", name + n);
                                                sample.append(decided);
                                                sample.append(Sample.concluded(decided.call()));
                                                done.addAndGet(2);
                                            }
                                        });
            }
            for (Thread thread : threads) {
                thread.join();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%d callers: %.0f appends/s, %.1f µs CPU per append%n",
                    callers, done.get() / seconds, (cpu() - cpu) / 1e3 / done.get());
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

    private static void encoding() {
        Sample sample = new Sample(new MemoryStore());
        Mandate mandate = sample.mandate("a", "a");
        long bytes = 0;
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 200_000; i++) {
                Draft draft = sample.draft(sample.allowed(mandate, "free", "x" + i));
                bytes += draft.frameLength();
            }
            System.out.printf(
                    "encoding: %.1f µs a draft, %d bytes%n",
                    (System.nanoTime() - start) / 1e3 / 200_000, bytes / 200_000 / (round + 1));
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
