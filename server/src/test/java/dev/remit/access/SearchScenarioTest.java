package dev.remit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
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
 * The points of the certification scenario for Authorization API 1.0: Search at its core level, and
 * Discovery.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchScenarioTest {
    private final Scenario scenario = new Scenario();
    private final TestGateway gateway = scenario.gateway;
    private final Questioner bridge = scenario.bridge;
    private final String alice = scenario.alice;
    private final String bob = scenario.bob;

    @AfterAll
    void close() {
        scenario.close();
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
