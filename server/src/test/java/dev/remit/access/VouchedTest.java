package dev.remit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.identity.Agent;
import dev.remit.identity.EnrolmentCode;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For whom a point's word is good, and under which mandate. */
final class VouchedTest {
    private final FakeHttpServer server = new FakeHttpServer();
    private final TestGateway gateway = new TestGateway(server.settings("desk", Map.of()));
    private final Questioner bridge = Questioner.point(gateway, "bridge");

    @BeforeEach
    void see() {
        gateway.agent(Leave.toCall("desk.*")).tools("/mcp/desk"); // so that the tools are known
    }

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    private Questioner.Told under(InstanceId who, Optional<MandateId> mandate) {
        String question = Questioner.question("instance", who.text(), "desk.echo", "{}");
        return bridge.ask(
                "evaluation",
                mandate.map(id -> ",'context':{'mandate':'" + id + "'}}")
                        .map(more -> question.substring(0, question.lastIndexOf('}')) + more)
                        .orElse(question));
    }

    @Test
    void aPublishedClientIsManyPeoplesSoThePointSaysWhose() {
        TestAgent agent = gateway.agent();
        MandateId mandate = gateway.give(agent, Leave.toCall("desk.echo"));
        InstanceId id = agent.instance().id();
        assertThat(under(id, Optional.empty()).decision()).isTrue();
        gateway.write(
                new Event.AgentTagged(
                        agent.instance().agent(),
                        Map.of(Agent.DOCUMENT, "a-digest"),
                        Set.of(),
                        "test"));
        assertThat(under(id, Optional.empty()).reason()).isEqualTo("subject-unclear");
        assertThat(under(id, Optional.of(mandate)).decision()).isTrue();
    }

    /** It has shown no key here, as nobody has; the point's word stands in its place. */
    @Test
    void whoeverHasNoKeyIsNotCappedButThePointSaysWhose() {
        TestAgent agent = gateway.agent();
        MandateId mandate = gateway.give(agent, Leave.toCall("desk.echo"));
        Instant now = Instant.now();
        Digest code = Digest.of(new byte[16]);
        Instance keyless =
                Instance.enrolled(
                        new InstanceId("ins_keyless"),
                        agent.instance().agent(),
                        Optional.empty(),
                        now);
        gateway.write(
                new Event.CodeIssued(
                        new EnrolmentCode(code, keyless.agent(), now.plus(Duration.ofMinutes(5))),
                        "test"));
        gateway.write(new Event.InstanceEnrolled(keyless, code));
        assertThat(under(keyless.id(), Optional.empty()).reason()).isEqualTo("subject-unclear");
        assertThat(under(keyless.id(), Optional.of(mandate)).decision()).isTrue();
    }

    @Test
    void whatWasPassedOnEndsWhenItWasSaidTo() throws InterruptedException {
        TestAgent parent = gateway.agent();
        MandateId mandate = gateway.give(parent, Leave.toCall("desk.echo"));
        TestAgent child =
                gateway.child(parent, mandate, Duration.ofMillis(1_500), Leave.toCall("desk.echo"));
        InstanceId id = child.instance().id();
        assertThat(under(id, Optional.empty()).decision()).isTrue();
        Thread.sleep(1_600);
        assertThat(under(id, Optional.empty()).reason()).isEqualTo("caller-revoked");
    }

    /** A child acts under the mandate it has a part of, whatever the point says. */
    @Test
    void noWordMakesAPartMore() {
        TestAgent parent = gateway.agent();
        MandateId small = gateway.give(parent, Leave.toCall("desk.there"));
        TestAgent child = gateway.child(parent, small, Leave.toCall("desk.there"));
        MandateId large = gateway.give(parent, Leave.toCall("desk.echo"));
        assertThat(under(child.instance().id(), Optional.of(large)).reason())
                .isEqualTo("not-permitted");
        assertThat(under(parent.instance().id(), Optional.of(large)).decision()).isTrue();
    }
}
