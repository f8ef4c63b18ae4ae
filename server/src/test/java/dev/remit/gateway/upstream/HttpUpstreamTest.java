package dev.remit.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class HttpUpstreamTest {
    private static final String PATH = "/mcp/fake";
    private static final Value.Fields NONE = Value.Fields.EMPTY;

    @Test
    void theUpstreamGetsItsOwnCredentialsAndNothingOfTheAgents() {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway =
                        new TestGateway(
                                server.settings(
                                        "fake", Map.of("Authorization", "Bearer upstreams-own")))) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));

            assertThat(agent.call(PATH, "echo", NONE).text()).isEqualTo("{}");

            assertThat(server.all())
                    .allSatisfy(
                            got ->
                                    assertThat(got.headers())
                                            .containsEntry(
                                                    "Authorization",
                                                    List.of("Bearer upstreams-own"))
                                            .doesNotContainKeys("DPoP", "Mcp-Session-Id"));
        }
    }

    @Test
    void aListOfToolsIsNotAskedForWithEveryCall() {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = new TestGateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
            for (int i = 0; i < 5; i++) {
                assertThat(agent.call(PATH, "echo", NONE).text()).isEqualTo("{}");
            }
            assertThat(server.all())
                    .extracting(FakeHttpServer.Got::method)
                    .filteredOn(method -> !method.equals("tools/call"))
                    .containsExactly("server/discover", "tools/list");
        }
    }

    @Test
    @AttackCase("GRANT-009")
    void whatTheStatusSaysDecidesWhetherItMayHaveHappened() {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = new TestGateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
            Map<Integer, Event.End> ends =
                    Map.of(
                            401, Event.End.FAILED,
                            429, Event.End.FAILED,
                            307, Event.End.FAILED,
                            500, Event.End.UNKNOWN,
                            502, Event.End.UNKNOWN);
            ends.forEach(
                    (status, end) -> {
                        server.answerWith(status);
                        assertThat(agent.call(PATH, "echo", NONE).result().flag("isError"))
                                .isTrue();
                        assertThat(gateway.written(Event.Concluded.class).getLast().end())
                                .isEqualTo(end);
                    });
        }
    }

    /** Before the headers, and after them: it may have happened, and is not tried again. */
    @Test
    @AttackCase("GRANT-009")
    void aConnectionThatBreaksLeavesTheOutcomeUnknownAndIsOneCall() {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = new TestGateway(server.settings("fake", Map.of()))) {
            TestAgent agent =
                    gateway.agent(Leave.toCall("fake.reset", 2), Leave.toCall("fake.torn", 2));
            for (String tool : List.of("reset", "torn")) {
                int before = server.calls().size();
                assertThat(agent.call(PATH, tool, NONE).text())
                        .contains("may or may not have happened");
                assertThat(server.calls()).as(tool).hasSize(before + 1);
                assertThat(gateway.written(Event.Concluded.class).getLast().end())
                        .isEqualTo(Event.End.UNKNOWN);
                agent.call(PATH, tool, NONE);
                assertThat(agent.call(PATH, tool, NONE).text()).as(tool).contains("used up");
                assertThat(server.calls()).as("each was counted once").hasSize(before + 2);
            }
        }
    }

    @Test
    void anUpstreamThatIsNotThereIsARefusalAndNoCall() {
        UpstreamSettings nowhere =
                new UpstreamSettings.Http(
                        "fake",
                        URI.create("http://127.0.0.1:" + Ports.free() + "/mcp"),
                        Map.of(),
                        UpstreamSettings.Terms.USUAL);
        try (TestGateway gateway = new TestGateway(nowhere)) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));

            assertThat(agent.call(PATH, "echo", NONE).text())
                    .contains("the upstream cannot be reached", "Nothing has happened");
            assertThat(gateway.written(Event.Decided.class))
                    .singleElement()
                    .satisfies(
                            decided ->
                                    assertThat(decided.ruling())
                                            .isInstanceOf(Event.Ruling.Refused.class));
        }
    }

    @Test
    @AttackCase("TOOL-005")
    void allUpstreamsAreAtOnePathUnderNamesOfTheirOwn() {
        try (FakeHttpServer one = new FakeHttpServer();
                FakeHttpServer other = new FakeHttpServer();
                TestGateway gateway =
                        new TestGateway(
                                one.settings("one", Map.of()), other.settings("other", Map.of()))) {
            TestAgent agent = gateway.agent(Leave.toCall("one.echo"), Leave.toCall("other.*"));

            assertThat(agent.tools("/mcp"))
                    .containsExactly(
                            "one__echo",
                            "other__ask",
                            "other__drip",
                            "other__echo",
                            "other__hang",
                            "other__reset",
                            "other__slow",
                            "other__there",
                            "other__torn");
            assertThat(agent.call("/mcp", "other__echo", NONE).text()).isEqualTo("{}");
            assertThat(agent.call("/mcp", "one__there", NONE).text()).contains("Refused");
            assertThat(other.calls()).hasSize(1);
            assertThat(one.calls()).isEmpty();
        }
    }

    @Test
    void aStrangerIsToldWhereToGetATokenAndHowToProveIt() throws Exception {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = new TestGateway(server.settings("fake", Map.of()))) {
            HttpResponse<String> response =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(gateway.origin() + PATH))
                                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().allValues("WWW-Authenticate"))
                    .hasSize(2)
                    .anyMatch(
                            one ->
                                    one.startsWith(
                                            "Bearer resource_metadata=\""
                                                    + gateway.origin()
                                                    + "/.well-known/oauth-protected-resource"
                                                    + PATH))
                    .anyMatch(one -> one.startsWith("DPoP algs=\"ES256 EdDSA Ed25519\""));
            assertThat(gateway.written(Event.StrangerRefused.class)).hasSize(1);
            assertThat(server.all()).isEmpty();
        }
    }
}
