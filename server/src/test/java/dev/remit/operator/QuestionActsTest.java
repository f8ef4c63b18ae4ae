package dev.remit.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.approval.QuestionId;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gate.Readings;
import dev.remit.giving.Given;
import dev.remit.giving.GivingRig;
import dev.remit.identity.Account;
import dev.remit.identity.Role;
import dev.remit.mandate.Mandate;
import dev.remit.people.Visitor;
import dev.remit.registry.ActRefused;
import dev.remit.registry.asked.Presenter;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the terminal is told of questions, and which answers it can give. */
final class QuestionActsTest {
    private static final Tool SEND = Tool.of("mail.send_mail");
    private static final Tool NOTE = Tool.of("files.create_note");
    private static final Value.Fields MAIL =
            Value.object().put("to", "ines@office.example").put("body", "hello").build();

    private GivingRig rig = unset();
    private Account ada = unset();
    private Mandate mandate = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeEach
    void start() throws IOException {
        rig = new GivingRig();
        ada = rig.account("Ada", Role.PERSON);
        Value.Fields text = Value.object().put("type", "string").build();
        rig.pin(SEND, false, Value.object().put("to", text).put("body", text).build());
        rig.pin(NOTE, false, Value.object().put("path", text).build());
        mandate = Given.by(rig, ada, "files.read");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private QuestionActs acts() {
        return new QuestionActs(
                new QuestionActs.Asked(
                        ada.person(),
                        rig.grantor,
                        rig.store.questions(),
                        rig.store,
                        new Presenter(
                                rig.store, rig.store, new Readings(Map.of()), rig.store, rig.store),
                        Optional.of(rig.origin + "/approvals")),
                rig.clock);
    }

    private Value.Fields list(int at) {
        Value.Items all =
                (Value.Items) acts().act("questions/list", Value.Fields.EMPTY).orElseThrow();
        return (Value.Fields) all.values().get(at);
    }

    private Value.Fields answer(QuestionId question, String verdict) {
        return (Value.Fields)
                acts().act(
                                "questions/answer",
                                Value.object()
                                        .put("question", question.text())
                                        .put("verdict", verdict)
                                        .build())
                        .orElseThrow();
    }

    private void passkey() {
        new Visitor(rig.origin).welcome(rig.link(ada), new SoftPasskey());
    }

    @Test
    void theGravestComesFirstWithWhatItDoesAndWhereEachValueCameFrom() {
        rig.asks(NOTE, mandate, "not-permitted", Value.object().put("path", "/a").build());
        rig.asks(SEND, mandate, "not-permitted", MAIL);
        Value.Fields first = list(0);
        assertThat(first.text("tool")).contains("mail.send_mail");
        assertThat(first.fields("risk").orElseThrow().text("title")).contains("It sends");
        assertThat(first.fields("risk").orElseThrow().flag("final")).isTrue();
        Value.Fields to = (Value.Fields) first.items("sent").getFirst();
        assertThat(to.text("argument")).contains("to");
        assertThat(to.text("purpose")).contains("who receives");
        assertThat(to.items("origins")).isNotEmpty();
        assertThat(list(1).text("tool")).contains("files.create_note");
    }

    @Test
    @AttackCase("APPR-003")
    void whoHasAPasskeyUsesItForWhatCannotBeUndone() {
        QuestionId mail = rig.asks(SEND, mandate, "not-permitted", MAIL);
        passkey();
        assertThat(list(0).text("passkey_at")).contains(rig.origin + "/approvals#q-" + mail);
        for (String yes : List.of("once", "for-task", "like-it")) {
            assertThatThrownBy(() -> answer(mail, yes))
                    .isInstanceOf(ActRefused.class)
                    .hasMessageContaining(rig.origin + "/approvals#q-" + mail);
        }
        assertThat(
                        rig.store
                                .questions()
                                .question(mail)
                                .orElseThrow()
                                .isWaiting(rig.clock.instant()))
                .isTrue();
        assertThat(answer(mail, "no").text("verdict")).contains("no");
    }

    @Test
    void whoHasNoneOrChangesOnlyWhatCanBeUndoneSaysItHere() {
        QuestionId mail = rig.asks(SEND, mandate, "not-permitted", MAIL);
        assertThat(answer(mail, "once").text("verdict")).contains("once");
        passkey();
        QuestionId note =
                rig.asks(NOTE, mandate, "not-permitted", Value.object().put("path", "/a").build());
        assertThat(list(0).text("passkey_at")).contains("");
        assertThat(answer(note, "once").text("verdict")).contains("once");
    }

    @Test
    void toStopAnAgentEndsWhatItsGiverGaveIt() {
        QuestionId mail = rig.asks(SEND, mandate, "not-permitted", MAIL);
        Mandate other = Given.by(rig, ada, "files.write");
        assertThat(answer(mail, "stop").text("verdict")).contains("stop");
        for (Mandate one : List.of(mandate, other)) {
            assertThat(rig.store.find(one.id()).orElseThrow().isInForce(rig.clock.instant()))
                    .isFalse();
        }
        assertThat(rig.store.questions().question(mail).orElseThrow().isNo(rig.clock.instant()))
                .isTrue();
    }

    @Test
    void somebodyElsesMandatesAreNotEndedSo() {
        Mandate bobs = Given.by(rig, rig.account("Bob", Role.PERSON), "files.read");
        QuestionId mail = rig.asks(SEND, bobs, "not-permitted", MAIL);
        assertThatThrownBy(() -> answer(mail, "stop")).hasMessageContaining("agent suspend");
        assertThat(rig.store.find(bobs.id()).orElseThrow().isInForce(rig.clock.instant())).isTrue();
    }
}
