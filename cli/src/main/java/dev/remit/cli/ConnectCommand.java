package dev.remit.cli;

import dev.remit.connect.ConnectFailed;
import dev.remit.connect.Gateway;
import dev.remit.connect.Identity;
import dev.remit.connect.LoopbackConnector;
import dev.remit.connect.StdioConnector;
import dev.remit.http.WebServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code remit connect}. */
@Command(
        name = "connect",
        description =
                "an MCP server for your client: stdio (or loopback HTTP) here, the agent's key and"
                        + " DPoP towards the gateway")
final class ConnectCommand implements Callable<Integer> {
    @Option(names = "--gateway", paramLabel = "URL", defaultValue = "http://127.0.0.1:8420")
    private URI gateway = URI.create("http://127.0.0.1:8420");

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "enrol with this one-time code first")
    private @Nullable String code;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "agent",
            description = "which of this user's identities to be (default: agent)")
    private String name = "agent";

    @Option(names = "--identity", paramLabel = "FILE", description = "the identity file itself")
    private @Nullable Path file;

    @Option(
            names = "--mandate",
            paramLabel = "MANDATE",
            description = "act under this mandate (default: the newest)")
    private @Nullable String mandate;

    @Option(names = "--upstream", paramLabel = "NAME", description = "one upstream instead of all")
    private @Nullable String upstream;

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            description = "serve loopback HTTP on this port instead of stdio")
    private @Nullable Integer port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Identity identity = identity();
        Gateway reached =
                new Gateway(identity, Optional.ofNullable(mandate), InstantSource.system());
        if (port != null) {
            return listen(reached, port);
        }
        String path = upstream == null ? "/mcp" : "/mcp/" + upstream;
        new StdioConnector(reached, path, System.in, System.out).run();
        return Exit.DONE;
    }

    private Identity identity() {
        Path at =
                file != null
                        ? file
                        : Path.of(
                                System.getProperty("user.home"),
                                ".remit",
                                "identities",
                                name + ".json");
        if (code != null) {
            Identity fresh = Gateway.enrol(gateway, code, InstantSource.system());
            fresh.write(at);
            System.err.println("remit: enrolled; the key is in " + at);
            return fresh;
        }
        if (!Files.exists(at)) {
            throw new ConnectFailed(
                    "there is no identity in "
                            + at
                            + "; get a code with `remit agent new NAME` and run `remit connect --code"
                            + " CODE` once");
        }
        return Identity.read(at);
    }

    private static int listen(Gateway gateway, int port) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        Set<String> origins = Set.of("http://127.0.0.1:" + port, "http://localhost:" + port);
        try (WebServer server =
                new WebServer(vertx, origins, Map.of("/", new LoopbackConnector(gateway)))) {
            server.listen("127.0.0.1", port);
            System.err.println("remit: the gateway's MCP is at http://127.0.0.1:" + port + "/mcp");
            Thread.currentThread().join();
        }
        return Exit.DONE;
    }
}
