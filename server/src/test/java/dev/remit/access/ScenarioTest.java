package dev.remit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The points of the certification scenario for Authorization API 1.0: Basic, Batch and Search at
 * their core level, Discovery, and action properties. Its fixture in this gateway's words: subjects
 * are agents, resources are tools, the action is {@code tools/call}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScenarioTest {
    private final FakeHttpServer server = new FakeHttpServer();
    private final TestGateway gateway = new TestGateway(server.settings("desk", Map.of()));
    private final Questioner bridge = Questioner.point(gateway, "bridge");
    private String alice = "";
    private String bob = "";

    /** Alice may read and write, and delete softly; Bob may read. */
    @BeforeAll
    void fixture() {
        Permission soft =
                new Permission(
                        "soft",
                        new Glob("desk.hang"),
                        Map.of("soft", new Constraint.OneOf(List.of(Value.of(true)))),
                        OptionalLong.empty());
        TestAgent writer =
                gateway.agent(Leave.toCall("desk.echo"), Leave.toCall("desk.slow"), soft);
        TestAgent reader = gateway.agent(Leave.toCall("desk.echo"));
        alice = writer.instance().agent().text();
        bob = reader.instance().agent().text();
        writer.tools("/mcp/desk"); // so that the tools are known
    }

    @AfterAll
    void close() {
        gateway.close();
        server.close();
    }

    private String asked(String who, String action, String tool) {
        return """
                {'subject':{'type':'agent','id':'%s'},'action':%s,
                 'resource':{'type':'tool','id':'%s'}"""
                .formatted(who, action, tool);
    }

    private static final String CALL = "{'name':'tools/call'}";

    private static String call(String arguments) {
        return "{'name':'tools/call','properties':{'arguments':" + arguments + "}}";
    }

    private boolean decided(String question) {
        Questioner.Told told = bridge.ask("evaluation", question + "}");
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.response().headers().firstValue("Content-Type"))
                .contains("application/json");
        return told.decision();
    }

    @Test
    void basicTheFixturesDecisions() {
        assertThat(decided(asked(alice, CALL, "desk.echo"))).isTrue();
        assertThat(decided(asked(alice, CALL, "desk.slow"))).isTrue();
        assertThat(decided(asked(bob, CALL, "desk.echo"))).isTrue();
        assertThat(decided(asked(bob, CALL, "desk.slow"))).isFalse();
        assertThat(decided(asked(alice, call("{'soft':true}"), "desk.hang"))).isTrue();
        assertThat(decided(asked(alice, call("{'soft':false}"), "desk.hang"))).isFalse();
    }

    @Test
    void basicWhatIsNotKnownIsIgnoredAndTheSameQuestionGetsTheSameAnswer() {
        String question = asked(alice, CALL, "desk.echo");
        assertThat(decided(question + ",'context':{'time':'2025-06-27T18:03-07:00'}")).isTrue();
        assertThat(decided(question + ",'foo':'bar','futureField':{'nested':true}")).isTrue();
        assertThat(
                        decided(
                                """
                                {'subject':{'type':'agent','id':'%s',
                                    'properties':{'department':'Sales','role':'manager'}},
                                 'action':{'name':'tools/call','properties':{'method':'GET'}},
                                 'resource':{'type':'tool','id':'desk.echo',
                                    'properties':{'status':'active','owner':'bob'}}"""
                                        .formatted(alice)))
                .isTrue();
        for (int again = 0; again < 5; again++) {
            assertThat(decided(question)).isTrue();
        }
    }

    @Test
    void propertiesThatTheAskerClaimsLoosenNothing() {
        assertThat(
                        decided(
                                """
                                {'subject':{'type':'agent','id':'%s',
                                    'properties':{'role':'admin','approved':true}},
                                 'action':{'name':'tools/call'},
                                 'resource':{'type':'tool','id':'desk.slow',
                                    'properties':{'reads':true,'status':'active'}},
                                 'context':{'approval':{'state':'approved'}}"""
                                        .formatted(bob)))
                .isFalse();
    }

    @TestFactory
    Stream<DynamicTest> basicWhatIsIncompleteIsABadRequest() {
        return Stream.of(
                        "{'action':{'name':'a'},'resource':{'type':'t','id':'i'}}",
                        "{'subject':{'type':'t','id':'i'},'resource':{'type':'t','id':'i'}}",
                        "{'subject':{'type':'t','id':'i'},'action':{'name':'a'}}",
                        "{'subject':{'id':'i'},'action':{'name':'a'},'resource':{'type':'t','id':'i'}}",
                        "{'subject':{'type':'t'},'action':{'name':'a'},'resource':{'type':'t','id':'i'}}",
                        "{'subject':{'type':'t','id':'i'},'action':{},'resource':{'type':'t','id':'i'}}",
                        "{'subject':{'type':'t','id':'i'},'action':{'name':'a'},'resource':{'id':'i'}}",
                        "{'subject':{'type':'t','id':'i'},'action':{'name':'a'},'resource':{'type':'t'}}",
                        "{'subject':'alice','action':{'name':'a'},'resource':{'type':'t','id':'i'}}",
                        "{'subject':{'type':'t','id':'i'},'action':{'name':123},'resource':{'type':'t','id':'i'}}",
                        "{'subject':",
                        "")
                .flatMap(
                        wrong ->
                                Stream.of("evaluation", "evaluations")
                                        .map(
                                                endpoint ->
                                                        DynamicTest.dynamicTest(
                                                                endpoint + " " + wrong,
                                                                () ->
                                                                        assertThat(
                                                                                        bridge.ask(
                                                                                                        endpoint,
                                                                                                        wrong)
                                                                                                .status())
                                                                                .isEqualTo(400))));
    }

    @Test
    void basicAnotherContentTypeIsABadRequest() {
        byte[] body =
                (asked(alice, CALL, "desk.echo") + "}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8);
        for (Map<String, String> headers :
                List.of(
                        Map.of("Content-Type", "text/plain"),
                        Map.of("Content-Type", "application/json; charset=utf-16"),
                        Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                        Map.<String, String>of())) {
            assertThat(bridge.send("POST", "/access/v1/evaluation", body, headers).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void theRequestsIdComesBackIfItIsOne() {
        byte[] body =
                (asked(alice, CALL, "desk.echo") + "}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8);
        for (Map.Entry<String, Boolean> one :
                Map.of(
                                "bfe9eb29-ab87-4ca3-be83-a1d5d8305716",
                                true,
                                "x".repeat(200),
                                true,
                                "x".repeat(201),
                                false,
                                "two words",
                                false)
                        .entrySet()) {
            Questioner.Told told =
                    bridge.send(
                            "POST",
                            "/access/v1/evaluation",
                            body,
                            Map.of(
                                    "Content-Type",
                                    "application/json",
                                    "X-Request-ID",
                                    one.getKey()));
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.response().headers().firstValue("X-Request-ID").isPresent())
                    .as(one.getKey())
                    .isEqualTo(one.getValue());
        }
        assertThat(
                        Questioner.nobody(gateway)
                                .send(
                                        "POST",
                                        "/access/v1/evaluation",
                                        body,
                                        Map.of("X-Request-ID", "one"))
                                .response()
                                .headers()
                                .firstValue("X-Request-ID"))
                .contains("one");
    }

    private Questioner.Told batch(String question) {
        Questioner.Told told = bridge.ask("evaluations", question);
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        return told;
    }

    @Test
    void batchDefaultsAreTakenOverWholeAndInOrder() {
        String tools =
                """
                ,'evaluations':[{'resource':{'type':'tool','id':'desk.echo'}},
                                {'resource':{'type':'tool','id':'desk.slow'}}]}""";
        String by = "{'subject':{'type':'agent','id':'%s'},'action':{'name':'tools/call'}";
        assertThat(batch(by.formatted(bob) + tools).decisions()).containsExactly(true, false);
        assertThat(batch(by.formatted(alice) + tools).decisions()).containsExactly(true, true);
        assertThat(batch(by.formatted(bob) + ",'context':{'time':'now'}" + tools).decisions())
                .containsExactly(true, false);
        assertThat(
                        batch(
                                        asked(alice, CALL, "desk.echo")
                                                + ",'evaluations':[{},{'subject':{'type':'agent','id':'"
                                                + bob
                                                + "'},'resource':{'type':'tool','id':'desk.slow'}}]}")
                                .decisions())
                .containsExactly(true, false);
        assertThat(
                        batch(
                                        "{'evaluations':["
                                                + asked(alice, CALL, "desk.echo")
                                                + "},"
                                                + asked(bob, CALL, "desk.slow")
                                                + "}]}")
                                .decisions())
                .containsExactly(true, false);
    }

    @Test
    void batchAnIncompleteOneIsItsOwnNo() {
        Questioner.Told told =
                batch(
                        """
                        {'subject':{'type':'agent','id':'%s'},'action':{'name':'tools/call'},
                         'options':{'evaluations_semantic':'execute_all'},
                         'evaluations':[{'resource':{'type':'tool','id':'desk.echo'}},{}]}"""
                                .formatted(alice));
        assertThat(told.decisions()).containsExactly(true, false);
        assertThat(told.body().get("decision")).isEmpty();
        assertThat(
                        told.all("evaluations")
                                .getLast()
                                .fields("context")
                                .flatMap(context -> context.fields("error")))
                .hasValueSatisfying(error -> assertThat(error.whole("status")).hasValue(400));
    }

    @Test
    void batchWithoutEvaluationsIsOneQuestion() {
        assertThat(batch(asked(alice, CALL, "desk.echo") + "}").decision()).isTrue();
        assertThat(batch(asked(alice, CALL, "desk.echo") + ",'evaluations':[]}").decision())
                .isTrue();
        assertThat(batch(asked(bob, CALL, "desk.slow") + ",'evaluations':[]}").decision())
                .isFalse();
    }

    private Questioner.Told search(String what, String question) {
        Questioner.Told told = bridge.ask("search/" + what, question);
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        return told;
    }

    private static final String ECHO =
            "'action':{'name':'tools/call'},'resource':{'type':'tool','id':'desk.echo'}";

    @Test
    void searchFindsSubjects() {
        for (String subject :
                List.of("{'type':'agent'}", "{'type':'agent','id':'" + alice + "'}")) {
            for (String more : List.of("", ",'context':{'ip':'192.168.1.1'}")) {
                Questioner.Told told =
                        search("subject", "{'subject':" + subject + "," + ECHO + more + "}");
                assertThat(told.found()).contains(alice, bob);
                assertThat(told.all("results"))
                        .allSatisfy(one -> assertThat(one.text("type")).contains("agent"));
            }
        }
    }

    @Test
    void searchFindsResources() {
        for (String resource : List.of("{'type':'tool'}", "{'type':'tool','id':'desk.slow'}")) {
            String question =
                    "{'subject':{'type':'agent','id':'%s'},'action':{'name':'tools/call'},'resource':"
                            + resource
                            + "}";
            assertThat(search("resource", question.formatted(alice)).found())
                    .containsExactly("desk.echo", "desk.hang", "desk.slow");
            assertThat(search("resource", question.formatted(bob)).found())
                    .containsExactly("desk.echo");
        }
    }

    @Test
    void searchFindsActions() {
        String question =
                "{'subject':{'type':'agent','id':'%s'},'resource':{'type':'tool','id':'desk.slow'}}";
        assertThat(search("action", question.formatted(alice)).found())
                .containsExactly("tools/call");
        assertThat(search("action", question.formatted(bob)).found()).isEmpty();
    }

    @Test
    void searchFindsNothingOfWhatIsNotKnown() {
        for (String subject :
                List.of(
                        "{'type':'spaceship','id':'x'}",
                        "{'type':'agent','id':'agt_nobody'}",
                        "{'type':'agent','id':'nobody'}",
                        "{'type':'instance','id':'" + alice + "'}")) {
            assertThat(search("subject", "{'subject':{'type':'spaceship'}," + ECHO + "}").found())
                    .isEmpty();
            assertThat(search("resource", "{'subject':" + subject + "," + ECHO + "}").found())
                    .isEmpty();
            assertThat(
                            search(
                                            "action",
                                            "{'subject':"
                                                    + subject
                                                    + ",'resource':{'type':'tool','id':'desk.echo'}}")
                                    .found())
                    .isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> searchWhatIsIncompleteIsABadRequest() {
        String type = "{'type':'t'}";
        String whole = "{'type':'t','id':'i'}";
        return Stream.of(
                        "subject {'subject':" + type + ",'resource':" + whole + "}",
                        "subject {'subject':"
                                + type
                                + ",'action':{'name':'a'},'resource':"
                                + type
                                + "}",
                        "subject {'action':{'name':'a'},'resource':" + whole + "}",
                        "resource {'action':{'name':'a'},'resource':" + type + "}",
                        "resource {'subject':"
                                + type
                                + ",'action':{'name':'a'},'resource':"
                                + type
                                + "}",
                        "resource {'subject':" + whole + ",'resource':" + type + "}",
                        "action {'subject':" + whole + "}",
                        "action {'subject':" + type + ",'resource':" + whole + "}",
                        "action {'subject':"
                                + whole
                                + ",'resource':"
                                + whole
                                + ",'page':{'limit':-1}}",
                        "action {'subject':"
                                + whole
                                + ",'resource':"
                                + whole
                                + ",'page':{'limit':1.5}}",
                        "action {'subject':" + whole + ",'resource':" + whole + ",'page':[]}")
                .map(
                        wrong ->
                                DynamicTest.dynamicTest(
                                        wrong,
                                        () -> {
                                            int space = wrong.indexOf(' ');
                                            assertThat(
                                                            bridge.ask(
                                                                            "search/"
                                                                                    + wrong
                                                                                            .substring(
                                                                                                    0,
                                                                                                    space),
                                                                            wrong.substring(space))
                                                                    .status())
                                                    .isEqualTo(400);
                                        }));
    }

    @Test
    void searchComesInPages() {
        String question =
                "{'subject':{'type':'agent','id':'"
                        + alice
                        + "'},'action':{'name':'tools/call'},'resource':{'type':'tool'},'page':{%s}}";
        Questioner.Told first = search("resource", question.formatted("'limit':2"));
        assertThat(first.found()).containsExactly("desk.echo", "desk.hang");
        Questioner.Told second =
                search("resource", question.formatted("'token':'" + first.nextToken() + "'"));
        assertThat(second.found()).containsExactly("desk.slow");
        assertThat(second.nextToken()).isEmpty();
        assertThat(search("resource", question.formatted("'limit':0")).found()).isEmpty();
        assertThat(search("resource", question.formatted("'limit':999999")).found()).hasSize(3);
    }

    @Test
    void discoveryNamesEveryEndpoint() {
        Questioner.Told told =
                Questioner.nobody(gateway).send("GET", AccessEdge.METADATA, new byte[0], Map.of());
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.response().headers().firstValue("Content-Type"))
                .contains("application/json");
        assertThat(told.body().text("policy_decision_point")).contains(gateway.origin());
        told.body()
                .values()
                .forEach(
                        (name, value) -> {
                            String url = ((Value.Text) value).value();
                            if (name.endsWith("_endpoint")) {
                                assertThat(url).startsWith(gateway.origin() + "/access/v1/");
                                assertThat(
                                                bridge.send(
                                                                "POST",
                                                                url.substring(
                                                                        gateway.origin().length()),
                                                                "{}"
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8),
                                                                Map.of(
                                                                        "Content-Type",
                                                                        "application/json"))
                                                        .status())
                                        .as(name)
                                        .isEqualTo(400);
                            }
                        });
        assertThat(told.body().values()).hasSize(6);
        assertThat(
                        Questioner.nobody(gateway)
                                .send("POST", AccessEdge.METADATA, new byte[0], Map.of())
                                .status())
                .isEqualTo(405);
    }
}
