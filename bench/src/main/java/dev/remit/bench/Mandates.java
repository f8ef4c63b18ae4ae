package dev.remit.bench;

import dev.remit.identity.Instance;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.mandate.Permissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Mandates loaded into a store, a thousand for each agent at most, every one by an append. */
final class Mandates {
    private static final int EACH = 1_000;

    private final List<Instance> agents = new ArrayList<>();

    private Mandates() {}

    /** Loads so many, and says how long it took. */
    static Mandates load(Opened opened, Callers callers, int count, Instant now) {
        Mandates mandates = new Mandates();
        int agents = Math.max(10, count / EACH);
        opened.append(new Event.ToolPinned(Office.pin(), "x"));
        opened.atOnce(
                agents,
                i -> {
                    Instance instance = callers.enrol("a" + i, opened::append);
                    synchronized (mandates.agents) {
                        mandates.agents.add(instance);
                    }
                });
        mandates.agents.sort((one, other) -> one.id().text().compareTo(other.id().text()));
        Permissions permissions = Office.forManyTools(3);
        long start = System.nanoTime();
        opened.atOnce(
                count,
                i ->
                        opened.append(
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
}
