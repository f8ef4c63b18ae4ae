package dev.remit.bench;

import dev.remit.identity.Instance;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.main.Names;
import dev.remit.mandate.Permissions;
import dev.remit.store.EmbeddedStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Mandates loaded into a store, a thousand for each agent at most, every one by an append. */
final class Mandates {
    private static final int EACH = 1_000;
    private static final int AT_ONCE = 4_000;

    private final Ledger ledger;
    private final Instant now;
    private final List<Instance> agents = new ArrayList<>();

    private Mandates(EmbeddedStore store, Instant now) {
        this.ledger = new Ledger(store, () -> Names.random(16));
        this.now = now;
    }

    /** Loads so many, and says how long it took. */
    static Mandates load(EmbeddedStore store, Callers callers, int count, Instant now) {
        Mandates mandates = new Mandates(store, now);
        int agents = Math.max(10, count / EACH);
        Consumer<Event> append = mandates::append;
        mandates.append(new Event.ToolPinned(Office.pin(), "x"));
        mandates.atOnce(
                agents,
                i -> {
                    Instance instance = callers.enrol("a" + i, append);
                    synchronized (mandates.agents) {
                        mandates.agents.add(instance);
                    }
                });
        mandates.agents.sort((one, other) -> one.id().text().compareTo(other.id().text()));
        Permissions permissions = Office.forManyTools(3);
        long start = System.nanoTime();
        mandates.atOnce(
                count,
                i ->
                        mandates.append(
                                new Event.MandateGiven(
                                        Office.mandate(
                                                Integer.toString(i),
                                                mandates.agent(i).agent(),
                                                permissions,
                                                now))));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%n%,d mandates loaded in %.1f s, %,.0f a second, each a durable record%n",
                count, seconds, count / seconds);
        return mandates;
    }

    /** The agent whose mandate this is. */
    Instance agent(int mandate) {
        return agents.get(mandate % agents.size());
    }

    static MandateId id(int mandate) {
        return new MandateId("mdt_" + mandate);
    }

    private void append(Event event) {
        if (!(ledger.append(event, now) instanceof Receipt)) {
            throw new IllegalStateException("the ledger objects to " + event);
        }
    }

    private interface Numbered {
        void run(int number);
    }

    private void atOnce(int count, Numbered work) {
        List<Future<?>> running = new ArrayList<>();
        int threads = Math.min(AT_ONCE, count);
        try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                running.add(
                        virtual.submit(
                                () -> {
                                    for (int i = first; i < count; i += threads) {
                                        work.run(i);
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
}
