package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What is taken from a mandate is taken from those who have a part of it, with the same tokens. */
@NullMarked
class NarrowedTest {
    private static final String PATH = "/mcp/fake";
    private static final Permission ECHO = Leave.toCall("fake.echo");
    private static final Permission THERE = Leave.toCall("fake.there");

    @Test
    void aChildHasWhatItsParentHasNowAndWasGivenThen() {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = new TestGateway(server.settings("fake", Map.of()))) {
            TestAgent parent = gateway.agent();
            MandateId id = gateway.give(parent, ECHO, THERE);
            TestAgent both = gateway.child(parent, id, ECHO, THERE);
            TestAgent one = gateway.child(parent, id, ECHO);
            assertReaches(server, both, "echo", "there");
            assertReaches(server, one, "echo");

            change(gateway, id, ECHO);
            assertReaches(server, parent, "echo");
            assertReaches(server, both, "echo");
            assertReaches(server, one, "echo");

            change(gateway, id, THERE, Leave.toCall("fake.slow"));
            assertReaches(server, parent, "slow", "there");
            assertReaches(server, both, "there");
            assertReaches(server, one);
        }
    }

    private static void change(TestGateway gateway, MandateId id, Permission... permissions) {
        Mandate mandate = gateway.store().find(id).orElseThrow().mandate();
        gateway.write(
                new Event.MandateChanged(
                        mandate.with(new Permissions(List.of(permissions)), mandate.limits()),
                        "per_1"));
    }

    private static void assertReaches(FakeHttpServer server, TestAgent agent, String... tools) {
        for (String tool : List.of("echo", "slow", "there")) {
            int before = server.calls().size();
            agent.call(PATH, tool, Value.Fields.EMPTY);
            assertThat(server.calls().size() - before)
                    .as(tool)
                    .isEqualTo(List.of(tools).contains(tool) ? 1 : 0);
        }
        assertThat(agent.tools(PATH)).containsExactlyInAnyOrder(tools);
    }
}
