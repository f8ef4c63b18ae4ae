package dev.remit.testkit.simulation;

import dev.remit.identity.AgentId;
import dev.remit.identity.Caller;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Ledger;
import dev.remit.registry.Registrar;
import dev.remit.testkit.SomeAgent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** The agents, some with a token that names a mandate, their own or not. */
final class Crowd {
    private static final int AGENTS = 3;
    private static final int MOST_CALLERS = 12;

    private final SimulatedStore store;
    private final Supplier<String> names;
    private final List<SomeAgent> agents = new ArrayList<>();
    private final List<Caller> callers = new ArrayList<>();

    Crowd(SimulatedStore store, Supplier<String> names, Instant now) {
        this.store = store;
        this.names = names;
        for (int i = 0; i < AGENTS; i++) {
            agents.add(new SomeAgent("agent " + i, registrar(now), names));
            callers.add(agents.get(i).caller(store.memory(), Optional.empty(), now));
        }
    }

    private Registrar registrar(Instant now) {
        Ledger ledger = new Ledger(store, () -> new byte[16]);
        return new Registrar(store.memory(), ledger, names, names, () -> now);
    }

    /** Some agent, not always the mandate's, asks for a token that names it. */
    void nameMandate(SplittableRandom dice, MandateId mandate, Instant now) {
        if (callers.size() < MOST_CALLERS && dice.nextInt(4) == 0) {
            SomeAgent one = agents.get(dice.nextInt(AGENTS));
            callers.add(one.caller(store.memory(), Optional.of(mandate), now));
        }
    }

    Caller someCaller(SplittableRandom dice) {
        return callers.get(dice.nextInt(callers.size()));
    }

    AgentId someAgent(SplittableRandom dice) {
        return agents.get(dice.nextInt(AGENTS)).id();
    }

    void changeStanding(SplittableRandom dice, Instant now) {
        AgentId agent = someAgent(dice);
        if (dice.nextInt(3) == 0) {
            registrar(now).suspend(agent, "a look at it", "x");
        } else {
            registrar(now).restore(agent, "x");
        }
    }
}
