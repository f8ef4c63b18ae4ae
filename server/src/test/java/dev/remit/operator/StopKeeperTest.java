package dev.remit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.decision.Judge;
import dev.remit.decision.Refusal;
import dev.remit.decision.Rules;
import dev.remit.gate.Answer;
import dev.remit.gate.Clerk;
import dev.remit.gate.Demands;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.gate.Overseer;
import dev.remit.gate.Recall;
import dev.remit.gate.StopSwitch;
import dev.remit.identity.Caller;
import dev.remit.ledger.Draft;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerStore;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.StopEvent;
import dev.remit.registry.Registrar;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.SomeAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stop over a store that writes nothing and a folder that is not there. */
final class StopKeeperTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private static final Class<?> STOPPED = StopEvent.AllStopped.class;
    private static final Class<?> RESUMED = StopEvent.AllResumed.class;

    private final MemoryStore store = new MemoryStore();
    private final AtomicInteger names = new AtomicInteger();
    private volatile boolean dead;

    /** Writes nothing while it is dead. */
    private final LedgerStore dying =
            new LedgerStore() {
                @Override
                public Stored append(Draft draft) {
                    if (dead) {
                        throw new LedgerUnavailable("dead");
                    }
                    return store.append(draft);
                }

                @Override
                public Optional<Entry> entry(long index) {
                    return store.entry(index);
                }

                @Override
                public long size() {
                    return store.size();
                }
            };

    private final Ledger ledger = new Ledger(dying, () -> new byte[16]);
    private final ToolBook tools = store;
    private final Clerk clerk =
            new Clerk(
                    store,
                    store,
                    tools,
                    store,
                    store.questions(),
                    Demands.NONE,
                    Recall.none(),
                    Rules::none,
                    () -> NOW);
    private final AtomicInteger sent = new AtomicInteger();
    private final Gate gate =
            new Gate(
                    clerk,
                    new Judge(),
                    ledger,
                    (_, _) -> {
                        sent.incrementAndGet();
                        return new Outcome.Answered(Value.Fields.EMPTY, Duration.ZERO, false);
                    },
                    new Overseer(store.conduct(), store, List.of(), ledger, () -> NOW));

    private Registrar registrar() {
        return new Registrar(
                store,
                ledger,
                () -> "n" + names.incrementAndGet(),
                () -> "s" + names.incrementAndGet(),
                () -> NOW);
    }

    private Answer call(Caller caller) {
        Call call =
                new Call(
                        new CallId("call_" + names.incrementAndGet()),
                        Tool.of("up.act"),
                        new Arguments(Value.Fields.EMPTY),
                        NOW);
        return gate.call(caller, call, Line.closed());
    }

    private static void assertRefused(Answer answer, Refusal refusal) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class, one -> assertThat(one.refusal()).isEqualTo(refusal));
    }

    @Test
    @AttackCase("REV-009")
    void theWordCountsThoughNothingCanBeWrittenAndIsOnRecordAsSoonAsItCan(@TempDir Path folder)
            throws Exception {
        Registrar registrar = registrar();
        SomeAgent agent = new SomeAgent("a", registrar, () -> "k" + names.incrementAndGet());
        Caller caller = agent.caller(store, Optional.empty(), NOW);
        assertRefused(call(caller), Refusal.NO_MANDATE);
        StopFile file = new StopFile(folder.resolve("gone"));
        try (StopKeeper keeper =
                new StopKeeper(clerk.stop(), gate.underWay(), file, ledger, () -> NOW)) {
            dead = true;
            assertRefused(call(caller), Refusal.LEDGER_UNAVAILABLE);
            assertThat(keeper.stop(new StopSwitch.Stop(NOW, "per_1", "an incident"))).isFalse();
            assertRefused(call(caller), Refusal.STOPPED);
            long before = store.size();
            Thread.sleep(500); // several looks at a file that is not there
            assertRefused(call(caller), Refusal.STOPPED);
            assertThat(store.size()).isEqualTo(before);

            dead = false;
            for (int i = 0; i < 500 && store.size() == before; i++) {
                Thread.sleep(20);
            }
            assertThat(store.entries().getLast().event())
                    .isEqualTo(new StopEvent.AllStopped(NOW, "an incident", "per_1"));
            assertRefused(call(caller), Refusal.STOPPED);
            assertThat(keeper.resume("per_1")).isTrue();
            assertRefused(call(caller), Refusal.NO_MANDATE);
            Thread.sleep(500); // several looks at what is on record already
        }
        assertThat(sent).hasValue(0);
        assertThat(stops()).extracting(Object::getClass).containsExactly(STOPPED, RESUMED);
    }

    private List<Event> stops() {
        return store.entries().stream()
                .map(Entry::event)
                .filter(one -> STOPPED.isInstance(one) || RESUMED.isInstance(one))
                .toList();
    }

    /** What stands there stops them from the first moment, and as long as it stands there. */
    @Test
    @AttackCase("REV-009")
    void whatCannotBeRemovedGoesOnStopping(@TempDir Path folder) throws Exception {
        Path inside = Files.createDirectories(folder.resolve("stopped.json/inside"));
        Registrar registrar = registrar();
        SomeAgent agent = new SomeAgent("a", registrar, () -> "k" + names.incrementAndGet());
        Caller caller = agent.caller(store, Optional.empty(), NOW);
        try (StopKeeper keeper =
                new StopKeeper(
                        clerk.stop(), gate.underWay(), new StopFile(folder), ledger, () -> NOW)) {
            assertRefused(call(caller), Refusal.STOPPED);
            assertThat(keeper.resume("per_1")).isFalse();
            assertRefused(call(caller), Refusal.STOPPED);
            Files.delete(inside);
            assertThat(keeper.resume("per_1")).isTrue();
            assertRefused(call(caller), Refusal.NO_MANDATE);
        }
    }
}
