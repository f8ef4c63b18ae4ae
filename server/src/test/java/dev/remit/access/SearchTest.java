package dev.remit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.ledger.Event;
import dev.remit.ledger.InstanceSuspended;
import dev.remit.testkit.AttackCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A search finds what its asker may ask about, and no more; its pages are sealed to it. */
final class SearchTest {
    private static final String ECHO =
            "'action':{'name':'tools/call'},'resource':{'type':'tool','id':'desk.echo'}";

    private final FakeHttpServer server = new FakeHttpServer();
    private final TestGateway gateway =
            new TestGateway(
                    server.settings("desk", Map.of()), server.settings("elsewhere", Map.of()));
    private final Questioner bridge = Questioner.point(gateway, "bridge");
    private final Questioner other = Questioner.point(gateway, "other");

    @BeforeEach
    void see() {
        TestAgent one = gateway.agent();
        gateway.give(one, Leave.toCall("none.of.it"));
        one.tools("/mcp/desk"); // so that the tools are known
        one.tools("/mcp/elsewhere");
    }

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    private static String id(TestAgent agent) {
        return agent.instance().agent().text();
    }

    private static String tools(TestAgent agent, String page) {
        return "{'subject':{'type':'agent','id':'%s'},'action':{'name':'tools/call'},'resource':{'type':'tool'}%s}"
                .formatted(id(agent), page);
    }

    private static String agents(String page) {
        return "{'subject':{'type':'agent'}," + ECHO + page + "}";
    }

    @Test
    @AttackCase("PDP-019")
    void anAgentFindsItselfAndWhatItCouldCall() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.echo"), Leave.toCall("elsewhere.slow"));
        TestAgent better = gateway.agent(Leave.toCall("*.*"));
        Questioner self = Questioner.agent(gateway, agent);
        long before = gateway.store().size();
        assertThat(self.ask("search/subject", agents("")).found()).containsExactly(id(agent));
        assertThat(self.ask("search/resource", tools(agent, "")).found())
                .containsExactly("desk.echo", "elsewhere.slow");
        assertThat(self.ask("search/resource", tools(better, "")).text())
                .isEqualTo(
                        self.ask(
                                        "search/resource",
                                        tools(better, "").replace(id(better), "agt_nobody"))
                                .text());
        assertThat(self.ask("search/subject", agents("").replace("desk.echo", "desk.slow")).found())
                .isEmpty();
        assertThat(
                        self.ask("search/subject", agents("").replace("desk.echo", "desk.nothing"))
                                .found())
                .isEmpty();
        assertThat(
                        self.ask(
                                        "search/action",
                                        "{'subject':{'type':'agent','id':'"
                                                + id(better)
                                                + "'},'resource':{'type':'tool','id':'desk.echo'}}")
                                .found())
                .isEmpty();
        assertThat(gateway.store().size()).isEqualTo(before);
    }

    @Test
    @AttackCase("PDP-019")
    void aPointFindsWhatItReaches() {
        TestAgent agent = gateway.agent(Leave.toCall("*.*"));
        assertThat(bridge.ask("search/resource", tools(agent, "")).found())
                .isNotEmpty()
                .allMatch(one -> one.startsWith("desk."));
        assertThat(other.ask("search/resource", tools(agent, "")).found())
                .isNotEmpty()
                .allMatch(one -> one.startsWith("elsewhere."));
        assertThat(bridge.ask("search/subject", agents("")).found()).containsExactly(id(agent));
        assertThat(other.ask("search/subject", agents("")).found()).isEmpty();
        TestAgent resting = gateway.agent(Leave.toCall("*.*"));
        gateway.write(
                new InstanceSuspended(
                        resting.instance().id(), resting.instance().agent(), "test", "test"));
        assertThat(bridge.ask("search/subject", agents("")).found()).containsExactly(id(agent));
        assertThat(bridge.ask("search/resource", tools(resting, "")).found()).isEmpty();
        gateway.write(
                new Event.InstanceRevoked(agent.instance().id(), agent.instance().agent(), "test"));
        assertThat(bridge.ask("search/subject", agents("")).found()).isEmpty();
        assertThat(bridge.ask("search/resource", tools(agent, "")).found()).isEmpty();
    }

    @Test
    void aToolWhoseDefinitionIsHeldIsNotFound() {
        TestAgent agent = gateway.agent(Leave.toCall("desk.*"));
        assertThat(bridge.ask("search/resource", tools(agent, "")).found()).contains("desk.echo");
        Pin pin = gateway.store().pin(Tool.of("desk.echo")).orElseThrow();
        gateway.write(
                new Event.ToolPinned(
                        new Pin(
                                pin.tool(),
                                pin.accepted(),
                                Optional.of(Digest.of(new byte[1])),
                                pin.definition()),
                        "test"));
        assertThat(bridge.ask("search/resource", tools(agent, "")).found())
                .isNotEmpty()
                .doesNotContain("desk.echo");
        assertThat(bridge.ask("search/subject", agents("")).found()).isEmpty();
        assertThat(bridge.mayCall("agent", id(agent), "desk.echo", "{}").reason())
                .isEqualTo("tool-changed");
    }

    /** What is found, asked about, is a yes. */
    @Test
    void whatIsFoundIsAllowed() {
        gateway.agent(Leave.toCall("desk.echo"));
        gateway.agent(Leave.toCall("desk.slow"));
        TestAgent two = gateway.agent(Leave.toCall("desk.echo"));
        TestAgent second = gateway.secondOf(two);
        List<String> found = bridge.ask("search/subject", agents("")).found();
        assertThat(found).hasSize(1).doesNotContain(id(two));
        for (String one : found) {
            assertThat(bridge.mayCall("agent", one, "desk.echo", "{}").decision()).isTrue();
        }
        List<String> instances =
                bridge.ask("search/subject", agents("").replace("'agent'", "'instance'")).found();
        assertThat(instances)
                .hasSize(3)
                .contains(two.instance().id().text(), second.instance().id().text());
        for (String one : instances) {
            assertThat(bridge.mayCall("instance", one, "desk.echo", "{}").decision()).isTrue();
        }
    }

    @Test
    void pagesHaveEveryoneOnce() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            TestAgent agent = gateway.agent(Leave.toCall(i % 3 == 0 ? "desk.slow" : "desk.echo"));
            if (i % 3 != 0) {
                all.add(id(agent));
            }
        }
        List<String> found = new ArrayList<>();
        String page = ",'page':{'limit':4}";
        for (int pages = 0; pages < 30; pages++) {
            Questioner.Told told = bridge.ask("search/subject", agents(page));
            assertThat(told.found()).hasSizeLessThanOrEqualTo(4);
            found.addAll(told.found());
            if (told.nextToken().isEmpty()) {
                break;
            }
            page = ",'page':{'token':'" + told.nextToken() + "'}";
        }
        Collections.sort(all);
        Collections.sort(found);
        assertThat(found).isEqualTo(all);
    }

    @Test
    @AttackCase("PDP-019")
    void aPagesTokenIsItsAskersForItsQuestionAlone() {
        TestAgent agent = gateway.agent(Leave.toCall("*.*"));
        TestAgent another = gateway.agent(Leave.toCall("*.*"));
        Questioner.Told first = bridge.ask("search/resource", tools(agent, ",'page':{'limit':2}"));
        String token = first.nextToken();
        assertThat(token).isNotEmpty().doesNotContain("desk");
        String page = ",'page':{'token':'" + token + "'}";
        assertThat(other.ask("search/resource", tools(agent, page)).status()).isEqualTo(400);
        assertThat(
                        Questioner.agent(gateway, agent)
                                .ask("search/resource", tools(agent, page))
                                .status())
                .isEqualTo(400);
        assertThat(bridge.ask("search/resource", tools(another, page)).status()).isEqualTo(400);
        assertThat(bridge.ask("search/subject", agents(page)).status()).isEqualTo(400);
        for (String forged :
                List.of(
                        "",
                        "x",
                        token.substring(1),
                        token.substring(0, 40)
                                + (token.charAt(40) == 'A' ? "B" : "A")
                                + token.substring(41),
                        token + "A")) {
            assertThat(
                            bridge.ask(
                                            "search/resource",
                                            tools(agent, ",'page':{'token':'" + forged + "'}"))
                                    .status())
                    .as(forged)
                    .isEqualTo(400);
        }
        assertThat(
                        bridge.ask(
                                        "search/resource",
                                        tools(agent, ",'page':{'limit':3,'token':'" + token + "'}"))
                                .status())
                .isEqualTo(400);
        assertThat(bridge.ask("search/resource", tools(agent, page)).found())
                .hasSize(2)
                .doesNotContainAnyElementsOf(first.found());
    }
}
