package dev.remit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.approval.Verdict;
import dev.remit.call.Arguments;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.ledger.Event;
import dev.remit.ledger.RuleSaid;
import dev.remit.registry.ActRefused;
import dev.remit.testkit.AttackCase;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules do to calls that a mandate allows, seen from the agent, the upstream and the log. */
final class RulesAtTheGateTest {
    private static final String BELOW_100 =
            """
            @id("below-100") @say("Payments are below 100.")
            forbid(principal, action == Action::"bank.pay", resource)
            unless { context.input.amount.lessThan(decimal("100.0")) };
            """;

    private final Office office = new Office();

    private static Value.Fields amount(String number) {
        return Value.object().put("amount", new Value.Num(new BigDecimal(number))).build();
    }

    private void refused(Answer answer, Refusal refusal, String rule) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        Answer.Refused refused = (Answer.Refused) answer;
        assertThat(refused.refusal()).isEqualTo(refusal);
        assertThat(refused.detail()).contains(rule);
        assertThat(office.effects).isEmpty();
        assertThat(office.decided().ruling()).isInstanceOf(Event.Ruling.Refused.class);
        assertThat(office.decided().call()).isEqualTo(refused.call());
    }

    @Test
    void aForbiddenCallIsRefusedByNameAndItsTwinIsMade() {
        office.under(BELOW_100).give("bank.*", 0);
        refused(office.call("bank.pay", amount("100")), Refusal.RULE_FORBIDS, "below-100");
        assertThat(office.decided().rules())
                .containsExactly(
                        new RuleSaid("below-100", RuleSaid.As.FORBADE, "Payments are below 100."));
        assertThat(office.call("bank.pay", amount("99.99"))).isInstanceOf(Answer.Ended.class);
        assertThat(office.decided().rules()).isEmpty();
        assertThat(office.effects).containsExactly("bank.pay");
    }

    @Test
    void rulesGiveNothing() {
        office.under("@id(\"all\") permit(principal, action, resource);").give("mail.*", 0);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Refused.class);
        assertThat(((Event.Ruling.Refused) office.decided().ruling()).refusal())
                .isEqualTo("not-permitted");
        assertThat(office.call("mail.send")).isInstanceOf(Answer.Ended.class);
        assertThat(office.decided().rules())
                .containsExactly(new RuleSaid("all", RuleSaid.As.PERMITTED, ""));
    }

    @Test
    @AttackCase("PDP-002")
    void aRuleThatCannotBeJudgedRefuses() {
        office.under(BELOW_100).give("bank.*", 0);
        refused(office.call("bank.pay"), Refusal.RULE_FAILED, "below-100");
        office.under(
                "@id(\"broken\") permit(principal, action, resource) when { context.input.x > 1 };");
        refused(office.call("bank.pay", amount("1")), Refusal.RULE_FAILED, "broken");
        office.under(BELOW_100);
        assertThat(office.call("bank.pay", amount("1"))).isInstanceOf(Answer.Ended.class);
    }

    /** What a caller writes about the circumstances stays among the arguments. */
    @Test
    @AttackCase("PDP-005")
    void theCallerDoesNotSayHowThingsAre() {
        office.under(
                        """
                        @id("keyless") forbid(principal, action, resource) when { !context.key };
                        @id("many") forbid(principal, action, resource) when { context.calls > 0 };
                        @id("late") forbid(principal, action, resource)
                        when { context.now > datetime("2027-01-01") };
                        @id("labelled") forbid(principal, action == Action::"bank.balance", resource)
                        when { context.labels.contains("confidential") };
                        """)
                .give("bank.*", 0);
        Value.Fields claims =
                Value.object()
                        .put("now", "1970-01-01T00:00:00Z")
                        .put("calls", 99)
                        .put("key", false)
                        .put("labels", new Value.Items(List.of()))
                        .put("person", "per_9")
                        .put("approved", true)
                        .put("context", Value.object().put("key", false).put("calls", 99).build())
                        .build();
        refused(office.call("bank.balance", claims), Refusal.RULE_FORBIDS, "labelled");
        assertThat(office.call("bank.pay", claims)).isInstanceOf(Answer.Ended.class);
        assertThat(office.decided().rules()).isEmpty();
    }

    @ParameterizedTest
    @AttackCase("PDP-014")
    @ValueSource(strings = {"1e30", "9223372036854775808", "0.00001", "1e-40", "100", "100.0"})
    void noNumberSlipsThroughByItsForm(String number) {
        office.under(
                        BELOW_100
                                + """
                                @id("few") forbid(principal, action, resource)
                                when { context.input has count && context.input.count > 3 };
                                """)
                .give("bank.*", 0);
        assertThat(office.call("bank.pay", amount(number))).isInstanceOf(Answer.Refused.class);
        Value.Fields counted =
                amount("1").with("count", amount(number).get("amount").orElseThrow());
        assertThat(office.call("bank.pay", counted)).isInstanceOf(Answer.Refused.class);
        assertThat(office.call("bank.pay", amount("1").with("count", Value.of("1"))))
                .isInstanceOf(Answer.Refused.class);
        assertThat(office.call("bank.pay", amount("1").with("count", new Value.Nothing())))
                .isInstanceOf(Answer.Refused.class);
        assertThat(office.effects).isEmpty();
        assertThat(office.call("bank.pay", amount("-0").with("count", Value.of(3))))
                .isInstanceOf(Answer.Ended.class);
    }

    @Test
    @AttackCase("PDP-001")
    void whereNothingIsPermittedNothingIsDone() {
        office.under("", RuleFolder.Fallback.FORBID).give("bank.*", 9);
        refused(office.call("bank.balance"), Refusal.RULE_MISSING, "");
        office.under(
                "@id(\"reading\") permit(principal, action in Action::\"reads\", resource);",
                RuleFolder.Fallback.FORBID);
        refused(office.call("bank.pay"), Refusal.RULE_MISSING, "");
        assertThat(office.call("bank.balance")).isInstanceOf(Answer.Ended.class);
    }

    @Test
    void groupsAreWhatTheOperatorSaid() {
        office.give("bank.*", 0);
        for (String head :
                List.of(
                        "principal in AgentGroup::\"team=finance\", action, resource",
                        "principal, action in Action::\"bank.*\", resource",
                        "principal, action in Action::\"label:confidential\", resource",
                        "principal, action in Action::\"reads\", resource",
                        "principal, action, resource == Upstream::\"bank\"")) {
            office.under("@id(\"it\") forbid(" + head + ");");
            refused(office.call("bank.balance"), Refusal.RULE_FORBIDS, "it");
        }
        office.under(
                """
                @id("a") forbid(principal in AgentGroup::"team=sales", action, resource);
                @id("b") forbid(principal, action in Action::"mail.*", resource);
                @id("c") forbid(principal, action in Action::"acts", resource);
                @id("d") forbid(principal, action, resource) when { !context.key };
                @id("e") forbid(principal, action, resource) when { context.calls > 0 };
                """);
        assertThat(office.call("bank.balance")).isInstanceOf(Answer.Ended.class);
        office.effects.clear();
        refused(office.call("bank.balance"), Refusal.RULE_FORBIDS, "e");
    }

    @Test
    void aRuleThatAsksHasAPersonSayYesToEachCall() {
        office.under("@id(\"big\") @ask forbid(principal, action in Action::\"acts\", resource);")
                .give("bank.*", 5);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Asked.class);
        assertThat(office.decided().rules().getFirst().as()).isEqualTo(RuleSaid.As.ASKED);
        assertThat(office.effects).isEmpty();
        Answer.Asked asked = (Answer.Asked) office.call("bank.pay");
        var question = office.store.questions().question(asked.question()).orElseThrow();
        assertThatThrownBy(
                        () ->
                                office.grantor.answer(
                                        question,
                                        Verdict.LIKE_IT,
                                        new Arguments(Value.Fields.EMPTY),
                                        Office.ADA))
                .isInstanceOf(ActRefused.class)
                .hasMessageContaining("once");
        office.grantor.answer(
                question, Verdict.ONCE, new Arguments(Value.Fields.EMPTY), Office.ADA);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Ended.class);
        assertThat(office.decided().ruling()).isInstanceOf(Event.Ruling.Approved.class);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Asked.class);
        assertThat(office.effects).hasSize(1);
    }

    @Test
    void nobodyIsAskedWhatIsForbiddenAnyway() {
        office.under(
                        """
                        @id("big") @ask forbid(principal, action, resource);
                        @id("never") @say("Not from here.") forbid(principal, action == Action::"bank.pay", resource);
                        """)
                .give("mail.*", 5);
        refused(office.call("bank.pay"), Refusal.NOT_PERMITTED, "never");
        assertThat(office.call("bank.balance")).isInstanceOf(Answer.Asked.class);
        office.give("bank.*", 0);
        refused(office.call("bank.balance"), Refusal.RULE_ASKS, "big");
    }

    @Test
    void watchedRulesAreRecordedAndRefuseNothing() {
        office.under(
                        """
                        @id("w") @mode("warn") @say("Soon.") forbid(principal, action, resource);
                        @id("o") @mode("observe") forbid(principal, action, resource) when { context.input.x };
                        """)
                .give("bank.*", 0);
        assertThat(office.call("bank.pay")).isInstanceOf(Answer.Ended.class);
        assertThat(office.decided().rules())
                .extracting(RuleSaid::rule, RuleSaid::as)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("w", RuleSaid.As.WARNED),
                        org.assertj.core.groups.Tuple.tuple("o", RuleSaid.As.OBSERVED));
    }

    @Test
    void aCeilingHoldsWhenAMandateIsGivenAndWhenItIsUsed() {
        office.give("mail.*", 0);
        office.under(
                """
                @id("no-payers") @ceiling @say("Ask the treasury.")
                forbid(principal, action == Action::"bank.pay", resource)
                unless { principal.hasTag("team") && principal.getTag("team") == "treasury" };
                @id("small") @ceiling
                forbid(principal, action == Action::"mail.send", resource) when { context.input has bcc };
                """);
        assertThatThrownBy(() -> office.give("bank.*", 0))
                .isInstanceOf(ActRefused.class)
                .hasMessageContaining("no-payers")
                .hasMessageContaining("Ask the treasury.");
        assertThatThrownBy(() -> office.give("bank.pay", 0)).isInstanceOf(ActRefused.class);
        var mandate = office.give("mail.*", 0);
        assertThatThrownBy(
                        () ->
                                office.grantor.widen(
                                        mandate.id(),
                                        List.of(Office.permission("q", "bank.*")),
                                        Office.ADA))
                .isInstanceOf(ActRefused.class);
        assertThat(office.call("mail.send")).isInstanceOf(Answer.Ended.class);
        office.effects.clear();
        refused(
                office.call("mail.send", Value.object().put("bcc", "x").build()),
                Refusal.RULE_FORBIDS,
                "small");
        office.under("").give("bank.*", 0);
        office.under(
                "@id(\"later\") @ceiling forbid(principal, action == Action::\"bank.pay\", resource);");
        refused(office.call("bank.pay"), Refusal.RULE_FORBIDS, "later");
    }
}
