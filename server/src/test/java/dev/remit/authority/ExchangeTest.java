package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.authority.Crew.Member;
import dev.remit.call.Value;
import dev.remit.identity.Actor;
import dev.remit.identity.AgentId;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.InstanceId;
import dev.remit.identity.Jws;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is passed on by token exchange (RFC 8693), and every way to get more by it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExchangeTest {
    private static final String PERMISSIONS = "[{\"type\":\"mandate\",\"permissions\":[%s]}]";

    private Siege siege = unset();
    private Crew crew = unset();
    private Member worker = unset();
    private Member helper = unset();
    private Member stranger = unset();
    private String root = "";
    private String mandate = "";

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        siege = new Siege(folder, new DpopSigner(Forgeries.p256()));
        crew = new Crew(siege);
        worker = crew.worker;
        helper = crew.join("helper");
        stranger = crew.join("stranger");
    }

    @AfterAll
    void stop() {
        siege.close();
    }

    @BeforeEach
    void give() {
        mandate = crew.mandate(worker, List.of("desk.echo", "desk.ask"), helper);
        root = crew.own(worker);
    }

    private static Value.Fields claims(String token) {
        return Jws.read(token).orElseThrow().claims();
    }

    private void operator(String act, String name, String value) {
        siege.gateway.operator(act, Value.object().put(name, value).build());
    }

    private void refused(Member by, Map<String, String> form, String error, String doubt) {
        Refused.byAuthority(siege, crew.request(by, form), error, doubt);
    }

    @Test
    @AttackCase({"XCHG-001", "XCHG-009", "XCHG-016"})
    void whatIsPassedOnIsUsedByWhoeverGotItAndTheWholeChainIsOnRecord() {
        HttpResponse<String> answer = crew.send(helper, crew.exchange(helper, root));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Value.Fields said = KnockedGateway.json(answer);
        assertThat(said.text("issued_token_type")).contains(Crew.ACCESS_TOKEN);
        assertThat(said.text("token_type")).contains("DPoP");
        String token = Crew.token(answer);
        Value.Fields claims = claims(token);
        Value.Fields act = claims.fields("act").orElseThrow();
        assertThat(claims.text("sub")).contains(worker.agent());
        assertThat(claims.text("mandate")).contains(mandate);
        assertThat(act.text("sub")).contains(helper.agent());
        assertThat(act.fields("act").orElseThrow().text("client_id")).contains(worker.client());
        assertThat(claims.fields("cnf").orElseThrow().text("jkt"))
                .contains(helper.key().publicKey().thumbprint().base64Url());

        assertThat(crew.calls(helper, token, "echo")).isTrue();
        Actor behind = new Actor(new AgentId(worker.agent()), new InstanceId(worker.client()));
        assertThat(siege.gateway.events())
                .anyMatch(
                        event ->
                                event instanceof Event.Decided decided
                                        && decided.agent().text().equals(helper.agent())
                                        && decided.behind().equals(List.of(behind)))
                .anyMatch(
                        event ->
                                event instanceof Event.TokenIssued issued
                                        && issued.instance().text().equals(helper.client())
                                        && issued.behind().equals(List.of(behind)));
        assertThat(crew.call(worker, token, "echo").statusCode())
                .as("it is bound to the new key")
                .isEqualTo(401);
        assertThat(crew.call(helper, root, "echo").statusCode()).isEqualTo(401);
    }

    @Test
    @AttackCase("XCHG-009")
    void anInstanceOfTheSameAgentGetsItWithoutLeave() {
        crew.mandate(worker, List.of("desk.echo"));
        String token = crew.pass(crew.own(worker), crew.another(worker));
        assertThat(claims(token).fields("act").orElseThrow().fields("act")).isPresent();
        refused(
                helper,
                crew.exchange(helper, crew.own(worker)),
                "invalid_request",
                "grant-refused");
    }

    @Test
    @AttackCase("XCHG-006")
    void itIsFrozen() {
        Map<String, String> form = crew.exchange(helper, root);
        form.put("authorization_details", PERMISSIONS.formatted("{\"tool\":\"desk.echo\"}"));
        String narrow = Crew.token(crew.send(helper, form));
        String whole = crew.pass(root, helper);
        assertThat(crew.calls(helper, narrow, "echo")).isTrue();
        assertThat(crew.calls(helper, narrow, "ask")).isFalse();
        assertThat(crew.calls(helper, whole, "ask")).isTrue();

        siege.gateway.operator(
                "mandates/widen",
                Value.object()
                        .put("mandate", mandate)
                        .put(
                                "permissions",
                                new Value.Items(
                                        List.of(Value.object().put("tool", "desk.*").build())))
                        .build());
        assertThat(crew.calls(worker, root, "there")).as("the parent is widened").isTrue();
        assertThat(crew.calls(helper, whole, "there")).as("its child is not").isFalse();
        assertThat(crew.calls(helper, narrow, "ask")).isFalse();
        assertThat(crew.calls(helper, narrow, "echo")).isTrue();
    }

    @TestFactory
    @AttackCase("XCHG-006")
    Stream<DynamicTest> moreThanThereIsCannotBeAskedFor() {
        return Stream.of(
                        "{\"tool\":\"desk.*\"}",
                        "{\"tool\":\"desk.there\"}",
                        "{\"tool\":\"desk.echo\"},{\"tool\":\"desk.there\"}",
                        "{\"tool\":\"desk.echo\",\"uses\":5}",
                        "{\"tool\":\"desk.echo\",\"other\":1}",
                        "{\"tool\":\"echo\"}",
                        "")
                .map(
                        asked ->
                                DynamicTest.dynamicTest(
                                        "`" + asked + "`",
                                        () -> {
                                            Map<String, String> form = crew.exchange(helper, root);
                                            form.put(
                                                    "authorization_details",
                                                    PERMISSIONS.formatted(asked));
                                            refused(
                                                    helper,
                                                    form,
                                                    "invalid_authorization_details",
                                                    "request-refused");
                                        }));
    }

    @Test
    @AttackCase({"DPOP-002", "XCHG-016"})
    void nothingIsPassedOnWithoutAProof() {
        String target = siege.gateway.issuer() + "/oauth2/token";
        HttpRequest bare =
                HttpRequest.newBuilder(URI.create(target))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        PublishedClient.form(crew.exchange(helper, root))))
                        .build();
        Refused.byAuthority(siege, bare, "invalid_dpop_proof", "proof-missing");
        Map<String, String> form = crew.exchange(helper, root);
        Refused.byAuthority(
                siege, crew.request(worker, form), "invalid_client", "assertion-refused");
    }

    private record Changed(String name, String value, String error, String doubt) {}

    @TestFactory
    @AttackCase({"XCHG-001", "XCHG-002", "XCHG-003", "XCHG-005", "XCHG-006", "XCHG-015"})
    Stream<DynamicTest> aRequestThatIsNotRight() {
        String none = "invalid_request";
        String request = "request-refused";
        String grant = "grant-refused";
        String type = "urn:ietf:params:oauth:token-type:";
        String unsigned = Forgeries.withoutAlgorithm(root);
        return Stream.of(
                        new Changed("subject_token", "", none, request),
                        new Changed("subject_token", "   ", none, request),
                        new Changed("subject_token", "x.y.z", none, grant),
                        new Changed("subject_token", unsigned, none, grant),
                        new Changed("subject_token", "{\"t\":\"" + root + "\"}", none, grant),
                        new Changed("subject_token", Forgeries.withOtherClaims(root), none, grant),
                        new Changed("subject_token", siege.assertion(), none, grant),
                        new Changed("subject_token_type", "", none, request),
                        new Changed("subject_token_type", type + "jwt", none, request),
                        new Changed("subject_token_type", type + "id_token", none, request),
                        new Changed("requested_token_type", type + "refresh_token", none, request),
                        new Changed("requested_token_type", type + "id_token", none, request),
                        new Changed("requested_token_type", type + "jwt", none, request),
                        new Changed("requested_token_type", type + "saml2", none, request),
                        new Changed("scope", "everything", none, request),
                        new Changed("actor_token", root, none, request),
                        new Changed("actor_token_type", Crew.ACCESS_TOKEN, none, request),
                        new Changed("audience", "*", "invalid_target", request),
                        new Changed("audience", "https://other.example", "invalid_target", request),
                        new Changed("resource", "https://other.example", "invalid_target", request),
                        new Changed(
                                "resource",
                                siege.gateway.issuer() + ".x",
                                "invalid_target",
                                request),
                        new Changed(
                                "authorization_details",
                                "x",
                                "invalid_authorization_details",
                                request))
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.name() + " = " + one.value(),
                                        () -> {
                                            Map<String, String> form = crew.exchange(helper, root);
                                            form.put(one.name(), one.value());
                                            refused(helper, form, one.error(), one.doubt());
                                        }));
    }

    @Test
    @AttackCase("XCHG-003")
    void withoutASubjectThereIsNoTokenForTheClientItself() {
        Map<String, String> form = crew.exchange(helper, root);
        form.remove("subject_token");
        refused(helper, form, "invalid_request", "request-refused");
        String twice = PublishedClient.form(crew.exchange(helper, root)) + "&subject_token=" + root;
        Refused.byAuthority(
                siege, crew.request(helper.key(), twice), "invalid_request", "request-refused");
    }

    @Test
    @AttackCase({"XCHG-001", "XCHG-009"})
    void theActorIsWhoAsksAndNobodyElse() {
        Map<String, String> form = crew.exchange(helper, root);
        form.put("actor_token", crew.own(stranger));
        form.put("actor_token_type", Crew.ACCESS_TOKEN);
        refused(helper, form, "invalid_request", "grant-refused");
        form = crew.exchange(helper, root);
        form.put("actor_token", crew.own(helper));
        form.put("actor_token_type", Crew.ACCESS_TOKEN);
        assertThat(
                        claims(Crew.token(crew.send(helper, form)))
                                .fields("act")
                                .orElseThrow()
                                .text("sub"))
                .contains(helper.agent());
        refused(stranger, crew.exchange(stranger, root), "invalid_request", "grant-refused");
    }

    @Test
    @AttackCase({"XCHG-001", "XCHG-010"})
    void aTokenThatNamesItsHeirIsForThatOneAlone() {
        Forge forge = new Forge(siege);
        for (Member named : List.of(helper, stranger)) {
            Value.Fields claims =
                    forge.claims()
                            .with("may_act", Value.object().put("sub", named.agent()).build());
            Map<String, String> form =
                    crew.exchange(helper, forge.byGateway(forge.header(), claims));
            if (named.equals(helper)) {
                assertThat(crew.send(helper, form).statusCode()).isEqualTo(200);
            } else {
                refused(helper, form, "invalid_request", "grant-refused");
            }
        }
    }

    @Test
    @AttackCase("XCHG-005")
    void anAudienceOnlyNarrows() {
        String one = siege.gateway.issuer() + "/mcp/desk";
        Map<String, String> form = crew.exchange(helper, root);
        form.put("resource", one);
        form.put("audience", one);
        String narrow = Crew.token(crew.send(helper, form));
        assertThat(claims(narrow).text("aud")).contains(one);
        assertThat(crew.calls(helper, narrow, "echo")).isTrue();
        Map<String, String> wider = crew.exchange(crew.another(helper), narrow);
        wider.put("resource", siege.gateway.issuer() + "/mcp");
        Member other = crew.another(helper);
        wider.putAll(crew.authenticated(other));
        refused(other, wider, "invalid_target", "request-refused");
    }

    @Test
    @AttackCase("XCHG-007")
    void nothingLivesLongerByBeingPassedOn() throws InterruptedException {
        long end = claims(root).whole("exp").orElseThrow();
        Thread.sleep(1_100);
        String token = crew.pass(root, helper);
        assertThat(claims(token).whole("exp")).hasValue(end);
        Member again = crew.another(helper);
        assertThat(claims(crew.pass(token, again)).whole("exp")).hasValue(end);
    }

    @Test
    @AttackCase("XCHG-008")
    void chainsHaveAnEndAndNoCircle() {
        String token = crew.pass(root, helper);
        refused(worker, crew.exchange(worker, token), "invalid_request", "grant-refused");
        refused(helper, crew.exchange(helper, token), "invalid_request", "grant-refused");
        Member back = crew.another(worker);
        refused(back, crew.exchange(back, token), "invalid_request", "grant-refused");
        for (int depth = 2; depth <= 4; depth++) {
            Member next = crew.another(helper);
            token = crew.pass(token, next);
            assertThat(crew.calls(next, token, "echo")).isTrue();
        }
        Member last = crew.another(helper);
        refused(last, crew.exchange(last, token), "invalid_request", "grant-refused");
    }

    @TestFactory
    @AttackCase({"XCHG-011", "XCHG-014"})
    Stream<DynamicTest> aChainEndsWithAnyOfItsLinks() {
        return Stream.<Map.Entry<String, Consumer<Member>>>of(
                        Map.entry(
                                "the mandate",
                                _ -> operator("mandates/revoke", "mandate", mandate)),
                        Map.entry(
                                "the middle instance",
                                middle ->
                                        operator("instances/revoke", "instance", middle.client())),
                        Map.entry("the middle instance's tokens", crew::revokeTokens),
                        Map.entry(
                                "the middle agent",
                                middle -> operator("agents/suspend", "agent", middle.agent())))
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.getKey() + " ends",
                                        () -> {
                                            Member middle = crew.join("m" + one.getKey().length());
                                            Member leaf = crew.join("l" + one.getKey().length());
                                            mandate =
                                                    crew.mandate(
                                                            worker,
                                                            List.of("desk.echo"),
                                                            middle,
                                                            leaf);
                                            String parent = crew.pass(crew.own(worker), middle);
                                            String child = crew.pass(parent, leaf);
                                            assertThat(crew.calls(leaf, child, "echo")).isTrue();
                                            Thread.sleep(1_100);
                                            one.getValue().accept(middle);
                                            assertThat(crew.calls(leaf, child, "echo")).isFalse();
                                            Member next = crew.another(leaf);
                                            refused(
                                                    next,
                                                    crew.exchange(next, child),
                                                    "invalid_request",
                                                    "grant-refused");
                                        }));
    }
}
