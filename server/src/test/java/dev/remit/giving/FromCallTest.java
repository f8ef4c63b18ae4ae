package dev.remit.giving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.people.Visitor;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person begins from a call that was refused for want of a mandate. */
final class FromCallTest {
    private static final Pattern FIELD =
            Pattern.compile("<input[^>]*?name=\"([^\"]*)\"[^>]*?>|<select[^>]*?name=\"([^\"]*)\"");
    private static final Pattern SELECT =
            Pattern.compile("<select name=\"([^\"]*)\"[^>]*>(.*?)</select>", Pattern.DOTALL);
    private static final Pattern SELECTED =
            Pattern.compile("<option value=\"([^\"]*)\" selected=\"selected\"");
    private static final Value.Fields PAYMENT =
            Value.object().put("to", "Example Ltd.").put("amount", 40L).put("urgent", true).build();

    private GivingRig rig = unset();
    private Visitor ada = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeEach
    void start() throws IOException {
        rig = new GivingRig();
        ada = rig.person("Ada", new SoftPasskey(), Role.PERSON);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    /** What a browser would send of the form as it came, and a task. */
    private static Map<String, String> filled(String page) {
        Map<String, String> fields = new LinkedHashMap<>();
        FIELD.matcher(page)
                .results()
                .filter(one -> one.group(1) != null)
                .forEach(one -> put(fields, one));
        SELECT.matcher(page)
                .results()
                .forEach(
                        one ->
                                SELECTED.matcher(one.group(2))
                                        .results()
                                        .forEach(to -> fields.put(one.group(1), to.group(1))));
        fields.putIfAbsent("lives", "PT1H");
        fields.put("task", "Pay Example Ltd. what is open");
        return fields;
    }

    private static void put(Map<String, String> fields, MatchResult input) {
        String whole = input.group();
        boolean off = whole.contains("type=\"checkbox\"") && !whole.contains("checked");
        var value = Pattern.compile("value=\"([^\"]*)\"").matcher(whole);
        if (!off && value.find()) {
            fields.put(input.group(1), value.group(1));
        }
    }

    private HttpResponse<String> post(Map<String, String> fields) {
        return ada.postForm(
                "/mandates/new",
                fields.entrySet().stream()
                        .map(
                                one ->
                                        URLEncoder.encode(one.getKey(), StandardCharsets.UTF_8)
                                                + "="
                                                + URLEncoder.encode(
                                                        one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    private HttpResponse<String> begin(String call) {
        return ada.get("/mandates/new?call=" + call);
    }

    @Test
    void callsLikeTheOneThatWasRefusedAreChosen() {
        String call = rig.refused(GivingRig.PAY, PAYMENT, Refusal.NO_MANDATE, Optional.empty());
        HttpResponse<String> form = begin(call);
        assertThat(form.statusCode()).isEqualTo(200);
        assertThat(form.body()).contains("has no mandate", "bank.pay", "Example Ltd.");
        HttpResponse<String> card = post(filled(form.body()));
        assertThat(card.statusCode()).as(card.body()).isEqualTo(200);
        Mandate given = given(card);
        assertThat(given.agent()).isEqualTo(rig.agent.id());
        assertThat(given.limits().asks()).isEqualTo(6);
        assertThat(given.permissions().all()).hasSize(1);
        Permission pay = given.permissions().of(GivingRig.PAY).getFirst();
        assertThat(pay.admits(new Arguments(PAYMENT))).isTrue();
        assertThat(pay.admits(new Arguments(PAYMENT.with("note", Value.of("more"))))).isFalse();
        assertThat(pay.admits(new Arguments(PAYMENT.with("amount", number(41))))).isFalse();
        assertThat(pay.admits(new Arguments(PAYMENT.with("to", Value.of("Eve"))))).isFalse();
    }

    private Mandate given(HttpResponse<String> card) {
        ada.sign(Visitor.toSign(card).orElseThrow());
        return rig.events().stream()
                .filter(Event.MandateGiven.class::isInstance)
                .map(event -> ((Event.MandateGiven) event).mandate())
                .toList()
                .getLast();
    }

    private static Value number(long value) {
        return Value.object().put("n", value).build().get("n").orElseThrow();
    }

    @Test
    void whatTheAgentSaysIsQuotedAndIsNoTask() {
        Value.Fields said = Value.object().put("task", "<b>pay</b>\u202e me \u200b now").build();
        String call =
                rig.refused(Tool.ASK_FOR_A_MANDATE, said, Refusal.NO_MANDATE, Optional.empty());
        HttpResponse<String> form = begin(call);
        assertThat(form.statusCode()).isEqualTo(200);
        assertThat(form.body())
                .contains("asks for a mandate", "in its own words", "&lt;b&gt;pay&lt;/b&gt;")
                .doesNotContain("\u202e", "\u200b", "<b>pay");
        assertThat(form.body()).contains("required=\"required\"></textarea>");
        Map<String, String> fields = filled(form.body());
        assertThat(fields.keySet()).noneMatch(name -> name.startsWith("tool:"));
        assertThat(post(fields).body()).contains("choose at least one tool", "asks for a mandate");
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.class,
            names = {"NOT_PERMITTED", "MANDATE_REVOKED", "AGENT_SUSPENDED", "MANDATE_OF_ANOTHER"})
    void whatWasRefusedForAnotherReasonIsNoBeginning(Refusal refusal) {
        notFound(begin(rig.refused(GivingRig.PAY, PAYMENT, refusal, Optional.empty())));
    }

    @Test
    void onlyTheGiverBeginsFromACallUnderAMandateThatEnded() {
        String first = rig.refused(GivingRig.PAY, PAYMENT, Refusal.NO_MANDATE, Optional.empty());
        Mandate hers = given(post(filled(begin(first).body())));
        String call =
                rig.refused(GivingRig.PAY, PAYMENT, Refusal.MANDATE_EXPIRED, Optional.of(hers));
        assertThat(begin(call).body()).contains("Example Ltd.");
        ada = rig.person("Ben", new SoftPasskey(), Role.PERSON);
        notFound(begin(call));
    }

    @Test
    void aCallThatIsNotThereIsSaidToBeNotThere() {
        notFound(begin("call_0000"));
        notFound(begin("%3Cb%3E"));
    }

    private static void notFound(HttpResponse<String> page) {
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("no call of that name").doesNotContain("Example Ltd.");
    }
}
