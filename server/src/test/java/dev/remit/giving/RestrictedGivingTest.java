package dev.remit.giving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.mandate.Condition;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Rate;
import dev.remit.people.Visitor;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a person can say on the form of calls and limits, and what becomes of what is wrong. */
final class RestrictedGivingTest {
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

    private static Map<String, String> paying(String... more) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("agent", "agt_1");
        said.put("task", "Pay what is open");
        said.put("tool:bank.pay", "yes");
        said.put("lives", "PT8H");
        for (int i = 0; i < more.length; i += 2) {
            said.put(more[i], more[i + 1]);
        }
        return said;
    }

    private HttpResponse<String> post(Map<String, String> fields) {
        return post(ada, fields);
    }

    private static HttpResponse<String> post(Visitor who, Map<String, String> fields) {
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

    private Mandate given(HttpResponse<String> card) {
        assertThat(card.statusCode()).as(card.body()).isEqualTo(200);
        HttpResponse<String> page =
                ada.sign(Visitor.toSign(card).orElseThrow(() -> new AssertionError(card.body())));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return rig.events().stream()
                .filter(Event.MandateGiven.class::isInstance)
                .map(event -> ((Event.MandateGiven) event).mandate())
                .toList()
                .getLast();
    }

    private static boolean admits(Mandate mandate, Value.Building arguments) {
        Permission pay = mandate.permissions().of(GivingRig.PAY).getFirst();
        return pay.admits(new Arguments(arguments.build()));
    }

    private static Value.Building call(String to, long amount) {
        return Value.object().put("to", to).put("amount", amount);
    }

    @Test
    void whatAnArgumentMustBeIsOnTheCardAndHolds() {
        HttpResponse<String> card =
                post(
                        paying(
                                "is:bank.pay:to", "one-of",
                                "to:bank.pay:to", "Example Ltd. | Other & Sons",
                                "is:bank.pay:amount", "between",
                                "to:bank.pay:amount", "1 and 120.5",
                                "sum:bank.pay:amount", "200",
                                "uses:bank.pay", "3"));
        assertThat(card.body())
                .contains(
                        "`to` must be one of [&quot;Example Ltd.&quot;,&quot;Other &amp;"
                                + " Sons&quot;]",
                        "`amount` must be at least 1 and at most 120.5",
                        "every other argument may be anything",
                        "at most 200 of `amount` in all (bank.pay)",
                        "at most 3 times");
        Mandate mandate = given(card);
        assertThat(admits(mandate, call("Example Ltd.", 100).put("note", "x"))).isTrue();
        assertThat(admits(mandate, call("Example", 100))).isFalse();
        assertThat(admits(mandate, call("Example Ltd.", 121))).isFalse();
        assertThat(admits(mandate, Value.object().put("to", "Example Ltd."))).isFalse();
        assertThat(mandate.limits().budgets().getFirst().most())
                .isEqualByComparingTo(BigDecimal.valueOf(200));
    }

    @TestFactory
    Stream<DynamicTest> everyWayToRestrict() {
        record Way(String argument, String is, String to, Value good, Value bad) {}
        Value text = Value.of("12");
        return Stream.of(
                        new Way("to", "exact", "12", text, new Value.Num(BigDecimal.valueOf(12))),
                        new Way("to", "like", "inv-*", Value.of("inv-7"), Value.of("x-inv-7")),
                        new Way("to", "below", "/a/b", Value.of("/a/b/c"), Value.of("/a/bc")),
                        new Way("amount", "most", "-0.5", number("-1"), number("0")),
                        new Way("amount", "least", "2", number("2"), number("1.99")),
                        new Way("amount", "exact", "7", number("7"), number("8")),
                        new Way("amount", "one-of", "7|8", number("8"), text),
                        new Way("urgent", "exact", "No", Value.of(false), Value.of(true)),
                        new Way("note", "exact", "12", number("12"), text),
                        new Way("note", "exact", "{\"a\":[1]}", object(1), object(2)),
                        new Way("note", "exact", "twelve", Value.of("twelve"), text))
                .map(
                        way ->
                                DynamicTest.dynamicTest(
                                        way.toString(),
                                        () -> {
                                            Mandate mandate =
                                                    given(
                                                            post(
                                                                    paying(
                                                                            "is:bank.pay:"
                                                                                    + way
                                                                                            .argument(),
                                                                            way.is(),
                                                                            "to:bank.pay:"
                                                                                    + way
                                                                                            .argument(),
                                                                            way.to())));
                                            String name = way.argument();
                                            assertThat(
                                                            admits(
                                                                    mandate,
                                                                    Value.object()
                                                                            .put(name, way.good())))
                                                    .isTrue();
                                            assertThat(
                                                            admits(
                                                                    mandate,
                                                                    Value.object()
                                                                            .put(name, way.bad())))
                                                    .isFalse();
                                        }));
    }

    private static Value number(String text) {
        return new Value.Num(new BigDecimal(text));
    }

    private static Value object(long one) {
        List<Value> all = List.of(new Value.Num(BigDecimal.valueOf(one)));
        return Value.object().put("a", new Value.Items(all)).build();
    }

    @Test
    void whoLeavesOneOutHasNamedAllThereMayBe() {
        HttpResponse<String> card =
                post(
                        paying(
                                "is:bank.pay:urgent",
                                "absent",
                                "is:bank.pay:to",
                                "exact",
                                "to:bank.pay:to",
                                "x"));
        assertThat(card.body()).contains("no other argument", "`amount` may be anything");
        Mandate mandate = given(card);
        assertThat(admits(mandate, call("x", 1).put("note", true))).isTrue();
        assertThat(admits(mandate, Value.object().put("to", "x"))).isTrue();
        assertThat(admits(mandate, call("x", 1).put("urgent", true))).isFalse();
        assertThat(admits(mandate, call("x", 1).put("hid\u202eden", "y"))).isFalse();
    }

    @Test
    void whatMustHaveBeenDoneBeforeAndWhenItEnds() {
        HttpResponse<String> card =
                post(
                        paying(
                                "tool:files.read", "yes",
                                "tool:files.write", "yes",
                                "after:bank.pay", "files.read",
                                "per:bank.pay", "files.read",
                                "per-most:bank.pay", "2",
                                "not-after:bank.pay", "files.write",
                                "not-label:bank.pay", "confidential",
                                "ends:bank.pay", "yes",
                                "idle", "PT10M",
                                "at-once", "1",
                                "rate", "5",
                                "rate-per", "PT1H",
                                "strikes", "2",
                                "uses", "9",
                                "asks", "yes"));
        assertThat(card.body())
                .contains(
                        "only after files.read has succeeded",
                        "2 times for each time that files.read has succeeded",
                        "as long as files.write was not called",
                        "labelled `confidential`",
                        "until bank.pay has succeeded",
                        "10 minutes idle",
                        "1 at a time",
                        "5 calls in any hour",
                        "oversteps 2 times",
                        "9 calls in all");
        Mandate mandate = given(card);
        assertThat(mandate.permissions().of(GivingRig.PAY).getFirst().when())
                .hasSize(4)
                .hasOnlyElementsOfTypes(
                        Condition.After.class,
                        Condition.Per.class,
                        Condition.NotAfter.class,
                        Condition.NotAfterLabel.class);
        Limits limits = mandate.limits();
        assertThat(limits.idle()).contains(Duration.ofMinutes(10));
        assertThat(limits.rate()).contains(new Rate(5, Duration.ofHours(1)));
        assertThat(limits.atOnce()).hasValue(1);
        assertThat(limits.strikes()).isEqualTo(2);
        assertThat(limits.endsWhen()).hasSize(1);
        assertThat(limits.asks()).isEqualTo(6);
    }

    /** What is wrong, and a part of what is said of it. */
    private static Map<String, List<String>> wrongs() {
        Map<String, List<String>> wrongs = new LinkedHashMap<>();
        String is = "is:bank.pay:";
        String to = "to:bank.pay:";
        wrongs.put("say what `to` must be", List.of(is + "to", "exact"));
        wrongs.put("or clear it", List.of(to + "to", "Example"));
        wrongs.put("cannot be restricted like that", List.of(is + "to", "most", to + "to", "9"));
        wrongs.put("restricted like that.", List.of(is + "amount", "<script>"));
        wrongs.put("is no number", List.of(is + "amount", "most", to + "amount", "1e400"));
        wrongs.put("`9,50` is no number", List.of(is + "amount", "least", to + "amount", "9,50"));
        wrongs.put(
                "nothing is between", List.of(is + "amount", "between", to + "amount", "9 and 1"));
        wrongs.put("as: 1 and 200", List.of(is + "amount", "between", to + "amount", "9-10"));
        wrongs.put("is yes or no", List.of(is + "urgent", "exact", to + "urgent", "maybe"));
        wrongs.put("may have is empty", List.of(is + "to", "one-of", to + "to", "a||b"));
        wrongs.put("is not a plain path", List.of(is + "to", "below", to + "to", "/a/../b"));
        wrongs.put("can be seen", List.of(is + "to", "exact", to + "to", "a\u202eb"));
        wrongs.put("600", List.of(is + "to", "exact", to + "to", "x".repeat(601)));
        wrongs.put("has no argument `cc`", List.of(is + "cc", "absent"));
        wrongs.put("`bank.pay` has no argument", List.of("sum:bank.pay:cc", "5"));
        wrongs.put("`--1` is no number", List.of("sum:bank.pay:amount", "--1"));
        wrongs.put("at least 0", List.of("sum:bank.pay:amount", "-1"));
        wrongs.put("the tool is not chosen", List.of("is:files.read:path", "exact"));
        wrongs.put("`files.write` is restricted", List.of("ends:files.write", "yes"));
        wrongs.put("`files.gone` is restricted", List.of("after:files.gone", "bank.pay"));
        wrongs.put("another tool that is not chosen", List.of("after:bank.pay", "files.read"));
        wrongs.put("for each call of which tool", List.of("per-most:bank.pay", "2"));
        wrongs.put("how often bank.pay may be called", List.of("per:bank.pay", "bank.pay"));
        wrongs.put("a label is", List.of("not-label:bank.pay", "Secret!"));
        wrongs.put("a rate is 1 to 100", List.of("rate", "101", "rate-per", "PT1M"));
        wrongs.put("a rate is", List.of("rate", "1", "rate-per", "PT1S"));
        wrongs.put("choose how long", List.of("idle", "PT1S"));
        wrongs.put("calls at a time is a whole number", List.of("at-once", "0"));
        wrongs.put("may overstep is a whole number", List.of("strikes", "1.5"));
        wrongs.put("a number of calls is a whole number", List.of("uses", "many"));
        return wrongs;
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongIsSaidAndNothingTypedIsLost() {
        return wrongs().entrySet().stream()
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.getKey(),
                                        () -> assertSaid(one.getKey(), one.getValue())));
    }

    private void assertSaid(String why, List<String> wrong) {
        Map<String, String> said = paying(wrong.toArray(String[]::new));
        HttpResponse<String> again = post(said);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body())
                .contains("Nothing is given: ", why)
                .contains("Pay what is open", "<option value=\"PT8H\" selected=\"selected\">")
                .contains("name=\"tool:bank.pay\" value=\"yes\" checked=\"checked\"")
                .doesNotContain("<script>", "data-passkey");
        said.forEach(
                (field, value) -> {
                    if (again.body().contains("<input name=\"" + field + "\"")) {
                        assertThat(again.body())
                                .contains("value=\"" + value.replace("\u202e", "\\u{202e}") + "\"");
                    }
                });
        assertThat(rig.events()).noneMatch(Event.MandateGiven.class::isInstance);
    }

    @Test
    void theCardLeadsBackToTheFormAsItWas() {
        Map<String, String> said =
                paying(
                        "is:bank.pay:to",
                        "exact",
                        "to:bank.pay:to",
                        "a \"b\" <c>",
                        "rate",
                        "3",
                        "rate-per",
                        "PT1H");
        HttpResponse<String> card = post(said);
        assertThat(card.body()).contains("Change or restrict it");
        said.put("change", "yes");
        HttpResponse<String> again = post(said);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body())
                .contains(
                        "value=\"a &quot;b&quot; &lt;c&gt;\"",
                        "<option value=\"exact\" selected=\"selected\">",
                        "<option value=\"PT1H\" selected=\"selected\">in any hour",
                        "<details class=\"more\" open=\"open\">")
                .doesNotContain(
                        "name=\"asks\" value=\"yes\" checked", "hid\u202eden", "to:bank.pay:*");
        assertThat(ada.get("/mandates/new").body()).contains("name=\"asks\" value=\"yes\" checked");
    }

    @Test
    void whatIsNotAsItWasShownIsNotGiven() {
        HttpResponse<String> card = post(paying("tool:files.read", "yes"));
        Visitor eve = rig.provided("Eve", Role.PERSON);
        HttpResponse<String> unsigned = post(eve, paying("tool:files.read", "yes"));
        rig.pin(GivingRig.READ, false, Value.Fields.EMPTY);
        assertThat(ada.sign(Visitor.toSign(card).orElseThrow()).body()).contains("card-changed");
        String request =
                unsigned.body().replaceAll("(?s).*name=\"request\" value=\"([^\"]+)\".*", "$1");
        assertThat(eve.postForm("/mandates/give", "request=" + request + "&form=" + eve.form()))
                .returns(409, HttpResponse::statusCode)
                .extracting(HttpResponse::body)
                .asString()
                .contains("card-changed");
        assertThat(rig.events().getLast().toString()).contains("card-changed");
        assertThat(rig.events()).noneMatch(Event.MandateGiven.class::isInstance);
        given(post(paying("tool:files.read", "yes")));
    }

    @Test
    void whereThereAreManyToolsOnlyTheChosenAreRestricted() {
        List<Tool> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.add(Tool.of("files.t" + i));
        }
        many.forEach(tool -> rig.pin(tool, false, Value.Fields.EMPTY));
        String form = ada.get("/mandates/new").body();
        assertThat(form)
                .contains("Restrict what is chosen")
                .doesNotContain("Restrict it", "is:bank");
        String chosen = post(paying("change", "yes")).body();
        assertThat(chosen)
                .contains("Restrict it", "is:bank.pay:to")
                .doesNotContain("after:files.t1");
    }
}
