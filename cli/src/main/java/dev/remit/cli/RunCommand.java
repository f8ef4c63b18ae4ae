package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.client.AgentKey;
import dev.remit.client.Enrolment;
import dev.remit.client.Gateway;
import dev.remit.client.Identity;
import dev.remit.connect.StdioConnector;
import dev.remit.decision.intent.Mode;
import dev.remit.decision.intent.Modes;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.main.Config;
import dev.remit.main.IntentSettings;
import dev.remit.main.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code remit run}: a gateway, an agent and a mandate for one client and one server, in one
 * process.
 */
@Command(
        name = "run",
        description =
                "wrap one stdio MCP server for one client: put this in front of the client's own command")
final class RunCommand implements Callable<Integer> {
    private static final String UPSTREAM = "server";

    /** Words that calls cannot be held against: whatever the rules of intent say is only noted. */
    private static final String ANYTHING = "whatever this client is used for";

    @Option(
            names = "--task",
            paramLabel = "WORDS",
            defaultValue = ANYTHING,
            description =
                    "what the client's agent is to do, in your words; calls are held against them")
    private String task = "";

    @Option(
            names = "--allow",
            paramLabel = "PERMISSION",
            description =
                    "tool, read_*, tool(name=value, *), … x3; may be repeated; nothing is allowed without")
    private List<String> allow = new ArrayList<>();

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "12h")
    private String lives = "12h";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where the ledger is kept (else one below ~/.remit/run)")
    private @Nullable Path data;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "1..*",
            description = "the server's own command, after --")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Modes modes = task.equals(ANYTHING) ? Modes.of(Mode.OBSERVE) : Modes.USUAL;
        Config config =
                Config.usual()
                        .on(freePort())
                        .with(List.of(upstream()))
                        .withIntent(IntentSettings.of(modes));
        Path folder = data != null ? data : RunFolder.free(command);
        try (Server server = new Server(config, folder, InstantSource.system())) {
            Operator operator = Operator.of(folder);
            Identity identity = enrol(operator, server);
            give(operator);
            System.err.println(
                    "remit: the ledger is in "
                            + folder
                            + "; `remit why CALL --data "
                            + folder
                            + "` explains a call");
            if (allow.isEmpty()) {
                System.err.println(
                        "remit: nothing is allowed; say what is, as in --allow 'read_*'");
            }
            Gateway gateway = Gateway.of(identity);
            new StdioConnector(gateway, "/mcp/" + UPSTREAM, System.in, System.out).run();
        }
        return Exit.DONE;
    }

    private UpstreamSettings upstream() {
        return new UpstreamSettings.Stdio(
                UPSTREAM,
                command.getFirst(),
                command.subList(1, command.size()),
                Map.of(),
                Optional.empty(),
                UpstreamSettings.Terms.USUAL);
    }

    private static Identity enrol(Operator operator, Server server) {
        boolean known =
                operator.act("agents/list", Value.Fields.EMPTY) instanceof Value.Fields page
                        && !page.items("agents").isEmpty();
        Value.Fields added =
                known
                        ? (Value.Fields)
                                operator.act(
                                        "agents/code",
                                        Value.object().put("agent", "client").build())
                        : (Value.Fields)
                                operator.act(
                                        "agents/add", Value.object().put("name", "client").build());
        String code = added.text("code").orElseThrow();
        return Gateway.enrol(
                Identity.fresh(server.url(), AgentKey.fresh()), new Enrolment.ByCode(code));
    }

    private void give(Operator operator) {
        List<String> permissions =
                allow.stream()
                        .map(one -> one.startsWith(UPSTREAM + ".") ? one : UPSTREAM + "." + one)
                        .toList();
        operator.act(
                "mandates/new",
                Value.object()
                        .put("task", task)
                        .put("agent", "client")
                        .put("permissions", Shorthand.permissions(permissions))
                        .put("lives", MandateCommands.time(lives).toString())
                        .build());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
