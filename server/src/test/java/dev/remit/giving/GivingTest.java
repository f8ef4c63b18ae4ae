package dev.remit.giving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.Value;
import dev.remit.identity.MandateId;
import dev.remit.identity.Role;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.audit.MandateTrail;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Sheet;
import dev.remit.people.Visitor;
import dev.remit.testkit.SoftPasskey;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person does on the pages for mandates, and what nobody does there. */
final class GivingTest {
    private static final Pattern TO_SIGN = Pattern.compile("data-request=\"([^\"]+)\"");
    private static final Pattern TO_SAY = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");
    private static final Value.Fields ARGUMENTS =
            Value.object().put("path", "/notes/\u202ea<b>.md").put("n", 3).build();

    private final SoftPasskey passkey = new SoftPasskey();
    private GivingRig rig = unset();
    private Visitor ada = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before every test
    }

    @BeforeEach
    void start() throws IOException {
        rig = new GivingRig();
        ada = rig.person("Ada", passkey, Role.PERSON);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(
                        one ->
                                URLEncoder.encode(one.getKey(), StandardCharsets.UTF_8)
                                        + "="
                                        + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> post(Visitor who, String path, Map<String, String> fields) {
        return who.postForm(path, form(fields) + "&form=" + who.form());
    }

    private HttpResponse<String> card(Visitor who) {
        return post(
                who,
                "/mandates/new",
                Map.of(
                        "agent", "worker",
                        "task", "Read <b>my</b> notes",
                        "tool:files.read", "yes",
                        "uses:files.read", "7",
                        "lives", "PT1H",
                        "asks", "yes"));
    }

    private static String found(Pattern pattern, HttpResponse<String> page) {
        Matcher matcher = pattern.matcher(page.body());
        assertThat(matcher.find()).as(page.body()).isTrue();
        return matcher.group(1);
    }

    private HttpResponse<String> sign(
            Visitor who, String request, SoftPasskey by, SoftPasskey.Telling telling) {
        String word = who.form();
        HttpResponse<String> asked =
                who.postJson(
                        "/mandates/challenge",
                        Value.object().put("request", request).build(),
                        "X-Remit-Form",
                        word);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        return who.postJson(
                "/mandates/passkey",
                Value.object()
                        .put("request", request)
                        .put("credential", by.shown(Visitor.options(asked), telling))
                        .build(),
                "X-Remit-Form",
                word);
    }

    private Mandate given() {
        HttpResponse<String> done = sign(ada, found(TO_SIGN, card(ada)), passkey, ada.honest());
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        String to = Visitor.json(done).text("to").orElseThrow();
        return sheet(new MandateId(to.substring("/mandates/".length()))).mandate();
    }

    private Sheet sheet(MandateId id) {
        return rig.store.find(id).orElseThrow();
    }

    private MandateTrail.Approval approval(MandateId id) {
        MandateTrail trail = new MandateTrail(id, Optional.of(rig.origin));
        List<Event> events = rig.events();
        for (int i = 0; i < events.size(); i++) {
            trail.observe(new Entry(i, rig.clock.instant(), events.get(i)));
        }
        return trail.given().orElseThrow().approval();
    }

    private long mandates() {
        return rig.events().stream().filter(Event.MandateGiven.class::isInstance).count();
    }

    @Test
    void whatWasOnTheCardIsWhatThePasskeySignsAndWhatIsGiven() {
        HttpResponse<String> page = card(ada);
        assertThat(page.body())
                .contains("Read &lt;b&gt;my&lt;/b&gt; notes", "at most 7", "worker")
                .doesNotContain("<b>my");
        assertThat(mandates()).isZero();
        Mandate mandate = given();
        assertThat(mandate.task().words()).isEqualTo("Read <b>my</b> notes");
        assertThat(mandate.permissions().all()).hasSize(1);
        assertThat(mandate.limits().asks()).isEqualTo(6);
        assertThat(approval(mandate.id())).isInstanceOf(MandateTrail.Approval.Signed.class);
        assertThat(ada.get("/mandates").body()).contains("/mandates/" + mandate.id());
        assertThat(ada.get("/mandates/" + mandate.id()).body())
                .contains("<strong>active</strong>", "with a passkey")
                .doesNotContain("<b>my");
    }

    @Test
    void aYesThatIsNotExactlyThatGivesNothing() {
        Visitor bea = rig.person("Bea", new SoftPasskey(), Role.PERSON);
        String request = found(TO_SIGN, card(ada));
        SoftPasskey.Telling honest = ada.honest();
        for (SoftPasskey.Telling wrong :
                List.of(
                        new SoftPasskey.Telling("http://localhost:1", "localhost", true),
                        new SoftPasskey.Telling(rig.origin, "evil.example", true),
                        new SoftPasskey.Telling(rig.origin, "localhost", false))) {
            assertThat(sign(ada, request, passkey, wrong).statusCode()).isEqualTo(403);
        }
        assertThat(sign(ada, request, new SoftPasskey(), honest).statusCode()).isEqualTo(403);
        String other = found(TO_SIGN, card(ada));
        String word = ada.form();
        Value.Fields named = Value.object().put("request", other).build();
        HttpResponse<String> forOther =
                ada.postJson("/mandates/challenge", named, "X-Remit-Form", word);
        Value.Fields signed = passkey.shown(Visitor.options(forOther), honest);
        Value.Fields mixed =
                Value.object().put("request", request).put("credential", signed).build();
        assertThat(ada.postJson("/mandates/passkey", mixed, "X-Remit-Form", word).statusCode())
                .isEqualTo(403);
        assertThat(
                        bea.postJson("/mandates/challenge", named, "X-Remit-Form", bea.form())
                                .statusCode())
                .as("somebody else's card")
                .isEqualTo(403);
        assertThat(post(ada, "/mandates/give", Map.of("request", request)).statusCode())
                .as("without the passkey that they have")
                .isEqualTo(403);
        assertThat(ada.postJson("/mandates/passkey", mixed).statusCode()).isEqualTo(403);
        rig.wait(Duration.ofMinutes(11));
        assertThat(ada.postJson("/mandates/challenge", named, "X-Remit-Form", word).statusCode())
                .as("too late")
                .isEqualTo(403);
        assertThat(mandates()).isZero();
    }

    @Test
    void aYesIsGoodOnce() {
        String request = found(TO_SIGN, card(ada));
        String word = ada.form();
        HttpResponse<String> asked =
                ada.postJson(
                        "/mandates/challenge",
                        Value.object().put("request", request).build(),
                        "X-Remit-Form",
                        word);
        Value.Fields yes =
                Value.object()
                        .put("request", request)
                        .put("credential", passkey.shown(Visitor.options(asked), ada.honest()))
                        .build();
        assertThat(ada.postJson("/mandates/passkey", yes, "X-Remit-Form", word).statusCode())
                .isEqualTo(200);
        assertThat(ada.postJson("/mandates/passkey", yes, "X-Remit-Form", word).body())
                .contains("challenge-unknown");
        assertThat(mandates()).isEqualTo(1);
    }

    @Test
    void whoHasNoPasskeySignsInOnceMore() {
        Visitor eve = rig.provided("Eve", Role.PERSON);
        HttpResponse<String> page = card(eve);
        HttpResponse<String> done =
                post(eve, "/mandates/give", Map.of("request", found(TO_SAY, page)));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        String path = done.headers().firstValue("Location").orElseThrow();
        MandateId id = new MandateId(path.substring(path.lastIndexOf('/') + 1));
        assertThat(approval(id)).isInstanceOf(MandateTrail.Approval.Unsigned.class);
        assertThat(post(eve, "/mandates/give", Map.of("request", found(TO_SAY, page))).body())
                .as("the same form once more")
                .contains("challenge-unknown");
        assertThat(mandates()).isEqualTo(1);
        rig.wait(Duration.ofMinutes(6));
        assertThat(eve.get("/mandates/new").statusCode()).isEqualTo(303);
        String late = found(TO_SAY, card(eve));
        rig.wait(Duration.ofMinutes(9).plusSeconds(59));
        assertThat(post(eve, "/mandates/give", Map.of("request", late)).body())
                .contains("shown-too-long-ago");
        assertThat(mandates()).isEqualTo(1);
    }

    @Test
    void whatIsMissingIsSaid() {
        for (Map<String, String> wrong :
                List.of(
                        Map.of("agent", "worker", "task", "t", "lives", "PT1H"),
                        Map.of("agent", "worker", "tool:files.read", "y", "lives", "PT1H"),
                        Map.of("agent", "worker", "task", "t", "tool:files.read", "y"),
                        Map.of(
                                "agent",
                                "worker",
                                "task",
                                "t",
                                "tool:files.read",
                                "y",
                                "lives",
                                "P9D"),
                        Map.of(
                                "agent",
                                "worker",
                                "task",
                                "t",
                                "tool:files.nothing",
                                "y",
                                "lives",
                                "PT1H"),
                        Map.of(
                                "agent",
                                "worker",
                                "task",
                                "t",
                                "tool:files.read",
                                "y",
                                "lives",
                                "PT1H",
                                "uses",
                                "-1"),
                        Map.of(
                                "agent",
                                "agt_/../x",
                                "task",
                                "t",
                                "tool:files.read",
                                "y",
                                "lives",
                                "PT1H"))) {
            assertThat(post(ada, "/mandates/new", wrong).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void theGiverEndsItAndNobodyElse() {
        Mandate mandate = given();
        Map<String, String> named = Map.of("mandate", mandate.id().text(), "why", "enough");
        Visitor bea = rig.person("Bea", new SoftPasskey(), Role.PERSON);
        Visitor approver = rig.person("App", new SoftPasskey(), Role.APPROVER, Role.AUDITOR);
        assertThat(bea.get("/mandates/" + mandate.id()).statusCode()).isEqualTo(404);
        assertThat(approver.get("/mandates/" + mandate.id()).statusCode()).isEqualTo(200);
        assertThat(post(bea, "/mandates/revoke", named).statusCode()).isEqualTo(404);
        assertThat(post(approver, "/mandates/revoke", named).statusCode()).isEqualTo(403);
        assertThat(sheet(mandate.id()).mandate().version()).isEqualTo(1);
        assertThat(post(ada, "/mandates/revoke", named).statusCode()).isEqualTo(303);
        assertThat(sheet(mandate.id()).mandate().status())
                .isInstanceOf(Mandate.Status.Revoked.class);
        assertThat(post(ada, "/mandates/complete", named).statusCode()).isEqualTo(409);
        Mandate second = given();
        assertThat(
                        post(ada, "/mandates/complete", Map.of("mandate", second.id().text()))
                                .statusCode())
                .isEqualTo(303);
        assertThat(sheet(second.id()).mandate().status())
                .isInstanceOf(Mandate.Status.Completed.class);
    }

    @Test
    void aWaitingCallIsShownWholeAndAnsweredByWhoMay() {
        Mandate mandate = given();
        QuestionId question = rig.asks(mandate, "not-permitted", ARGUMENTS);
        String page = ada.get("/mandates/" + mandate.id()).body();
        assertThat(page)
                .contains("files.write", "/notes/\\u{202e}a&lt;b&gt;.md", "Like it means")
                .doesNotContain("\u202e", "<b>.md");
        assertThat(ada.get("/mandates").body()).contains("What waits for your answer");
        Map<String, String> yes =
                Map.of("question", question.text(), "verdict", Verdict.LIKE_IT.code());
        Visitor bea = rig.person("Bea", new SoftPasskey(), Role.PERSON);
        Visitor auditor = rig.person("Aud", new SoftPasskey(), Role.AUDITOR);
        String told = "/mandates/asked/" + question;
        assertThat(ada.get(told).headers().firstValue("Location").orElse(""))
                .endsWith("/approvals#q-" + question);
        assertThat(bea.get(told).statusCode()).isEqualTo(404);
        assertThat(post(bea, "/mandates/answer", yes).statusCode()).isEqualTo(404);
        assertThat(post(auditor, "/mandates/answer", yes).statusCode()).isEqualTo(403);
        assertThat(bea.get("/mandates").body()).doesNotContain("What waits for your answer");
        Map<String, String> odd = Map.of("question", question.text(), "verdict", "always");
        assertThat(post(ada, "/mandates/answer", odd).statusCode()).isEqualTo(409);
        assertThat(rig.events()).noneMatch(Event.QuestionAnswered.class::isInstance);
        assertThat(post(ada, "/mandates/answer", yes).statusCode()).isEqualTo(303);
        assertThat(sheet(mandate.id()).mandate().permissions().of(GivingRig.WRITE)).hasSize(1);
        assertThat(post(ada, "/mandates/answer", yes).statusCode()).isEqualTo(409);
        QuestionId next =
                rig.asks(
                        sheet(mandate.id()).mandate(),
                        "not-permitted",
                        Value.object().put("path", "/else").build());
        Visitor approver = rig.person("App", new SoftPasskey(), Role.APPROVER);
        assertThat(approver.get("/mandates/" + mandate.id()).body()).contains(next.text());
        Map<String, String> no = Map.of("question", next.text(), "verdict", "no");
        assertThat(post(approver, "/mandates/answer", no).statusCode()).isEqualTo(303);
    }

    @Test
    void whatIsTooLongToBeShownIsNotSaidYesTo() {
        Mandate mandate = given();
        QuestionId question =
                rig.asks(
                        mandate,
                        "not-permitted",
                        Value.object().put("text", "x".repeat(30_000)).build());
        String page = ada.get("/mandates/" + mandate.id()).body();
        assertThat(page).contains("too long for this page").doesNotContain("Yes, this once");
        Map<String, String> yes = Map.of("question", question.text(), "verdict", "once");
        assertThat(post(ada, "/mandates/answer", yes).statusCode()).isEqualTo(409);
        Map<String, String> no = Map.of("question", question.text(), "verdict", "no");
        assertThat(post(ada, "/mandates/answer", no).statusCode()).isEqualTo(303);
    }

    @Test
    void anotherSiteAnAgentAndAStrangerOpenNothing() {
        for (String route : rig.edge.routes()) {
            String path = route.substring(route.indexOf(' ') + 1);
            boolean page = route.startsWith("GET");
            String target = path.endsWith("/") ? path + "mdt_x" : path;
            HttpResponse<String> agents =
                    page
                            ? ada.get(target, "Authorization", "Bearer x")
                            : ada.postJson(target, Value.Fields.EMPTY, "DPoP", "x");
            assertThat(agents.body()).as(route).contains("agent-token");
            Visitor stranger = new Visitor(rig.origin);
            HttpResponse<String> strangers =
                    page ? stranger.get(target) : stranger.postJson(target, Value.Fields.EMPTY);
            assertThat(strangers.statusCode()).as(route).isEqualTo(page ? 303 : 401);
            if (!page) {
                HttpResponse<String> foreign =
                        ada.postForm(rig.origin, "cross-site", target, "form=" + ada.form());
                assertThat(foreign.body()).as(route).contains("foreign-origin");
                assertThat(ada.postForm(target, "form=x").statusCode()).as(route).isIn(400, 403);
            }
        }
        assertThat(mandates()).isZero();
    }
}
