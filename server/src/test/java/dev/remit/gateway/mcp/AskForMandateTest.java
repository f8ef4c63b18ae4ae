package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gate.StopSwitch;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.gateway.wire.Meta;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent without a mandate finds, and what becomes of its asking for one. */
@NullMarked
class AskForMandateTest {
    private static final String ASK = "remit__ask_for_a_mandate";
    private static final Permission ECHO = Leave.toCall("fake.echo");
    private static final Value.Fields TASK = Value.object().put("task", "say hello").build();

    private final FakeHttpServer server = new FakeHttpServer();
    private final TestGateway gateway = new TestGateway(server.settings("fake", Map.of()));

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    private List<Event.Decided> decided() {
        return gateway.written(Event.Decided.class);
    }

    private static String refusal(TestAgent.Heard heard, String field) {
        return heard.result()
                .fields(Meta.NAME)
                .flatMap(meta -> meta.fields(Meta.REFUSAL))
                .flatMap(one -> one.text(field))
                .orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/mcp/fake"})
    void whoHasNoMandateFindsHowToAskForOne(String path) {
        TestAgent agent = gateway.agent();
        assertThat(agent.tools(path)).containsExactly(ASK);
        TestAgent.Heard heard = agent.call(path, ASK, TASK);
        assertThat(refusal(heard, "code")).isEqualTo("no-mandate");
        String page = gateway.origin() + "/mandates/new?call=" + refusal(heard, "call");
        assertThat(refusal(heard, "page")).isEqualTo(page);
        assertThat(heard.text()).contains(page);
        assertThat(server.calls()).isEmpty();
        assertThat(decided()).hasSize(1);
        assertThat(decided().getFirst().arguments()).isEqualTo(TASK);
        assertThat(decided().getFirst().tool()).hasToString("remit.ask_for_a_mandate");
    }

    @Test
    void whoHasOneIsToldItsTaskAndIsNotBlamed() {
        TestAgent agent = gateway.agent();
        MandateId id = gateway.give(agent, ECHO);
        assertThat(agent.tools("/mcp/fake")).containsExactly("echo");
        TestAgent.Heard heard = agent.call("/mcp/fake", ASK, TASK);
        assertThat(refusal(heard, "code")).isEqualTo("mandate-given");
        assertThat(refusal(heard, "page")).isEmpty();
        assertThat(heard.text()).contains("do what the test says");
        assertThat(gateway.store().find(id).orElseThrow().usage().strikes()).isZero();
        assertThat(decided()).hasSize(1);
    }

    @Test
    void whoseMandateExpiredCanAskAgain() {
        TestAgent agent = gateway.agent();
        gateway.give(agent, limits -> limits.until(Instant.now().minusSeconds(1)), ECHO);
        assertThat(agent.tools("/mcp/fake")).containsExactly(ASK);
        TestAgent.Heard heard = agent.call("/mcp/fake", "echo", Value.Fields.EMPTY);
        assertThat(refusal(heard, "code")).isEqualTo("mandate-expired");
        assertThat(refusal(heard, "page")).contains("/mandates/new?call=");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void whoIsToStopIsShownNothing() {
        TestAgent revoked = gateway.agent();
        Mandate mandate = gateway.store().find(gateway.give(revoked, ECHO)).orElseThrow().mandate();
        PersonId giver = mandate.giver().id();
        gateway.write(
                new Event.MandateChanged(
                        mandate.with(
                                new Mandate.Status.Revoked(giver.text(), Instant.now(), "enough")),
                        giver.text()));
        assertThat(revoked.tools("/mcp")).isEmpty();
        assertThat(refusal(revoked.call("/mcp", ASK, TASK), "page")).isEmpty();

        TestAgent parent = gateway.agent();
        MandateId id =
                gateway.give(parent, limits -> limits.until(Instant.now().minusSeconds(1)), ECHO);
        assertThat(gateway.child(parent, id, ECHO).tools("/mcp")).isEmpty();

        gateway.stop().pull(new StopSwitch.Stop(Instant.now(), giver.text(), "an incident"));
        assertThat(gateway.agent().tools("/mcp")).isEmpty();
    }
}
