package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Rate;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SomeAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits that go by time, where time does what it likes. */
class ClockMovesTest {
    private static final Instant START = Instant.parse("2026-10-25T00:30:00Z"); // a night of DST
    private static final Permission ACT =
            new Permission("p", new Glob("up.act"), Map.of(), OptionalLong.empty());

    @TempDir private Path data;

    private static Limits limits(Instant end, Rate rate) {
        return new Limits(
                end,
                Optional.empty(),
                OptionalLong.empty(),
                5,
                OptionalLong.empty(),
                Optional.of(rate),
                List.of(),
                List.of(),
                0);
    }

    private static boolean acts(GateRig rig, SomeAgent agent) {
        return rig.call(agent, "up.act", Value.Fields.EMPTY) instanceof Answer.Ended;
    }

    private static Refusal refused(GateRig rig, SomeAgent agent) {
        return rig.call(agent, "up.act", Value.Fields.EMPTY) instanceof Answer.Refused refused
                ? refused.refusal()
                : Refusal.INTERNAL;
    }

    /** A rate has no day that begins anew: it looks back from each call. */
    @Test
    @AttackCase("GRANT-010")
    void aClockThatMovesGivesNoFreshShare() {
        try (GateRig rig = new GateRig(data, START)) {
            rig.pin("up.act");
            SomeAgent agent = rig.agent("agent");
            rig.give(
                    agent,
                    limits(START.plus(Duration.ofDays(9)), new Rate(2, Duration.ofDays(1))),
                    ACT);
            rig.later(Duration.ofHours(23));
            assertThat(acts(rig, agent)).isTrue();
            assertThat(acts(rig, agent)).isTrue();
            assertThat(refused(rig, agent)).isEqualTo(Refusal.TOO_OFTEN);
            rig.later(Duration.ofHours(2)); // another day by any calendar
            assertThat(refused(rig, agent)).isEqualTo(Refusal.TOO_OFTEN);
            rig.later(Duration.ofDays(-1)); // the clock is set back
            assertThat(refused(rig, agent)).isEqualTo(Refusal.TOO_OFTEN);
            rig.restart();
            assertThat(refused(rig, agent)).isEqualTo(Refusal.TOO_OFTEN);
            rig.later(Duration.ofDays(1).plusHours(22));
            assertThat(acts(rig, agent)).as("a day after").isTrue();
            assertThat(acts(rig, agent)).as("a day after, again").isTrue();
            assertThat(refused(rig, agent)).isEqualTo(Refusal.TOO_OFTEN);
        }
    }

    @Test
    @AttackCase("GRANT-012")
    void aMandateIsGoodOnlyBeforeItsEnd() {
        try (GateRig rig = new GateRig(data, START)) {
            rig.pin("up.act");
            SomeAgent agent = rig.agent("agent");
            rig.give(agent, limits(START.plusSeconds(60), new Rate(100, Duration.ofHours(1))), ACT);
            rig.later(Duration.ofSeconds(60).minusMillis(1));
            assertThat(acts(rig, agent)).isTrue();
            rig.later(Duration.ofMillis(1));
            assertThat(refused(rig, agent)).isEqualTo(Refusal.MANDATE_EXPIRED);
        }
    }
}
