package dev.remit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.KnockedGateway;
import dev.remit.call.Value;
import dev.remit.ledger.Event;
import dev.remit.main.Config;
import dev.remit.mandate.Amendment;
import dev.remit.mandate.Basis;
import dev.remit.mandate.Mandate;
import dev.remit.rules.RuleFolder;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given is what was shown: from a template, like another, or as it was typed. */
final class GivingTest {
    private static final String PAY =
            """
            task: Pay {amount} EUR to {payee}
            slots:
              amount: {is: number, min: 1, max: 200}
              payee: {is: text}
            permissions:
              - tool: bank.pay
                arguments: {to: {exact: {slot: payee}}, amount: {min: 1, max: {slot: amount}}}
            limits: {uses: 1}
            lives: PT30M
            """;

    private final Path templates;
    private final Path rules;
    private final KnockedGateway gateway;
    private final String clerk;
    private final String other;

    GivingTest(@TempDir Path folder) throws IOException {
        rules = Files.createDirectory(folder.resolve("rules"));
        Path data = folder.resolve("data");
        Config config =
                Config.usual()
                        .on(Ports.free())
                        .withRules(new RuleFolder(rules, RuleFolder.Fallback.PERMIT));
        gateway = new KnockedGateway(data, config);
        templates = Files.createDirectory(data.resolve("templates"));
        gateway.code("clerk");
        clerk = gateway.lastAgent();
        gateway.code("other");
        other = gateway.lastAgent();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private void template(String text) throws IOException {
        Files.writeString(templates.resolve("pay.yaml"), text);
    }

    private static Value.Fields filled(String agent) {
        return Value.object()
                .put("agent", agent)
                .put("template", "pay")
                .put(
                        "set",
                        Value.object().put("amount", "120").put("payee", "Example Ltd.").build())
                .build();
    }

    private static Value.Fields typed(String agent) {
        return Value.object()
                .put("agent", agent)
                .put("task", "pay the rent")
                .put("lives", "PT1H")
                .put(
                        "permissions",
                        new Value.Items(
                                List.of(
                                        Value.object()
                                                .put("tool", "bank.pay")
                                                .put("uses", 2)
                                                .build())))
                .put("limits", Value.object().put("uses", 7).put("asks", 3).build())
                .build();
    }

    /** Refused, in words with this in them, and nothing is written. */
    private void refused(Value.Fields asked, String... words) {
        for (String act : List.of("mandates/preview", "mandates/new")) {
            int before = gateway.events().size();
            Value.Fields answer = gateway.operator(act, asked);
            assertThat(answer.text("title").orElse("given: " + answer.json()))
                    .as(act)
                    .contains(words);
            assertThat(gateway.events()).hasSize(before);
        }
    }

    private Mandate given(Value.Fields asked) {
        Value.Fields answer = gateway.operator("mandates/new", asked);
        assertThat(answer.text("id")).as(answer.json()).isPresent();
        return gateway.events().reversed().stream()
                .filter(Event.MandateGiven.class::isInstance)
                .map(event -> ((Event.MandateGiven) event).mandate())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsSaidBesideTheWordsIsShownAndGiven() throws IOException {
        Value.Fields said = beside("send");
        Value.Fields shown =
                gateway.operator("mandates/preview", typed(clerk).with("amended", said));
        assertThat(shown.fields("card").orElseThrow().items("plan"))
                .contains(Value.of("pay (“pay”), of money"))
                .contains(Value.of("not to send, as the giver said"));
        Value seen = shown.get("seen").orElseThrow();
        Value.Fields other = typed(clerk).with("amended", beside("share")).with("seen", seen);
        assertThat(gateway.operator("mandates/new", other).text("title").orElseThrow())
                .contains("changed since it was shown");
        Mandate mandate = given(typed(clerk).with("amended", said).with("seen", seen));
        assertThat(mandate.task().amended())
                .isEqualTo(new Amendment(Set.of(Amendment.Act.SEND), Set.of()));
        template(PAY);
        assertThat(given(filled(clerk).with("amended", said)).task().amended().not())
                .containsExactly(Amendment.Act.SEND);
        refused(
                filled(clerk)
                        .with(
                                "amended",
                                Value.object().put("also", Value.ofTexts(List.of("send"))).build()),
                "a template says what is asked for");
        refused(typed(clerk).with("amended", beside("everything")), "one of create, change");
    }

    private static Value.Fields beside(String not) {
        return Value.object().put("not", Value.ofTexts(List.of(not))).build();
    }

    @Test
    void aMandateRemembersItsTemplate() throws IOException {
        template(PAY);
        Value.Fields shown = gateway.operator("mandates/preview", filled(clerk));
        Value.Fields card = shown.fields("card").orElseThrow();
        assertThat(card.text("from").orElseThrow()).startsWith("the template pay (");
        assertThat(card.text("task")).contains("Pay 120 EUR to \"Example Ltd.\"");
        assertThat(gateway.events()).noneMatch(Event.MandateGiven.class::isInstance);
        Mandate mandate = given(filled(clerk).with("seen", shown.get("seen").orElseThrow()));
        String digest =
                gateway.operator("templates/show", Value.object().put("template", "pay").build())
                        .text("digest")
                        .orElseThrow();
        assertThat(mandate.basis().orElseThrow())
                .isInstanceOfSatisfying(
                        Basis.OfTemplate.class,
                        one -> {
                            assertThat(one.name()).isEqualTo("pay");
                            assertThat(one.digest().hex()).isEqualTo(digest);
                        });
        assertThat(Duration.between(mandate.givenAt(), mandate.limits().expiresAt()))
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(
                        gateway.operator(
                                        "mandates/show",
                                        Value.object().put("mandate", mandate.id().text()).build())
                                .fields("from")
                                .orElseThrow()
                                .text("digest"))
                .contains(digest);
    }

    @Test
    void whatIsNotAsItWasShownIsNotGiven() throws IOException {
        template(PAY);
        Value seen = gateway.operator("mandates/preview", filled(clerk)).get("seen").orElseThrow();
        template(PAY.replace("uses: 1", "uses: 100"));
        int before = gateway.events().size();
        for (Value.Fields asked :
                List.of(
                        filled(clerk),
                        filled(other),
                        filled(clerk).with("lives", Value.of("PT29M")),
                        typed(clerk))) {
            assertThat(gateway.operator("mandates/new", asked.with("seen", seen)).text("title"))
                    .hasValueSatisfying(why -> assertThat(why).contains("has changed since"));
        }
        assertThat(gateway.events()).hasSize(before);
        template("# the same in other words\n" + PAY);
        assertThat(given(filled(clerk).with("seen", seen)).limits().uses()).hasValue(1);
    }

    @Test
    @AttackCase({"PDP-012", "PDP-013"})
    void aTemplateIsForAgentsByIdOrTagAndNoNameWillDo() throws IOException {
        template(PAY + "agents: [" + clerk + ", team=finance]\n");
        refused(filled(other), "not for the agent other");
        Value.Fields delegated = filled(clerk).with("delegates", Value.ofTexts(List.of("other")));
        refused(delegated, "not for the agent other");
        for (String name :
                List.of(clerk + ",x", "a:b", "cl\u0435rk", "clerk\n", "a\u0000", "ｃlerk")) {
            int before = gateway.events().size();
            assertThat(
                            gateway.operator("agents/add", Value.object().put("name", name).build())
                                    .text("title")
                                    .orElse("added"))
                    .as(name)
                    .contains("letters, digits");
            assertThat(gateway.events()).hasSize(before);
        }
        gateway.operator("agents/add", Value.object().put("name", "team finance").build());
        refused(filled("team finance"), "not for the agent team finance");
        assertThat(given(filled("clerk")).agent().text()).isEqualTo(clerk);
        gateway.operator(
                "agents/tag",
                Value.object()
                        .put("agent", other)
                        .put("tags", Value.object().put("team", "finance").build())
                        .build());
        assertThat(given(filled(other)).agent().text()).isEqualTo(other);
        assertThat(given(delegated).delegates()).hasSize(1);
    }

    @Test
    void mistakesAreSaid() throws IOException {
        refused(filled(clerk), "no such template");
        template(PAY.replace("tool: bank.pay", "tol: bank.pay"));
        refused(filled(clerk), "pay.yaml: line 6, column", "tol");
        template(PAY);
        refused(filled(clerk).without("set"), "`amount` is not filled");
        refused(
                filled(clerk).with("set", Value.object().put("amount", "1e9").build()),
                "a number from 1 to 200");
        refused(filled(clerk).with("task", Value.of("pay me")), "`task`", "leave it out");
        refused(filled(clerk).with("limits", Value.Fields.EMPTY), "`limits`");
        refused(filled(clerk).with("permissions", new Value.Items(List.of())), "`permissions`");
        refused(filled(clerk).with("lives", Value.of("PT31M")), "PT30M at most");
        refused(filled(clerk).with("like", Value.of("mdt_1")), "not two");
        refused(typed(clerk).with("set", Value.Fields.EMPTY), "`set`");
        assertThat(given(filled(clerk)).limits().uses()).hasValue(1);
    }

    @Test
    void whatOneMandateHasAnotherCanHaveToo() {
        Mandate first = given(typed(clerk));
        Value.Fields like =
                Value.object()
                        .put("agent", other)
                        .put("task", "pay the rent again")
                        .put("lives", "PT5M")
                        .put("like", first.id().text())
                        .build();
        Mandate second = given(like);
        assertThat(second.permissions()).isEqualTo(first.permissions());
        assertThat(second.limits()).isEqualTo(first.limits().until(second.limits().expiresAt()));
        assertThat(Duration.between(second.givenAt(), second.limits().expiresAt()))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(second.task().words()).isEqualTo("pay the rent again");
        assertThat(second.delegates()).isEmpty();
        assertThat(second.basis()).isEqualTo(Optional.of(new Basis.OfMandate(first.id())));
        refused(like.with("like", Value.of("mdt_none")), "no mandate mdt_none");
        refused(like.with("limits", Value.Fields.EMPTY), "`limits`");
        refused(like.without("task"), "`task` is missing");
    }

    @Test
    void theCeilingHoldsAgainForALikeAndForATemplate() throws Exception {
        template(PAY);
        Mandate first = given(typed(clerk));
        Files.writeString(
                rules.resolve("ceiling.cedar"),
                "@id(\"no-pay\") @ceiling forbid(principal, action == Action::\"bank.pay\", resource);");
        Value.Fields like =
                typed(clerk)
                        .without("permissions")
                        .without("limits")
                        .with("like", Value.of(first.id().text()));
        for (int i = 0; i < 100; i++) {
            if (gateway.operator("mandates/preview", like).text("title").isPresent()) {
                break;
            }
            Thread.sleep(100);
        }
        refused(like, "nobody may give bank.pay", "no-pay");
        refused(filled(clerk), "nobody may give bank.pay", "no-pay");
        assertThat(
                        given(
                                        typed(clerk)
                                                .with(
                                                        "permissions",
                                                        new Value.Items(
                                                                List.of(
                                                                        Value.object()
                                                                                .put(
                                                                                        "tool",
                                                                                        "bank.look")
                                                                                .build()))))
                                .permissions()
                                .all())
                .hasSize(1);
    }
}
