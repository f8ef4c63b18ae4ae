package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.approval.Question;
import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.Arguments;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.identity.Caller;
import dev.remit.ledger.Event;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.registry.ActRefused;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SomeAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of calls that a mandate does not include, if its giver may be asked. */
class QuestionsTest {
    private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
    private static final int AN_HOUR = 4; // questions
    private static final Value.Fields ONE = Value.object().put("to", "/in/one").build();
    private static final Value.Fields TWO = Value.object().put("to", "/in/two").build();
    private static final Value.Fields AWAY = Value.object().put("to", "/out/one").build();

    @TempDir private Path data;
    private GateRig rig;
    private SomeAgent agent;
    private Mandate mandate;

    @BeforeEach
    void given() {
        rig = new GateRig(data, START);
        rig.pin("up.read");
        rig.pin("up.move");
        agent = rig.agent("agent");
        mandate = rig.give(agent, limits(), reading());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static Limits limits() {
        return new Limits(START.plusSeconds(36_000), Optional.empty(), OptionalLong.of(20), 2)
                .asking(AN_HOUR);
    }

    private static Permission reading() {
        return new Permission("read", new Glob("up.read"), Map.of(), OptionalLong.empty());
    }

    private QuestionId asked(Value.Fields arguments) {
        Answer answer = rig.call(agent, "up.move", arguments);
        assertThat(answer).isInstanceOf(Answer.Asked.class);
        return ((Answer.Asked) answer).question();
    }

    private void answer(QuestionId id, Verdict verdict) {
        Question question = rig.store().questions().question(id).orElseThrow();
        Event.Decided asked =
                (Event.Decided) rig.store().entry(question.entry()).orElseThrow().event();
        rig.grantor().answer(question, verdict, new Arguments(asked.arguments()), GateRig.ADA);
    }

    private String told(Value.Fields arguments) {
        return switch (rig.call(agent, "up.move", arguments)) {
            case Answer.Ended _ -> "made";
            case Answer.CutShort _ -> "cut short";
            case Answer.Asked _ -> "asked";
            case Answer.Refused refused -> refused.refusal().code();
        };
    }

    private long records() {
        return LongStream.range(0, rig.store().size())
                .mapToObj(index -> rig.store().entry(index).orElseThrow().event())
                .filter(Event.Decided.class::isInstance)
                .count();
    }

    @Test
    void theSameCallIsTheSameQuestion() {
        QuestionId first = asked(ONE);
        assertThat(asked(ONE)).isEqualTo(first);
        assertThat(asked(TWO)).isNotEqualTo(first);
        assertThat(rig.store().questions().waiting(9)).hasSize(2);
        assertThat(rig.store().questions().waiting(GateRig.ADA.id(), 9)).hasSize(2);
        assertThat(records()).isEqualTo(3);
        assertThat(rig.store().find(mandate.id()).orElseThrow().usage().strikes()).isZero();
    }

    /** What each answer lets through: the same call, again, one like it, and one unlike it. */
    @ParameterizedTest
    @EnumSource(Verdict.class)
    @DisplayName("APPR-001 APPR-012: a yes is to this call, also after a restart")
    void eachAnswerLetsThroughWhatItSays(Verdict verdict) {
        answer(asked(ONE), verdict);
        rig.restart();
        List<String> expected =
                switch (verdict) {
                    case ONCE -> List.of("made", "asked", "asked", "asked");
                    case FOR_TASK -> List.of("made", "made", "asked", "asked");
                    case LIKE_IT -> List.of("made", "made", "made", "asked");
                    case NO -> List.of("denied", "denied", "asked", "asked");
                    case NEVER -> List.of("denied", "denied", "not-permitted", "not-permitted");
                };
        assertThat(List.of(told(ONE), told(ONE), told(TWO), told(AWAY))).isEqualTo(expected);
    }

    @Test
    @AttackCase("GRANT-001")
    @DisplayName("APPR-002: one yes is one call, however many come at once")
    void oneYesIsOneCallHoweverManyComeAtOnce() throws Exception {
        answer(asked(ONE), Verdict.ONCE);
        Gate gate = rig.gate();
        Caller caller = rig.caller(agent);
        List<Answer> answers =
                GateRig.atOnce(
                        64, () -> gate.call(caller, rig.call("up.move", ONE), Line.closed()));
        assertThat(answers).filteredOn(Answer.Ended.class::isInstance).hasSize(1);
    }

    @Test
    void aYesIsForTheOneWhoAsked() {
        SomeAgent other = rig.agent("other");
        rig.give(other, limits(), reading());
        answer(asked(ONE), Verdict.ONCE);
        assertThat(rig.call(other, "up.move", ONE)).isInstanceOf(Answer.Asked.class);
        assertThat(told(ONE)).isEqualTo("made");
    }

    @Test
    void silenceIsNo() {
        QuestionId question = asked(ONE);
        rig.later(Question.WAITS);
        assertThatThrownBy(() -> answer(question, Verdict.ONCE)).isInstanceOf(ActRefused.class);
        assertThat(told(ONE)).isEqualTo("asked"); // anew
    }

    @Test
    void aYesDoesNotHoldForEver() {
        answer(asked(ONE), Verdict.ONCE);
        rig.later(Question.HOLDS);
        assertThat(told(ONE)).isEqualTo("asked");
    }

    @Test
    void theFirstAnswerCounts() throws Exception {
        QuestionId question = asked(ONE);
        List<Boolean> counted =
                GateRig.atOnce(
                        8,
                        () -> {
                            try {
                                answer(question, Verdict.NO);
                                return true;
                            } catch (ActRefused e) {
                                return false;
                            }
                        });
        assertThat(counted).filteredOn(one -> one).hasSize(1);
        assertThatThrownBy(() -> answer(question, Verdict.ONCE)).isInstanceOf(ActRefused.class);
        assertThat(told(ONE)).isEqualTo("denied");
    }

    @Test
    @AttackCase("APPR-007")
    void questionsAreLimited() throws Exception {
        GateRig.atOnce(
                16,
                () ->
                        rig.call(
                                agent,
                                "up.move",
                                Value.object()
                                        .put("to", "/" + Thread.currentThread().threadId())
                                        .build()));
        assertThat(rig.store().questions().waiting(99)).hasSize(AN_HOUR);
    }

    @Test
    void whoAsksTooMuchOversteps() {
        for (int i = 0; i < AN_HOUR; i++) {
            asked(Value.object().put("to", "/" + i).build());
        }
        assertThat(told(AWAY)).isEqualTo("not-permitted");
        assertThat(told(AWAY)).isEqualTo("not-permitted");
        assertThat(told(AWAY)).isEqualTo("mandate-revoked");
    }

    @Test
    void aYesLiftsNoLimit() {
        Mandate once =
                rig.give(
                        agent,
                        new Limits(
                                        START.plusSeconds(36_000),
                                        Optional.empty(),
                                        OptionalLong.of(1),
                                        5)
                                .asking(AN_HOUR),
                        reading());
        answer(asked(ONE), Verdict.ONCE);
        assertThat(rig.call(agent, "up.read", ONE)).isInstanceOf(Answer.Ended.class);
        assertThat(told(ONE)).isEqualTo(Refusal.MANDATE_SPENT.code());
        assertThat(rig.store().find(once.id()).orElseThrow().usage().calls()).isEqualTo(1);
    }

    @Test
    @AttackCase("REV-005")
    void nobodyIsAskedAboutWhatHasEnded() {
        QuestionId question = asked(ONE);
        rig.grantor().revoke(mandate.id(), "enough", GateRig.ADA);
        assertThatThrownBy(() -> answer(question, Verdict.ONCE)).isInstanceOf(ActRefused.class);
        assertThat(told(ONE)).isEqualTo("mandate-revoked");
    }

    @Test
    void whatIsNotThereIsNotAskedAbout() {
        assertThat(rig.call(agent, "up.nothing", ONE)).isInstanceOf(Answer.Refused.class);
        assertThat(rig.store().questions().waiting(9)).isEmpty();
    }

    @Test
    void theBooksAreTheSameAfterwards() {
        answer(asked(ONE), Verdict.LIKE_IT);
        asked(AWAY);
        rig.later(Duration.ofMinutes(1));
        List<Object> before = List.of(rig.store().list(9), rig.store().questions().waiting(9));
        rig.restart();
        assertThat(List.of(rig.store().list(9), rig.store().questions().waiting(9)))
                .isEqualTo(before);
    }
}
