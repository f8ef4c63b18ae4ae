package dev.remit.access;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The fixture of the certification scenario for Authorization API 1.0, in this gateway's words:
 * subjects are agents, resources are tools, the action is {@code tools/call}. Alice may read
 * ({@code echo}) and write ({@code slow}), and delete ({@code hang}) softly; Bob may read.
 */
final class Scenario implements AutoCloseable {
    private final FakeHttpServer server = new FakeHttpServer();
    final TestGateway gateway = new TestGateway(server.settings("desk", Map.of()));
    final Questioner bridge = Questioner.point(gateway, "bridge");
    final String alice;
    final String bob;

    Scenario() {
        Permission soft =
                new Permission(
                        "soft",
                        new Glob("desk.hang"),
                        Map.of("soft", new Constraint.OneOf(List.of(Value.of(true)))),
                        OptionalLong.empty());
        TestAgent writer =
                gateway.agent(Leave.toCall("desk.echo"), Leave.toCall("desk.slow"), soft);
        alice = writer.instance().agent().text();
        bob = gateway.agent(Leave.toCall("desk.echo")).instance().agent().text();
        writer.tools("/mcp/desk"); // so that the tools are known
    }

    @Override
    public void close() {
        gateway.close();
        server.close();
    }
}
