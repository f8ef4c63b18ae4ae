package dev.remit.giving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.mandate.Basis;
import dev.remit.mandate.Mandate;
import dev.remit.people.Visitor;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the pages a mandate is made from a template, or like another. */
final class MadeFromTest {
    private static final String TEMPLATE =
            """
            about: Pays one invoice
            task: "Pay {amount} to {payee}"
            slots:
              amount: {is: number, min: 1, max: 200}
              payee: {is: text, most: 40}
            permissions:
              - tool: bank.pay
                arguments: {to: {exact: {slot: payee}}, amount: {max: {slot: amount}}}
            limits: {uses: 1}
            lives: PT30M
            """;

    @TempDir Path data = Path.of("");
    private GivingRig rig = unset();
    private Visitor ada = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(data.resolve("templates"));
        Files.writeString(data.resolve("templates/pay.yaml"), TEMPLATE);
        rig = new GivingRig(data);
        ada = rig.person("Ada", new SoftPasskey(), Role.PERSON);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private HttpResponse<String> post(Visitor who, Map<String, String> fields) {
        String form =
                fields.entrySet().stream()
                        .map(
                                one ->
                                        URLEncoder.encode(one.getKey(), StandardCharsets.UTF_8)
                                                + "="
                                                + URLEncoder.encode(
                                                        one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return who.postForm("/mandates/new", form + "&form=" + who.form());
    }

    private static Map<String, String> paying(String amount, String payee) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("template", "pay");
        said.put("agent", "agt_1");
        said.put("slot:amount", amount);
        said.put("slot:payee", payee);
        return said;
    }

    private List<Mandate> given() {
        return rig.events().stream()
                .filter(Event.MandateGiven.class::isInstance)
                .map(event -> ((Event.MandateGiven) event).mandate())
                .toList();
    }

    private Mandate sign(HttpResponse<String> card) {
        assertThat(
                        ada.sign(
                                        Visitor.toSign(card)
                                                .orElseThrow(() -> new AssertionError(card.body())))
                                .statusCode())
                .isEqualTo(200);
        return given().getLast();
    }

    @Test
    void aTemplateIsFilledShownAndSigned() throws IOException {
        assertThat(ada.get("/mandates/new").body()).contains("/mandates/new?template=pay");
        assertThat(ada.get("/mandates/new?template=pay&task=Give+all").body())
                .contains("Pays one invoice", "Pay {amount} to {payee}", "slot:payee")
                .doesNotContain("Give all");
        HttpResponse<String> card = post(ada, paying("120", "Example Ltd."));
        assertThat(card.body())
                .contains("Made from the template pay", "Pay 120 to &quot;Example Ltd.&quot;");
        Mandate mandate = sign(card);
        assertThat(mandate.basis().orElseThrow()).isInstanceOf(Basis.OfTemplate.class);
        assertThat(mandate.limits().uses()).hasValue(1);
        HttpResponse<String> other = post(ada, paying("120", "Example Ltd."));
        Files.writeString(
                data.resolve("templates/pay.yaml"), TEMPLATE.replace("max: 200", "max: 999"));
        assertThat(ada.sign(Visitor.toSign(other).orElseThrow()).body()).contains("card-changed");
        assertThat(given()).hasSize(1);
    }

    @Test
    void whatDoesNotFitIsSaidAndKept() {
        for (Map<String, String> odd :
                List.of(
                        paying("201", "Example Ltd."),
                        paying("", "Example Ltd."),
                        paying("12", "x".repeat(41)))) {
            HttpResponse<String> again = post(ada, odd);
            assertThat(again.statusCode()).isEqualTo(400);
            assertThat(again.body())
                    .contains(
                            "Nothing is given: ",
                            "value=\"" + odd.get("slot:payee") + "\"",
                            "value=\"" + odd.get("slot:amount") + "\"");
        }
        Map<String, String> more = paying("12", "Example Ltd.");
        more.put("slot:extra", "x");
        assertThat(post(ada, more).statusCode()).isEqualTo(400);
        more = paying("12", "Example Ltd.");
        more.put("template", "../pay");
        assertThat(post(ada, more).body()).contains("there is no such template");
        assertThat(given()).isEmpty();
    }

    @Test
    void likeAnotherThatIsOnesOwn() {
        Mandate first = sign(post(ada, paying("12", "Example Ltd.")));
        assertThat(ada.get("/mandates/" + first.id()).body()).contains("Give another like it");
        assertThat(ada.get("/mandates/new?like=" + first.id()).body()).contains("Pay 12 to");
        Map<String, String> like = new LinkedHashMap<>();
        like.put("like", first.id().text());
        like.put("agent", "agt_1");
        like.put("lives", "PT8H");
        assertThat(post(ada, like).body()).contains("say the task in your words");
        like.put("task", "Once more");
        Mandate second = sign(post(ada, like));
        assertThat(second.permissions()).isEqualTo(first.permissions());
        assertThat(second.basis()).contains(new Basis.OfMandate(first.id()));
        assertThat(Duration.between(second.givenAt(), second.limits().expiresAt()))
                .isEqualTo(Duration.ofHours(8));
        Visitor bea = rig.person("Bea", new SoftPasskey(), Role.PERSON);
        assertThat(post(bea, like).body()).contains("you gave no such mandate");
        assertThat(bea.get("/mandates/new?like=" + first.id()).body()).doesNotContain("Pay 12");
        assertThat(given()).hasSize(2);
    }
}
