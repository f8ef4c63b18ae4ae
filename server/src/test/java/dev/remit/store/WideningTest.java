package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.mandate.Condition;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.testkit.SomeAgent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mandate is widened by what was said, and by nothing more. */
class WideningTest {
    private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

    @TempDir private Path data;

    @Test
    void whatIsAddedKeepsItsConditions() {
        try (GateRig rig = new GateRig(data, START)) {
            rig.pin("up.look");
            rig.pin("up.act");
            SomeAgent agent = rig.agent("agent");
            Limits limits =
                    new Limits(START.plusSeconds(60), Optional.empty(), OptionalLong.empty(), 5);
            Mandate mandate = rig.give(agent, limits, leave("up.look"));
            Condition afterLooking = new Condition.After(new Glob("up.look"));
            rig.grantor().widen(mandate.id(), List.of(leave("up.act", afterLooking)), GateRig.ADA);
            assertThat(rig.call(agent, "up.act", Value.Fields.EMPTY))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused ->
                                    assertThat(refused.refusal())
                                            .isEqualTo(Refusal.CONDITION_UNMET));
            rig.call(agent, "up.look", Value.Fields.EMPTY);
            assertThat(rig.call(agent, "up.act", Value.Fields.EMPTY))
                    .isInstanceOf(Answer.Ended.class);
        }
    }

    private static Permission leave(String tool, Condition... when) {
        return new Permission("p", new Glob(tool), Map.of(), OptionalLong.empty(), List.of(when));
    }
}
