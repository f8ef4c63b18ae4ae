package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.approval.Verdict;
import dev.remit.call.ArgumentRole;
import dev.remit.call.Correction;
import dev.remit.call.Effect;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.decision.intent.Mode;
import dev.remit.decision.intent.Modes;
import dev.remit.decision.intent.Rule;
import dev.remit.ledger.IntentSaid;
import dev.remit.mandate.Amendment;
import dev.remit.mandate.Limits;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SomeAgent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that a mandate includes, held against the person's words in the real gate. */
class MeantTest extends OfficeAtTheGate {
    @Test
    @AttackCase("TOOL-009")
    void whatWasAskedForIsDoneAndTheRestIsNot() {
        search();
        assertThat(call("office.update_event", EDIT)).isEqualTo("made");
        assertThat(said().as()).isEqualTo(IntentSaid.As.AGREED);
        assertThat(said().origins())
                .anySatisfy(
                        one -> {
                            assertThat(one.argument()).isEqualTo("event");
                            assertThat(one.call()).isEqualTo(records().getFirst().call().text());
                        });

        assertThat(call("office.send_email", MAIL)).isEqualTo("asked: intent-asks");
        assertThat(said().rule()).isEqualTo("effect-not-asked");
        assertThat(said().as()).isEqualTo(IntentSaid.As.ASKED);

        readNote();
        assertThat(call("office.transfer_money", PAY)).isEqualTo("intent-refuses");
        assertThat(said().rule()).isEqualTo("ordered-by-a-text");
        assertThat(said().evidence()).contains("office.read_note");
        assertThat(effects).containsExactly("search_events", "update_event", "read_note");
        assertThat(records()).hasSize(5);
        assertThat(rig.store().questions().waiting(9)).hasSize(1);
    }

    /** Also where a permission names the tool; a yes for the task is for this very call. */
    @Test
    void whatTheGiverRuledOutIsAskedAbout() {
        amended(
                AGENDA,
                new Amendment(Set.of(Amendment.Act.SEND), Set.of()),
                permission("all", "office.*"),
                permission("mail", "office.send_email"));
        search();
        assertThat(call("office.update_event", EDIT)).isEqualTo("made");
        assertThat(call("office.send_email", MAIL)).isEqualTo("asked: intent-asks");
        assertThat(said().rule()).isEqualTo("ruled-out");
        answer(Verdict.FOR_TASK, "office.send_email", MAIL);
        assertThat(call("office.send_email", MAIL)).isEqualTo("made");
        assertThat(call("office.send_email", MAIL.with("body", Value.of("other"))))
                .isEqualTo("asked: intent-asks");
        begin();
        assertThat(call("office.send_email", MAIL.with("body", Value.of("third"))))
                .as("after a restart, too")
                .isEqualTo("asked: intent-asks");
    }

    @Test
    void whatTheGiverSaidBesideTheWordsIsAskedFor() {
        Value.Fields mail = MAIL.with("to", Value.of("ben@office.example"));
        search();
        assertThat(call("office.send_email", mail)).isEqualTo("asked: intent-asks");
        amended(
                AGENDA + " and show it to ben@office.example",
                new Amendment(Set.of(), Set.of(Amendment.Act.SEND)),
                permission("all", "office.*"));
        assertThat(call("office.send_email", mail)).isEqualTo("made");
        assertThat(call("office.transfer_money", PAY)).isEqualTo("asked: intent-asks");
    }

    /** What a text orders is not even asked about, also where the mandate does not include it. */
    @Test
    void nobodyIsAskedWhatATextOrders() {
        give(AGENDA, permission("some", "office.read_note"), permission("e", "office.update_*"));
        assertThat(call("office.transfer_money", PAY)).isEqualTo("asked: not-permitted");
        readNote();
        assertThat(call("office.transfer_money", PAY)).isEqualTo("intent-refuses");
        assertThat(said().as()).isEqualTo(IntentSaid.As.REFUSED);
    }

    @Test
    void aYesOnceIsForOneCall() {
        answer(Verdict.ONCE, "office.send_email", MAIL);
        assertThat(call("office.send_email", MAIL)).isEqualTo("made");
        assertThat(call("office.send_email", MAIL)).isEqualTo("asked: intent-asks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"for-task", "like-it"})
    void aYesForTheTaskHolds(String verdict) {
        answer(Verdict.of(verdict).orElseThrow(), "office.send_email", MAIL);
        assertThat(call("office.send_email", MAIL)).isEqualTo("made");
        assertThat(call("office.send_email", MAIL)).isEqualTo("made");
        Value.Fields other = MAIL.with("to", Value.of("eve@other.example"));
        assertThat(call("office.send_email", other)).isEqualTo("asked: intent-asks");
    }

    /** Who names a tool has asked for it; not for anybody as its receiver. */
    @Test
    void aToolThatAPermissionNamesIsAskedFor() {
        give(AGENDA, permission("mail", "office.send_email"), permission("read", "office.read_*"));
        readNote();
        assertThat(call("office.send_email", MAIL)).isEqualTo("asked: intent-asks");
        assertThat(said().rule()).isEqualTo("destination");
        give(
                AGENDA + ", and tell everyone@office.example",
                permission("mail", "office.send_email"));
        assertThat(call("office.send_email", MAIL)).isEqualTo("made");
    }

    @Test
    void whatWasSeenIsKnownAfterARestart() {
        search();
        readNote();
        rig.restart();
        begin();
        assertThat(call("office.transfer_money", PAY)).isEqualTo("intent-refuses");
        Value.Fields guest = MAIL.with("to", Value.of("ben@office.example"));
        assertThat(call("office.send_email", guest)).isEqualTo("asked: intent-asks");
        assertThat(said().origins().getFirst().standing()).contains("office.search_events");
    }

    /** The same where there is no room: of two mandates, the other is read again. */
    @Test
    void whatDoesNotFitIsReadAgain() {
        most = 1;
        begin();
        readNote();
        SomeAgent first = agent;
        agent = rig.agent("another");
        give(AGENDA, permission("all", "office.*"));
        search();
        agent = first;
        assertThat(call("office.transfer_money", PAY)).isEqualTo("intent-refuses");
    }

    /** A long answer is not in the log; that something was read is known all the same. */
    @Test
    void whatTheLogDoesNotTellIsTrustedByNobody() {
        note = "x ".repeat(40_000) + ORDER;
        give(
                "Create an event, and add notes to it",
                permission("all", "office.*"),
                permission("read", "office.read_note"));
        readNote();
        rig.restart();
        begin();
        assertThat(call("office.transfer_money", PAY)).isEqualTo("asked: intent-asks");
    }

    @Test
    void aRuleThatIsOnlyObservedLetsThrough() {
        for (Mode mode : List.of(Mode.OBSERVE, Mode.WARN)) {
            modes = Modes.of(mode);
            begin();
            readNote();
            assertThat(call("office.transfer_money", PAY)).isEqualTo("made");
            assertThat(said().as())
                    .isEqualTo(mode == Mode.WARN ? IntentSaid.As.WARNED : IntentSaid.As.OBSERVED);
        }
    }

    /** One rule that is observed hides no other. */
    @Test
    void theNextRuleStillCounts() {
        modes =
                new Modes(
                        new Modes.OfUpstream(
                                Optional.empty(),
                                Map.of(
                                        Rule.ORDERED_BY_A_TEXT, Mode.OBSERVE,
                                        Rule.EFFECT_NOT_ASKED, Mode.OBSERVE)),
                        Map.of());
        begin();
        readNote();
        assertThat(call("office.transfer_money", PAY)).isEqualTo("asked: intent-asks");
        assertThat(said().rule()).isEqualTo("also-ordered");
    }

    @Test
    void anUpstreamHasModesOfItsOwn() {
        modes =
                new Modes(
                        Modes.of(Mode.OBSERVE).all(),
                        Map.of("office", Modes.of(Mode.ENFORCE).all()));
        begin();
        assertThat(call("office.send_email", MAIL)).isEqualTo("asked: intent-asks");
    }

    @Test
    void theOperatorCorrectsWhatAToolDoes() {
        pin("office.notify_board", "note");
        assertThat(call("office.notify_board", Value.object().put("note", "x").build()))
                .isEqualTo("asked: intent-asks");
        corrections =
                Map.of(
                        Tool.of("office.notify_board"),
                        new Correction(Set.of(Effect.READ), Map.of("note", ArgumentRole.PLAIN)));
        begin();
        assertThat(call("office.notify_board", Value.object().put("note", "x").build()))
                .isEqualTo("made");
    }

    @Test
    void nobodyIsAskedWhereTheMandateAsksNobody() {
        Limits limits =
                new Limits(START.plusSeconds(36_000), Optional.empty(), OptionalLong.empty(), 9);
        rig.give(agent, AGENDA, limits, permission("all", "office.*"));
        assertThat(call("office.send_email", MAIL)).isEqualTo(Refusal.INTENT_ASKS.code());
        assertThat(effects).isEmpty();
    }
}
