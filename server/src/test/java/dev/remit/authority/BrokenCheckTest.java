package dev.remit.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.testkit.AttackCase;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whatever breaks while a sender is being checked, at whichever step: nobody is let in by it. */
final class BrokenCheckTest {
    private static final String PATH = "/mcp/fake";
    private static final List<Supplier<Throwable>> BREAKS =
            List.of(
                    NullPointerException::new,
                    () -> new IllegalStateException("no such provider"),
                    () -> new LedgerUnavailable("the disk is gone", new IllegalStateException()),
                    StackOverflowError::new,
                    () -> new OutOfMemoryError("planted"),
                    () -> new NoClassDefFoundError("planted"));

    @Test
    @AttackCase("TOK-035")
    void aCheckThatBreaksLetsNobodyIn() throws Exception {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = new TestGateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent(Leave.toCall("fake.echo"));
            assertThat(call(agent).status()).as("the twin").isEqualTo(200);
            for (Supplier<Throwable> with : BREAKS) {
                assertThat(stepsThatRefuse(gateway, server, agent, with))
                        .as(with.get().toString())
                        .isGreaterThan(3);
            }
        }
    }

    /** Breaks one step after the other; how many there are. */
    private static int stepsThatRefuse(
            TestGateway gateway, FakeHttpServer server, TestAgent agent, Supplier<Throwable> with) {
        for (int step = 0; ; step++) {
            int sent = server.calls().size();
            int written = gateway.store().entries().size();
            gateway.checks().breakAfter(step, with);
            TestAgent.Heard heard = call(agent);
            if (!gateway.checks().broke()) {
                assertThat(heard.status()).as("the twin").isEqualTo(200);
                assertThat(server.calls()).hasSize(sent + 1);
                return step;
            }
            assertThat(heard.status()).as("step " + step).isEqualTo(503);
            assertThat(heard.last().json()).doesNotContain("planted", "disk", "provider");
            assertThat(server.calls()).hasSize(sent);
            assertThat(gateway.store().entries().subList(written, written + 1))
                    .singleElement()
                    .satisfies(
                            entry ->
                                    assertThat(entry.event())
                                            .isInstanceOfSatisfying(
                                                    Event.StrangerRefused.class,
                                                    refused ->
                                                            assertThat(refused.doubt())
                                                                    .isEqualTo("unchecked")));
            assertThat(gateway.store().entries()).hasSize(written + 1);
        }
    }

    private static TestAgent.Heard call(TestAgent agent) {
        return agent.call(PATH, "echo", Value.Fields.EMPTY);
    }
}
