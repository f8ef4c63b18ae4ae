package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Outcome;
import dev.remit.call.Value;
import dev.remit.gate.Answer;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.identity.Caller;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SomeAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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

    private static final Value.Fields TEN = Value.object().put("amount", 10).build();

    @TempDir private Path data;

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
    @AttackCase({"GRANT-001", "GRANT-004", "GRANT-005", "GRANT-007"})
    void neverOverspentAndNeverStuck(LimitsRows.Row row, Ending ending) throws Exception {
        AtomicInteger effects = new AtomicInteger();
        try (GateRig rig = new GateRig(data, LimitsRows.START)) {
            SomeAgent agent = given(rig, row);
            if (row.name().contains("for each look")) {
                assertThat(calls(rig, agent, LimitsRows.LOOK, 1)).isEqualTo(1);
            }
            long allowed = atOnce(rig, agent, row.first(), ending, effects);
            assertThat(allowed).isEqualTo(row.allowed());
            assertThat(effects.get()).isEqualTo(hasEffect(ending) ? (int) allowed : 0);
            rig.restart();
            rig.later(row.pause());
            assertThat(calls(rig, agent, LimitsRows.ACT, LimitsRows.LATER))
                    .isEqualTo(row.then().get(ending.column));
            assertThat(rig.store().list(1).getFirst().usage().open())
                    .as("calls that are still thought to be under way")
                    .isZero();
        }
    }

    private static boolean hasEffect(Ending ending) {
        return ending == Ending.ANSWERED || ending == Ending.STOPPED_AFTER;
    }

    private static SomeAgent given(GateRig rig, LimitsRows.Row row) {
        SomeAgent agent = rig.agent("agent");
        rig.pin(LimitsRows.ACT);
        rig.pin(LimitsRows.LOOK, "confidential");
        rig.give(
                agent,
                row.limits(),
                row.permission(),
                new Permission("look", new Glob(LimitsRows.LOOK), Map.of(), OptionalLong.empty()));
        return agent;
    }

    /** Everybody calls; nobody's call goes on before everybody's was let through or refused. */
    private static long atOnce(
            GateRig rig, SomeAgent agent, String tool, Ending ending, AtomicInteger effects)
            throws Exception {
        CountDownLatch decided = new CountDownLatch(LimitsRows.CALLERS);
        AtomicInteger through = new AtomicInteger();
        Gate gate =
                rig.gate(
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
        Caller caller = rig.caller(agent);
        GateRig.atOnce(
                LimitsRows.CALLERS,
                () -> {
                    try {
                        Answer answer = gate.call(caller, rig.call(tool, TEN), Line.closed());
                        if (answer instanceof Answer.Refused) {
                            decided.countDown();
                        }
                        return true;
                    } catch (Stopped e) {
                        return false; // nobody is there to hear of it
                    }
                });
        return through.get();
    }

    private static long calls(GateRig rig, SomeAgent agent, String tool, int times) {
        long allowed = 0;
        for (int i = 0; i < times; i++) {
            allowed += rig.call(agent, tool, TEN) instanceof Answer.Ended ? 1 : 0;
        }
        return allowed;
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
