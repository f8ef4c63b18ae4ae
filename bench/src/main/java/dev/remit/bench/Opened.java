package dev.remit.bench;

import dev.remit.decision.Rules;
import dev.remit.gate.Clerk;
import dev.remit.gate.Demands;
import dev.remit.gate.Recall;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.main.Names;
import dev.remit.store.EmbeddedStore;
import dev.remit.store.LogKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** An embedded store in a folder of its own, which goes with it. */
public final class Opened implements AutoCloseable {
    private static final int AT_ONCE = 4_000;

    private final Path folder;
    private final EmbeddedStore store;
    private final Ledger ledger;
    private final Instant now = Instant.now();

    private Opened(Path folder, EmbeddedStore store) {
        this.folder = folder;
        this.store = store;
        this.ledger = new Ledger(store, () -> Names.random(16));
    }

    /** A new one, below the folder for measurements. */
    public static Opened in(String name) {
        try {
            Path folder =
                    Files.createTempDirectory(Path.of(System.getProperty("bench.data")), name);
            LogKeys keys = new LogKeys(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
            return new Opened(
                    folder,
                    EmbeddedStore.open(folder, keys, "bench/log", InstantSource.system(), "bench"));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no store could be opened", e);
        }
    }

    public EmbeddedStore store() {
        return store;
    }

    /** Whoever gathers from it, for an organisation without rules. */
    public Clerk clerk() {
        return new Clerk(
                store,
                store,
                store,
                store,
                store.questions(),
                Demands.NONE,
                Recall.none(),
                Rules::none,
                InstantSource.system());
    }

    /** Writes one event down, durably. */
    public void append(Event event) {
        if (!(ledger.append(event, now) instanceof Receipt)) {
            throw new IllegalStateException("the ledger objects to " + event);
        }
    }

    /** Does something for every number below the count, many at once. */
    public void atOnce(int count, IntConsumer work) {
        List<Future<?>> running = new ArrayList<>();
        int threads = Math.min(AT_ONCE, count);
        try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                running.add(
                        virtual.submit(
                                () -> {
                                    for (int i = first; i < count; i += threads) {
                                        work.accept(i);
                                    }
                                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (Exception e) {
            throw new IllegalStateException("not all could be loaded", e);
        }
    }

    @Override
    public void close() {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
