package dev.remit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.CallId;
import dev.remit.call.Value;
import dev.remit.gate.Answer;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.ledger.RuleSaid;
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
        return new Event.Decided(
                new CallId(call),
                one.instance(),
                one.agent(),
                one.behind(),
                one.binding(),
                one.mandate(),
                one.tool(),
                one.toolDefinition(),
                one.ruling(),
                one.arguments(),
                one.rules());
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
