package dev.remit.decision.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of all rules, and those that take more than a scene. */
final class LookedAtTwiceTest {
    private static final ToolReading READ = ToolReaderTest.tool("read_letters", "", "folder");
    private static final ToolReading SEND = ToolReaderTest.tool("send_letter", "", "to", "body");
    private static final Value.Fields IN = Value.object().put("folder", "in").build();
    private static final String INBOX = "[{'from':'ruth@garden.example','subject':'Roses'}]";
    private static final Value.Fields LETTER =
            Value.object().put("to", "ruth@garden.example").put("body", "x").build();

    private Memory memory = new Memory(TaskReader.read("nothing"));

    @BeforeEach
    void saw() {
        memory = new Memory(TaskReader.read("Reply to the letter about the roses"));
        memory.remember("read_letters", READ, IN, INBOX);
    }

    private Rule judge(Value.Fields letter) {
        return Intent.judge(SEND, letter, memory).rule();
    }

    @Test
    void toAskAgainChangesNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(judge(LETTER)).isEqualTo(Rule.ASKED);
            assertThat(judge(LETTER.with("to", Value.of("mole@evil.example"))))
                    .isEqualTo(Rule.DESTINATION);
        }
    }

    @Test
    void whatIsForgottenWasNeverSeen() {
        for (int i = 0; i < 50; i++) {
            memory.remember("read_letters", READ, IN, "a long text ".repeat(20_000));
        }
        assertThat(judge(LETTER)).isEqualTo(Rule.DESTINATION);
    }

    @Test
    void moreValuesThanAreLookedAtAreTooMany() {
        Value to = Value.of("ruth@garden.example");
        Value.Fields few = LETTER.with("to", new Value.Items(Collections.nCopies(200, to)));
        Value.Fields many = LETTER.with("to", new Value.Items(Collections.nCopies(300, to)));
        assertThat(judge(few)).isEqualTo(Rule.ASKED);
        assertThat(judge(many)).isEqualTo(Rule.TOO_MUCH);
        String listed = "ruth@garden.example, ".repeat(300);
        assertThat(judge(LETTER.with("to", Value.of(listed)))).isEqualTo(Rule.TOO_MUCH);
        assertThat(judge(LETTER.with("body", Value.of(listed)))).isEqualTo(Rule.TOO_MUCH);
        assertThat(
                        Intent.judge(
                                        ToolReaderTest.tool("read_page", "", "url"),
                                        Value.object()
                                                .put(
                                                        "url",
                                                        new Value.Items(
                                                                Collections.nCopies(
                                                                        300,
                                                                        Value.of("a.example"))))
                                                .build(),
                                        memory)
                                .rule())
                .isEqualTo(Rule.TOO_MUCH);
    }

    /** A second look holds back what the rules let through, and lets nothing through. */
    @ParameterizedTest
    @CsvSource({
        "ruth@garden.example, true, asked, ALLOW",
        "ruth@garden.example, false, second-look, ASK",
        "mole@evil.example, true, destination, ASK",
        "mole@evil.example, false, destination, ASK",
    })
    void aSecondLookOnlyHoldsBack(String to, boolean fits, String rule, Rule.Verdict verdict) {
        Provenance.Judged judged =
                new Provenance(SEND, memory, Modes.USUAL, "club")
                        .judge(
                                LETTER.with("to", Value.of(to)),
                                ExpressLeave.NONE,
                                Optional.of(new SecondLook(fits, "it looks odd")));
        assertThat(judged.finding().rule().code()).isEqualTo(rule);
        assertThat(judged.verdict()).isEqualTo(verdict);
        assertThat(judged.finding().evidence().contains("it looks odd"))
                .isEqualTo(verdict == Rule.Verdict.ASK);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void everyRuleHasItsSentences(Rule rule) {
        assertThat(rule.forPerson()).endsWith(".");
        assertThat(rule.forModel().isEmpty()).isEqualTo(rule.verdict() == Rule.Verdict.ALLOW);
    }

    /** What each comes to is part of the manual; only one refuses. */
    @ParameterizedTest
    @EnumSource(Rule.class)
    void whatARuleComesTo(Rule rule) {
        Rule.Verdict verdict =
                Set.of(Rule.READS, Rule.ASKED).contains(rule)
                        ? Rule.Verdict.ALLOW
                        : rule == Rule.ORDERED_BY_A_TEXT ? Rule.Verdict.REFUSE : Rule.Verdict.ASK;
        assertThat(rule.verdict()).isEqualTo(verdict);
    }
}
