package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.Judge;
import dev.remit.decision.Permit;
import dev.remit.decision.Rules;
import dev.remit.gate.Answer;
import dev.remit.gate.Clerk;
import dev.remit.gate.Demands;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.identity.Caller;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import dev.remit.registry.Ceiling;
import dev.remit.registry.Grantor;
import dev.remit.registry.Registrar;
import dev.remit.testkit.SomeAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every limit of a mandate against 64 calls at once, each ending well, or provably without effect,
 * or with the gateway stopping before or after the effect; then the store opens again, and the
 * agent goes on. {@code -Dremit.write=true} writes the table to the manual.
 */
class LimitsMatrixTest {
    private static final Path TABLE = Path.of("../docs/reference/limits-at-once.md");

    @TempDir private Path data;
    private Instant now = LimitsRows.START;
    private final AtomicLong names = new AtomicLong();

    /** What becomes of the calls that are let through first. */
    enum Ending {
        ANSWERED(0, "every call is answered"),
        FAILED(1, "no call leaves"),
        STOPPED_BEFORE(2, "the gateway stops before the effect"),
        STOPPED_AFTER(3, "the gateway stops after the effect");

        private final int column;
        private final String words;

        Ending(int column, String words) {
            this.column = column;
            this.words = words;
        }
    }

    private static final class Stopped extends Error {
        private static final long serialVersionUID = 1;
    }

    static Stream<Object[]> cells() {
        return LimitsRows.all().stream()
                .flatMap(row -> Stream.of(Ending.values()).map(end -> new Object[] {row, end}));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void neverOverspentAndNeverStuck(LimitsRows.Row row, Ending ending) throws Exception {
        AtomicInteger effects = new AtomicInteger();
        SomeAgent agent;
        long allowed;
        try (EmbeddedStore store = TestStores.open(data)) {
            agent = given(store, row);
            if (row.name().contains("for each look")) {
                assertThat(calls(store, agent, LimitsRows.LOOK, 1)).isEqualTo(1);
            }
            allowed = atOnce(store, agent, row.first(), ending, effects);
        }
        assertThat(allowed).isEqualTo(row.allowed());
        assertThat(effects.get()).isEqualTo(hasEffect(ending) ? (int) allowed : 0);
        now = now.plus(row.pause());
        try (EmbeddedStore store = TestStores.open(data)) {
            assertThat(calls(store, agent, LimitsRows.ACT, LimitsRows.LATER))
                    .isEqualTo(row.then().get(ending.column));
            assertThat(store.list(1).getFirst().usage().open())
                    .as("calls that are still thought to be under way")
                    .isZero();
        }
    }

    private static boolean hasEffect(Ending ending) {
        return ending == Ending.ANSWERED || ending == Ending.STOPPED_AFTER;
    }

    private SomeAgent given(EmbeddedStore store, LimitsRows.Row row) {
        Ledger ledger = new Ledger(store, () -> new byte[16]);
        Registrar registrar = new Registrar(store, ledger, this::name, this::name, () -> now);
        SomeAgent agent = new SomeAgent("agent", registrar, this::name);
        pin(ledger, LimitsRows.ACT);
        pin(ledger, LimitsRows.LOOK);
        new Grantor(store, Ceiling.none(), ledger, this::name, () -> now)
                .give(
                        new Person(new PersonId("per_1"), "Ada"),
                        agent.id(),
                        new Task("act"),
                        new Permissions(
                                List.of(
                                        row.permission(),
                                        new Permission(
                                                "look",
                                                new Glob(LimitsRows.LOOK),
                                                Map.of(),
                                                OptionalLong.empty()))),
                        row.limits());
        return agent;
    }

    private void pin(Ledger ledger, String tool) {
        Value.Fields definition = Value.object().put("name", tool).build();
        Pin pin = new Pin(Tool.of(tool), Pin.digest(definition), Optional.empty(), definition);
        ledger.append(
                new Event.ToolPinned(
                        tool.equals(LimitsRows.LOOK) ? pin.labelled(Set.of("confidential")) : pin,
                        "x"),
                now);
    }

    /** Everybody calls; nobody's call goes on before everybody's was let through or refused. */
    private long atOnce(
            EmbeddedStore store, SomeAgent agent, String tool, Ending ending, AtomicInteger effects)
            throws Exception {
        CountDownLatch decided = new CountDownLatch(LimitsRows.CALLERS);
        AtomicInteger through = new AtomicInteger();
        Gate gate =
                gate(
                        store,
                        (_, _) -> {
                            through.incrementAndGet();
                            decided.countDown();
                            await(decided);
                            if (ending == Ending.FAILED) {
                                return new Outcome.Failed("it never left", Duration.ZERO);
                            }
                            if (ending != Ending.STOPPED_BEFORE) {
                                effects.incrementAndGet();
                            }
                            if (ending != Ending.ANSWERED) {
                                throw new Stopped();
                            }
                            return new Outcome.Answered(Value.Fields.EMPTY, Duration.ZERO, false);
                        });
        Caller caller = agent.caller(store, Optional.empty(), now);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < LimitsRows.CALLERS; i++) {
                all.add(
                        threads.submit(
                                () -> {
                                    try {
                                        if (gate.call(caller, call(tool), Line.closed())
                                                instanceof Answer.Refused) {
                                            decided.countDown();
                                        }
                                    } catch (Stopped e) {
                                        return; // nobody is there to hear of it
                                    }
                                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return through.get();
    }

    private long calls(EmbeddedStore store, SomeAgent agent, String tool, int times) {
        Gate gate =
                gate(
                        store,
                        (_, _) -> new Outcome.Answered(Value.Fields.EMPTY, Duration.ZERO, false));
        Caller caller = agent.caller(store, Optional.empty(), now);
        long allowed = 0;
        for (int i = 0; i < times; i++) {
            allowed += gate.call(caller, call(tool), Line.closed()) instanceof Answer.Ended ? 1 : 0;
        }
        return allowed;
    }

    private interface Way {
        Outcome forward(Permit permit, Line line);
    }

    private Gate gate(EmbeddedStore store, Way upstream) {
        return new Gate(
                new Clerk(
                        store,
                        store,
                        store,
                        store,
                        store.questions(),
                        Demands.NONE,
                        Rules::none,
                        () -> now),
                new Judge(),
                new Ledger(store, () -> new byte[16]),
                upstream::forward);
    }

    private Call call(String tool) {
        Value.Fields arguments = Value.object().put("amount", 10).build();
        return new Call(new CallId("call_" + name()), Tool.of(tool), new Arguments(arguments), now);
    }

    private String name() {
        return "n" + names.incrementAndGet();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theManualHasTheTable() throws IOException {
        StringBuilder table = new StringBuilder();
        table.append(
                """
                # Limits, when everything happens at once

                Made by `LimitsMatrixTest`, which tries every cell: 64 calls come at once under one mandate, and none goes on
                before all are let through or refused. Then they end as the column says, the gateway starts again, and the agent
                makes eight more calls, one after the other. A cell says how many of those are let through.

                | limit | let through of 64 |""");
        for (Ending ending : Ending.values()) {
            table.append(' ').append(ending.words).append(" |");
        }
        table.append("\n|---|---|---|---|---|---|\n");
        for (LimitsRows.Row row : LimitsRows.all()) {
            table.append("| ").append(row.name()).append(" | ").append(row.allowed()).append(" | ");
            row.then().forEach(then -> table.append(then).append(" | "));
            table.append('\n');
        }
        table.append(
                """

                What a call spent is given back only if it provably never left. A call whose end nobody knows, because the gateway
                stopped, counts as made: it is spent, it is not a success, and it is no longer under way. A rate is not given back.
                """);
        String text = table.toString().replace(" \n", "\n");
        if (Boolean.getBoolean("remit.write")) {
            Files.writeString(TABLE, text);
        }
        assertThat(Files.readString(TABLE)).isEqualTo(text);
    }
}
