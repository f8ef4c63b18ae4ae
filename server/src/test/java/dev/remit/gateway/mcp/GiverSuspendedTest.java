package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nobody acts for a person who is suspended, and nothing brings back what that ended (I5). */
final class GiverSuspendedTest {
    private static final String PATH = "/mcp/fake";
    private static final PersonId ADA = new PersonId("per_1");

    @Test
    @DisplayName("OAUTH-027 APPR-009: a suspended person's mandates end at once, and for good")
    void aSuspendedPersonsMandatesEnd() throws Exception {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = new TestGateway(server.settings("fake", Map.of()))) {
            gateway.write(
                    new Event.PersonAdded(
                            new Person(ADA, "Ada"),
                            EnumSet.of(Role.PERSON),
                            Optional.empty(),
                            "x"));
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
            assertThat(call(agent).flag("isError")).isFalse();
            assertThat(agent.tools(PATH)).contains("echo");
            int sent = server.all().size();

            gateway.write(new Event.PersonSuspended(ADA, "left", "x"));
            assertRefused(gateway, agent);
            assertThat(agent.tools(PATH)).isEmpty();
            gateway.write(new Event.PersonRestored(ADA, "x"));
            assertRefused(gateway, agent);
            assertThat(server.all().stream().skip(sent).map(FakeHttpServer.Got::method))
                    .as("nothing is sent to the upstream")
                    .doesNotContain("tools/call");

            Thread.sleep(2); // the log's times are in milliseconds
            gateway.give(agent, Leave.toCall("fake.echo"));
            assertThat(call(agent).flag("isError")).isFalse();
        }
    }

    private static Value.Fields call(TestAgent agent) {
        return agent.call(PATH, "echo", Value.Fields.EMPTY).result();
    }

    private static void assertRefused(TestGateway gateway, TestAgent agent) {
        assertThat(call(agent).flag("isError")).isTrue();
        assertThat(gateway.written(Event.Decided.class).getLast().ruling())
                .isInstanceOfSatisfying(
                        Event.Ruling.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo("giver-suspended"));
    }
}
