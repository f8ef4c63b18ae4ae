package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestAgent.Heard;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Characters that nobody sees, and texts without end, in arguments: what is decided on is what is
 * sent, character for character, or nothing is.
 */
@NullMarked
class SmuggledTextTest {
    private static final String PATH = "/mcp/fake";

    @Test
    @AttackCase("INTENT-014")
    void whatNobodySeesIsSentAsItWasDecidedOn() {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = new TestGateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent();
            gateway.give(agent, Leave.toCall("fake.echo"));
            for (String text :
                    List.of(
                            "a\u0000b",
                            "a\r\nX-Upstream: evil\r\n\r\nb",
                            "\u001b[2J\u001b]0;title\u0007",
                            "\u202egnp.exe",
                            "a\u200bb\u2060c\ufeff",
                            new String(Character.toChars(0xe0041)) + "!")) {
                agent.call(PATH, "echo", Value.object().put("text", text).build());
                Value sent =
                        server.calls()
                                .getLast()
                                .message()
                                .fields("params")
                                .flatMap(params -> params.fields("arguments"))
                                .flatMap(arguments -> arguments.get("text"))
                                .orElseThrow();
                assertThat(sent).isEqualTo(Value.of(text));
                assertThat(gateway.written(Event.Decided.class).getLast().arguments().text("text"))
                        .contains(text);
            }
        }
    }

    @Test
    @AttackCase("INTENT-014")
    void aTextWithoutEndIsNotRead() {
        try (FakeHttpServer server = new FakeHttpServer();
                TestGateway gateway = new TestGateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent();
            gateway.give(agent, Leave.toCall("fake.echo"));
            Heard heard =
                    agent.call(
                            PATH,
                            "echo",
                            Value.object().put("text", "x".repeat(10 * 1024 * 1024)).build());
            assertThat(heard.status()).isEqualTo(413);
            assertThat(server.calls()).isEmpty();
        }
    }
}
