package dev.remit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of fault is found, and its twin is not. */
final class RuleFaultsTest {
    private static List<String> faults(String text) {
        return RuleFaults.of(
                Office.set(text, RuleFolder.Fallback.FORBID), Known.of(Set.of("bank")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "principal is User, action, resource|nothing is a `User`",
                "principal, action == Action::\"shop.buy\", resource|no upstream `shop`",
                "principal, action in Action::\"bank\", resource|is no tool",
                "principal, action, resource == Upstream::\"shop\"|no upstream `shop`",
                "principal in AgentGroup::\"finance\", action, resource|TAG=VALUE",
                "principal, action, resource|always applies"
            })
    void aHeadThatFitsNothingOrEverything(String head, String said) {
        List<String> found = faults("\n@id(\"a\") forbid(" + head + ");");
        assertThat(found).hasSize(1);
        assertThat(found.getFirst()).contains("a.cedar: line 2", "`a`", said);
        assertThat(
                        faults(
                                "@id(\"a\") forbid(principal in AgentGroup::\"team=x\", action in"
                                        + " Action::\"bank.*\", resource is Upstream);"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "context.amount > 3|context.amount",
                "context has amounts|context.amounts",
                "context.person in Role::\"boss\"|Role::\"boss\"",
                "principal is Robot|nothing is a `Robot`"
            })
    void aConditionThatNamesNothing(String condition, String said) {
        assertThat(
                        faults(
                                "@id(\"a\") forbid(principal, action, resource) when { "
                                        + condition
                                        + " };"))
                .singleElement()
                .asString()
                .contains(said);
        assertThat(
                        faults(
                                "@id(\"a\") forbid(principal, action, resource) when {"
                                        + " context.input.amount > 3 && context.person in"
                                        + " Role::\"approver\" };"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "action == Action::\"bank.payy\"|!context.key|it has: bank.balance, bank.pay",
                "action in Action::\"label:secret\"|!context.key|no tool has this label",
                "action == Action::\"bank.pay\"|context.input.sum > 3|argument `sum`; they have: amount,"
                        + " count",
                "action|principal == Agent::\"agt_0\"|there is no Agent::\"agt_0\""
            })
    void whatTheToolsAndAgentsThereAreSay(String action, String condition, String said) {
        Office office = new Office();
        Known known =
                Known.of(
                        List.of("bank", "mail"),
                        office.store::pins,
                        id -> office.agent.id().text().equals(id));
        String rule =
                "@id(\"a\") forbid(principal, "
                        + action
                        + ", resource) when { "
                        + condition
                        + " };";
        RuleSet rules = Office.set(rule, RuleFolder.Fallback.PERMIT);
        assertThat(RuleFaults.of(rules, known)).singleElement().asString().contains(said);
        assertThat(RuleFaults.of(rules, Known.of(Set.of("bank", "mail")))).isEmpty();
        String good =
                rule.replace("payy", "pay")
                        .replace("secret", "confidential")
                        .replace("sum", "amount")
                        .replace("agt_0", office.agent.id().text());
        assertThat(RuleFaults.of(Office.set(good, RuleFolder.Fallback.PERMIT), known)).isEmpty();
    }

    @org.junit.jupiter.api.Test
    void aPermitThatIsForbiddenAnyway() {
        String permit = "@id(\"p\") permit(principal, action == Action::\"bank.pay\", resource);";
        assertThat(
                        faults(
                                permit
                                        + "@id(\"f\") forbid(principal, action =="
                                        + " Action::\"bank.pay\", resource);"))
                .singleElement()
                .asString()
                .contains("`p`", "`f`");
        assertThat(
                        faults(
                                permit
                                        + "@id(\"f\") forbid(principal, action =="
                                        + " Action::\"bank.pay\", resource) when { !context.key };"))
                .isEmpty();
    }
}
