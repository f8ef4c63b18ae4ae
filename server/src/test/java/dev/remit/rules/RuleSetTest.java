package dev.remit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.Circumstances;
import dev.remit.decision.Refusal;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Binding;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.AttackCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules by themselves. */
final class RuleSetTest {
    private final Office office = new Office();
    private final Mandate mandate = office.give("bank.*", 0);

    private Agent agent(String team) {
        return new Agent(
                new AgentId("agt_" + team),
                team,
                office.now,
                new Agent.Standing.Good(),
                Map.of("team", team),
                Optional.empty());
    }

    private Circumstances call(List<Agent> agents, Value.Fields arguments) {
        return call(agents, arguments, Binding.KEY);
    }

    private Circumstances call(List<Agent> agents, Value.Fields arguments, Binding binding) {
        return new Circumstances(
                agents,
                mandate,
                Optional.empty(),
                Tool.of("bank.pay"),
                Optional.empty(),
                Optional.of(new Circumstances.OfCall(new Arguments(arguments), binding, 0)),
                office.now);
    }

    @Test
    void everyHandThatItCameThroughMustBeLet() {
        RuleSet rules =
                Office.set(
                        "@id(\"x\") forbid(principal in AgentGroup::\"team=x\", action, resource);"
                                + "@id(\"y\") permit(principal in AgentGroup::\"team=y\", action,"
                                + " resource);",
                        RuleFolder.Fallback.FORBID);
        Value.Fields none = Value.Fields.EMPTY;
        assertThat(rules.of(call(List.of(agent("y")), none)).refusal()).isEmpty();
        assertThat(rules.of(call(List.of(agent("y"), agent("x")), none)).refusal())
                .contains(Refusal.RULE_FORBIDS);
        assertThat(rules.of(call(List.of(agent("x"), agent("y")), none)).refusal())
                .contains(Refusal.RULE_FORBIDS);
        assertThat(rules.of(call(List.of(agent("y"), agent("z")), none)).refusal())
                .contains(Refusal.RULE_MISSING);
    }

    @Test
    void whoVouchesForACallerCanBeLookedAt() {
        RuleSet rules =
                Office.set(
                        "@id(\"edge\") forbid(principal, action, resource) when { context has point"
                                + " && context.point == \"edge\" && !context.key };",
                        RuleFolder.Fallback.PERMIT);
        Value.Fields none = Value.object().put("point", "edge").build();
        assertThat(rules.of(call(List.of(agent("a")), none)).refusal()).isEmpty();
        assertThat(rules.of(call(List.of(agent("a")), none, Binding.NONE)).refusal()).isEmpty();
        for (String point : List.of("edge", "other")) {
            Binding binding = new Binding.Vouched(point);
            assertThat(rules.of(call(List.of(agent("a")), none, binding)).refusal().isPresent())
                    .isEqualTo(point.equals("edge"));
        }
    }

    @Test
    @AttackCase("PDP-015")
    void aForbidWinsInEveryOrder() {
        Random dice = new Random(15);
        for (int round = 0; round < 1_000; round++) {
            List<String> texts = new ArrayList<>();
            boolean forbidden = dice.nextBoolean();
            int permits = 1 + dice.nextInt(4);
            for (int i = 0; i < permits; i++) {
                texts.add("@id(\"p" + i + "\") permit(principal, action, resource);");
            }
            int forbids = dice.nextInt(4);
            for (int i = 0; i < forbids || (forbidden && i == 0); i++) {
                String when = forbidden && i == 0 ? "" : " when { context.calls > 0 }";
                texts.add("@id(\"f" + i + "\") forbid(principal, action, resource)" + when + ";");
            }
            Collections.shuffle(texts, dice);
            RuleSet rules = Office.set(String.join("\n", texts), RuleFolder.Fallback.FORBID);
            assertThat(
                            rules.of(call(List.of(agent("a")), Value.Fields.EMPTY))
                                    .refusal()
                                    .isPresent())
                    .isEqualTo(forbidden);
        }
    }

    @Test
    @AttackCase("PDP-011")
    void whatComesFromOutsideIsNoPattern() {
        RuleSet rules =
                Office.set(
                        "@id(\"a\") forbid(principal, action, resource) unless { context.input.to =="
                                + " \"ines\" || context.input.to like \"*@office\" };",
                        RuleFolder.Fallback.PERMIT);
        for (String odd : List.of("*", "?", "in*", "*@*", "[a-z]*", "@office*", "ines\u0000")) {
            assertThat(to(rules, odd)).as(odd).contains(Refusal.RULE_FORBIDS);
        }
        assertThat(to(rules, "ines")).isEmpty();
        assertThat(to(rules, "*@office")).isEmpty();
    }

    private Optional<Refusal> to(RuleSet rules, String whom) {
        return rules.of(call(List.of(agent("odd")), Value.object().put("to", whom).build()))
                .refusal();
    }

    @Test
    void whatTheLanguageCannotHoldIsRefused() {
        RuleSet rules =
                Office.set(
                        "@id(\"a\") permit(principal, action, resource);",
                        RuleFolder.Fallback.PERMIT);
        Value deep = Value.of(1);
        for (int i = 0; i < 70; i++) {
            deep = new Value.Items(List.of(deep));
        }
        Value.Fields arguments = Value.object().put("deep", deep).build();
        assertThat(rules.of(call(List.of(agent("a")), arguments)).refusal())
                .contains(Refusal.RULE_FAILED);
    }
}
