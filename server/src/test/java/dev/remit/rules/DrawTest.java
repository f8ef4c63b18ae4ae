package dev.remit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.Arguments;
import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.identity.Binding;
import dev.remit.identity.Caller;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.ledger.RuleSaid;
import dev.remit.mandate.Budget;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * A rule says yes instead of the giver, so often and no more, and only where they would be asked.
 */
final class DrawTest {
    private static final String RULE =
            """
            @id("small") @draw("2") @say("Small payments are let.")
            permit(principal, action == Action::"bank.pay", resource)
            when { context.input.amount.lessThan(decimal("10.0")) };
            """;

    private final Office office = new Office();

    private Answer pay(int amount) {
        return office.call("bank.pay", Value.object().put("amount", amount).build());
    }

    @Test
    void soOftenAndThenThePersonIsAsked() {
        office.under(RULE).give("mail.*", 5);
        assertThat(pay(9)).isInstanceOf(Answer.Ended.class);
        assertThat(office.decided().rules())
                .containsExactly(
                        new RuleSaid("small", RuleSaid.As.DREW, "Small payments are let."));
        assertThat(pay(10)).isInstanceOf(Answer.Asked.class);
        assertThat(office.call("bank.balance")).isInstanceOf(Answer.Asked.class);
        assertThat(pay(8)).isInstanceOf(Answer.Ended.class);
        assertThat(pay(7)).isInstanceOf(Answer.Asked.class);
        assertThat(office.effects).containsExactly("bank.pay", "bank.pay");
    }

    @Test
    void nobodyCountsPastIt() {
        office.under(RULE).give("mail.*", 5);
        pay(9);
        Event.Decided one = office.decided();
        Ledger ledger = new Ledger(office.store, () -> new byte[16]);
        assertThat(ledger.append(again(one, "call_x"), office.now)).isInstanceOf(Receipt.class);
        assertThat(ledger.append(again(one, "call_y"), office.now)).isNotInstanceOf(Receipt.class);
    }

    private static Event.Decided again(Event.Decided one, String call) {
        return again(one, call, one.binding(), one.ruling());
    }

    private static Event.Decided again(
            Event.Decided one, String call, Binding binding, Event.Ruling ruling) {
        return new Event.Decided(
                new CallId(call),
                one.instance(),
                one.agent(),
                one.behind(),
                binding,
                one.mandate(),
                one.tool(),
                one.toolDefinition(),
                ruling,
                one.arguments(),
                one.rules(),
                one.intent());
    }

    private Mandate give(String tools, OptionalLong each, Limits limits) {
        return office.grantor.give(
                Office.ADA,
                office.agent.id(),
                new Task("pay the bill"),
                new Permissions(List.of(new Permission("p", new Glob(tools), Map.of(), each))),
                limits.until(office.now.plusSeconds(3600)).asking(5));
    }

    private static Limits limits(OptionalLong uses, List<Budget> budgets) {
        return new Limits(
                Instant.EPOCH,
                Optional.empty(),
                uses,
                5,
                OptionalLong.empty(),
                Optional.empty(),
                budgets,
                List.of(),
                0);
    }

    private void refused(Refusal refusal, Answer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class, one -> assertThat(one.refusal()).isEqualTo(refusal));
    }

    @Test
    void whatIsDrawnCountsForTheMandate() {
        office.under(RULE);
        give("mail.*", OptionalLong.empty(), limits(OptionalLong.of(1), List.of()));
        assertThat(pay(9)).isInstanceOf(Answer.Ended.class);
        Event.Decided one = office.decided();
        refused(Refusal.MANDATE_SPENT, pay(9));
        Ledger ledger = new Ledger(office.store, () -> new byte[16]);
        assertThat(ledger.append(again(one, "call_x"), office.now)).isNotInstanceOf(Receipt.class);

        Budget budget = new Budget("b", new Glob("bank.*"), "amount", BigDecimal.valueOf(15));
        give("mail.*", OptionalLong.empty(), limits(OptionalLong.empty(), List.of(budget)));
        assertThat(pay(9)).isInstanceOf(Answer.Ended.class);
        refused(Refusal.BUDGET_EXCEEDED, pay(7));
        assertThat(pay(6)).isInstanceOf(Answer.Ended.class);
        assertThat(office.effects).hasSize(3);
    }

    @Test
    void whatThePersonHasCountedOutIsAskedAbout() {
        office.under(RULE);
        give("bank.*", OptionalLong.of(1), Limits.USUAL);
        assertThat(pay(9)).isInstanceOf(Answer.Ended.class);
        assertThat(office.decided().ruling()).isInstanceOf(Event.Ruling.Allowed.class);
        assertThat(pay(9)).isInstanceOf(Answer.Asked.class);
    }

    @Test
    void whoProvesNoKeyDrawsNothing() {
        office.under(RULE).give("mail.*", 5);
        Value.Fields nine = Value.object().put("amount", 9).build();
        assertThat(office.call(office.keyless(), "bank.pay", nine, Optional.empty()))
                .isInstanceOf(Answer.Asked.class);
        assertThat(pay(9)).isInstanceOf(Answer.Ended.class);
        Event.Decided one = office.decided();
        Ledger ledger = new Ledger(office.store, () -> new byte[16]);
        Event.Decided keyless = again(one, "call_x", Binding.NONE, one.ruling());
        assertThat(ledger.append(keyless, office.now)).isNotInstanceOf(Receipt.class);
    }

    /** A tool's own question goes on under the same yes, which is not taken twice. */
    @Test
    void aFurtherRoundIsPartOfWhatWasDrawn() {
        office.under(RULE).give("mail.*", 5);
        Value.Fields nine = Value.object().put("amount", 9).build();
        Outcome answers = office.ending;
        office.ending = new Outcome.Asked(Value.Fields.EMPTY, Duration.ZERO);
        pay(9);
        CallId first = office.decided().call();
        office.ending = answers;
        Value.Fields eight = Value.object().put("amount", 8).build();
        refused(
                Refusal.NOT_PERMITTED,
                office.call(office.caller(), "bank.pay", eight, Optional.of(first)));
        assertThat(office.call(office.caller(), "bank.pay", nine, Optional.of(first)))
                .isInstanceOf(Answer.Ended.class);
        assertThat(office.decided().ruling())
                .isEqualTo(new Event.Ruling.Continued("rule:small", first));
        assertThat(pay(9)).isInstanceOf(Answer.Ended.class);
        assertThat(pay(9)).isInstanceOf(Answer.Asked.class);
    }

    /** The twin, with a person's yes instead of a rule's. */
    @Test
    void aFurtherRoundIsPartOfWhatAPersonSaidYesTo() {
        office.give("mail.*", 5);
        Value.Fields nine = Value.object().put("amount", 9).build();
        for (Caller caller : List.of(office.caller(), office.keyless())) {
            Answer asked = office.call(caller, "bank.pay", nine, Optional.empty());
            QuestionId question = ((Answer.Asked) asked).question();
            office.grantor.answer(
                    office.store.questions().question(question).orElseThrow(),
                    Verdict.ONCE,
                    new Arguments(nine),
                    Office.ADA);
            Outcome answers = office.ending;
            office.ending = new Outcome.Asked(Value.Fields.EMPTY, Duration.ZERO);
            office.call(caller, "bank.pay", nine, Optional.empty());
            CallId first = office.decided().call();
            office.ending = answers;
            assertThat(office.call(caller, "bank.pay", nine, Optional.of(first)))
                    .isInstanceOf(Answer.Ended.class);
            assertThat(office.decided().ruling())
                    .isEqualTo(new Event.Ruling.Continued(question.text(), first));
            refused(
                    Refusal.NOT_PERMITTED,
                    office.call(caller, "bank.pay", nine, Optional.of(first)));
        }
    }

    @Test
    void aRuleThatOnlyWatchesKeepsNothingFromBeingDrawn() {
        office.under(
                        RULE
                                + """
                                @id("watch") @mode("observe") forbid(principal, action, resource);
                                """)
                .give("mail.*", 5);
        assertThat(pay(9)).isInstanceOf(Answer.Ended.class);
        assertThat(office.decided().rules())
                .containsExactly(
                        new RuleSaid("watch", RuleSaid.As.OBSERVED, ""),
                        new RuleSaid("small", RuleSaid.As.DREW, "Small payments are let."));
    }

    @Test
    void aGiverWhoIsNotAskedIsNotAnsweredFor() {
        office.under(RULE).give("mail.*", 0);
        assertThat(pay(9)).isInstanceOf(Answer.Refused.class);
        assertThat(office.effects).isEmpty();
    }

    @Test
    void whatIsForbiddenOrAlwaysAsksIsNotDrawn() {
        office.under(
                        RULE
                                + """
                                @id("never") forbid(principal, action, resource)
                                when { context.input.amount == decimal("6.0") };
                                @id("always") @ask forbid(principal, action, resource)
                                when { context.input.amount == decimal("5.0") };
                                """)
                .give("mail.*", 5);
        assertThat(pay(6)).isInstanceOf(Answer.Refused.class);
        assertThat(pay(5)).isInstanceOf(Answer.Asked.class);
        assertThat(office.effects).isEmpty();
        assertThat(pay(9)).isInstanceOf(Answer.Ended.class);
    }

    @Test
    void oneThatCannotBeJudgedSaysNothing() {
        office.under(RULE).give("mail.*", 5);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Asked.class);
        assertThat(office.effects).isEmpty();
        office.under(
                RULE
                        + """
                        @id("odd") @draw("9") permit(principal, action, resource)
                        when { context.input.none == 1 };
                        """);
        assertThat(pay(9)).isInstanceOf(Answer.Asked.class);
    }

    @Test
    void howOftenIsSaidByAPermit() {
        for (String wrong :
                new String[] {
                    RULE.replace("permit(", "forbid("),
                    RULE.replace("\"2\"", "\"0\""),
                    RULE.replace("(\"2\")", "")
                }) {
            assertThatThrownBy(() -> office.under(wrong))
                    .isInstanceOf(RulesUnreadable.class)
                    .hasMessageContaining("@draw");
        }
    }
}
