package dev.remit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.gateway.rig.TestGateway;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The points of the certification scenario for Authorization API 1.0: Basic and Batch at their core
 * level, and action properties.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScenarioTest {
    private final Scenario scenario = new Scenario();
    private final TestGateway gateway = scenario.gateway;
    private final Questioner bridge = scenario.bridge;
    private final String alice = scenario.alice;
    private final String bob = scenario.bob;

    @AfterAll
    void close() {
        scenario.close();
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
}
