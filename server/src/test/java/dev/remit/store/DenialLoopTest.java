package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.ledger.Event;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Sheet;
import dev.remit.testkit.SomeAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever repeats what is refused is told so, weighs more, and does not fill the log. */
final class DenialLoopTest {
    private static final Value.Fields NOTHING = Value.Fields.EMPTY;
    private static final long MANY = 1_000_000;

    @TempDir private Path folder;
    private GateRig rig;
    private Gate gate;
    private SomeAgent agent;

    @BeforeEach
    void open() {
        rig = new GateRig(folder, LimitsRows.START);
        rig.pin("up.act");
        rig.pin("up.other");
        agent = rig.agent("agent");
        gate = rig.gate();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Mandate give(long strikes) {
        Limits limits =
                new Limits(
                        rig.now().plus(Duration.ofHours(9)),
                        Optional.empty(),
                        OptionalLong.empty(),
                        strikes);
        return rig.give(
                agent,
                limits,
                new Permission("p", new Glob("up.act"), Map.of(), OptionalLong.empty()));
    }

    private Answer call(String tool, Value.Fields arguments) {
        return gate.call(rig.caller(agent), rig.call(tool, arguments), Line.closed());
    }

    private Answer.Refused refused(String tool, Value.Fields arguments) {
        Answer answer = call(tool, arguments);
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return (Answer.Refused) answer;
    }

    private long strikes(Mandate mandate) {
        return rig.store().find(mandate.id()).map(Sheet::usage).orElseThrow().strikes();
    }

    private List<Event.Ruling.Refused> records() {
        List<Event.Ruling.Refused> found = new ArrayList<>();
        Archive.of(folder)
                .read(
                        0,
                        entry -> {
                            if (entry.event() instanceof Event.Decided decided
                                    && decided.ruling() instanceof Event.Ruling.Refused one) {
                                found.add(one);
                            }
                            return true;
                        });
        return found;
    }

    private static Value.Fields number(long number) {
        return Value.object().put("n", number).build();
    }

    @Test
    void aHundredRepeatsLeaveThirteenRecordsThatCountThemAll() {
        Mandate mandate = give(MANY);
        for (int i = 1; i <= 100; i++) {
            Answer.Refused answer = refused("up.other", NOTHING);
            assertThat(answer.refusal()).isEqualTo(Refusal.NOT_PERMITTED);
            assertThat(answer.times()).isEqualTo(i);
        }
        List<Event.Ruling.Refused> records = records();
        assertThat(records).hasSize(13);
        assertThat(records).extracting(Event.Ruling.Refused::times).endsWith(10L, 20L, 40L, 80L);
        assertThat(records.stream().mapToLong(one -> 1 + one.more()).sum()).isEqualTo(80);
        assertThat(strikes(mandate)).isEqualTo(2 + 78 * 2); // as if each had been written down
    }

    @Test
    void whatIsRefusedDifferentlyEachTimeIsNoLoop() {
        give(MANY);
        for (int i = 1; i <= 30; i++) {
            assertThat(refused("up.other", number(i)).times()).isEqualTo(1);
        }
        assertThat(records()).hasSize(30);
    }

    @Test
    void theThirdTimeWeighsMore() {
        Mandate mandate = give(MANY);
        refused("up.other", NOTHING);
        refused("up.other", NOTHING);
        assertThat(strikes(mandate)).isEqualTo(2);
        refused("up.other", NOTHING);
        assertThat(strikes(mandate)).isEqualTo(4);
    }

    @Test
    void afterAPauseItBeginsAnewAndCountsWhatWasLeftOut() {
        Mandate mandate = give(MANY);
        for (int i = 1; i <= 15; i++) {
            refused("up.other", NOTHING);
        }
        rig.later(Duration.ofMinutes(10));
        assertThat(refused("up.other", NOTHING).times()).isEqualTo(1);
        assertThat(records()).hasSize(11);
        assertThat(records().getLast().more()).isEqualTo(5);
        assertThat(strikes(mandate)).isEqualTo(2 + 13 * 2 + 1);
    }

    @Test
    void aCallIsMadeAsSoonAsItMayBeWhateverWasRefusedBefore() {
        Mandate mandate = give(MANY);
        for (int i = 1; i <= 50; i++) {
            refused("up.other", NOTHING);
        }
        rig.grantor()
                .widen(
                        mandate.id(),
                        List.of(
                                new Permission(
                                        "q", new Glob("up.other"), Map.of(), OptionalLong.empty())),
                        GateRig.ADA);
        assertThat(call("up.other", NOTHING)).isInstanceOf(Answer.Ended.class);
        assertThat(call("up.act", NOTHING)).isInstanceOf(Answer.Ended.class);
    }

    @Test
    void aLoopEndsAMandateSoonerThanAsManyDifferentCalls() {
        Mandate mandate = give(Limits.USUAL_STRIKES);
        for (int i = 1; i <= 4; i++) {
            assertThat(refused("up.other", number(i)).refusal()).isEqualTo(Refusal.NOT_PERMITTED);
        }
        assertThat(call("up.act", NOTHING)).isInstanceOf(Answer.Ended.class);
        Mandate next = give(Limits.USUAL_STRIKES);
        for (int i = 1; i <= 4; i++) {
            refused("up.other", NOTHING);
        }
        assertThat(refused("up.act", NOTHING).refusal()).isEqualTo(Refusal.MANDATE_REVOKED);
        assertThat(strikes(mandate)).isEqualTo(4);
        assertThat(strikes(next)).isEqualTo(6);
    }
}
