package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.gate.Line;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SomeAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody oversteps a mandate that is not theirs; whoever it was given to does. */
final class FramingTest {
    private static final int MANY = 10;
    private static final Value.Fields NOTHING = Value.Fields.EMPTY;

    @TempDir private Path folder;

    private static Mandate give(GateRig rig, SomeAgent agent) {
        Limits limits =
                new Limits(
                        rig.now().plus(Duration.ofHours(1)),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Limits.USUAL_STRIKES);
        return rig.give(
                agent,
                limits,
                new Permission("p", new Glob("up.act"), Map.of(), OptionalLong.empty()));
    }

    private static Refusal refusal(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).refusal();
    }

    @Test
    @AttackCase({"REV-007", "INTENT-002"})
    void whoeverNamesAnothersMandateDoesNotEndIt() {
        try (GateRig rig = new GateRig(folder, LimitsRows.START)) {
            rig.pin("up.act");
            SomeAgent victim = rig.agent("victim");
            SomeAgent other = rig.agent("other");
            Mandate mandate = give(rig, victim);
            for (int i = 0; i < MANY; i++) {
                Answer answer =
                        rig.gate()
                                .call(
                                        other.caller(
                                                rig.store(), Optional.of(mandate.id()), rig.now()),
                                        rig.call("up.other", NOTHING),
                                        Line.closed());
                assertThat(refusal(answer)).isEqualTo(Refusal.MANDATE_OF_ANOTHER);
            }
            assertThat(rig.store().find(mandate.id()).orElseThrow().usage().strikes()).isZero();
            assertThat(rig.call(victim, "up.act", NOTHING)).isInstanceOf(Answer.Ended.class);
        }
    }

    @Test
    @AttackCase("REV-007")
    void whoeverHasTheMandateEndsIt() {
        try (GateRig rig = new GateRig(folder, LimitsRows.START)) {
            rig.pin("up.act");
            SomeAgent agent = rig.agent("agent");
            give(rig, agent);
            for (int i = 0; i < Limits.USUAL_STRIKES; i++) {
                assertThat(refusal(rig.call(agent, "up.other" + i, NOTHING)))
                        .isEqualTo(Refusal.TOOL_UNKNOWN);
            }
            assertThat(refusal(rig.call(agent, "up.act", NOTHING)))
                    .isEqualTo(Refusal.MANDATE_REVOKED);
        }
    }
}
