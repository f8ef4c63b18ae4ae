package dev.remit.cli;

import dev.remit.client.AgentKey;
import dev.remit.client.Enrolment;
import dev.remit.client.Gateway;
import dev.remit.client.GatewayFailed;
import dev.remit.client.Identity;
import dev.remit.connect.LoopbackConnector;
import dev.remit.connect.StdioConnector;
import dev.remit.http.WebServer;
import dev.remit.identity.Jwk;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @Option(
            names = "--prepare",
            description = "make the key, if there is none, print its public half, and end")
    private boolean prepare;

    @Option(
            names = "--passport",
            paramLabel = "FILE",
            description = "enrol with the passport in this file, and again whenever needed")
    private @Nullable Path passport;

    @Option(
            names = "--assertion",
            paramLabel = "FILE",
            description =
                    "enrol with what the platform says of this workload, in this file, and again"
                            + " whenever needed")
    private @Nullable Path assertion;

    @Option(
            names = "--chain",
            paramLabel = "FILE",
            description =
                    "act by what another instance passed on to this one's key, in this file (else"
                            + " $$REMIT_CHAIN), and by what is in it later")
    private @Nullable Path chain;

    @Option(
            names = "--keystore",
            paramLabel = "STORE",
            description =
                    "keep the key in this PKCS#12 file, or in pkcs11: and the path of the"
                            + " provider's configuration")
    private @Nullable String keystore;

    @Option(
            names = "--alias",
            paramLabel = "NAME",
            defaultValue = "agent",
            description = "the key's name in the keystore (default: agent)")
    private String alias = "agent";

    @Option(
            names = "--keystore-password-file",
            paramLabel = "FILE",
            description = "the keystore's password (default: REMIT_KEYSTORE_PASSWORD)")
    private @Nullable Path passwordFile;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path at = file != null ? file : usualFile();
        if (prepare) {
            System.out.println(Jwk.of(prepared(at).key().pair().getPublic()).members().json());
            return Exit.DONE;
        }
        Optional<Enrolment> enrolment = enrolment();
        Identity identity = identity(at, enrolment);
        Gateway reached =
                new Gateway(
                        identity,
                        Optional.ofNullable(mandate),
                        enrolment.flatMap(way -> Gateway.Renewal.by(way, at)));
        if (port != null) {
            return listen(reached, port);
        }
        String path = upstream == null ? "/mcp" : "/mcp/" + upstream;
        new StdioConnector(reached, path, System.in, System.out).run();
        return Exit.DONE;
    }

    private Path usualFile() {
        return identity(name);
    }

    /** Where the identity of this name is kept. */
    static Path identity(String name) {
        return Path.of(System.getProperty("user.home"), ".remit", "identities", name + ".json");
    }

    private Optional<Enrolment> enrolment() {
        List<Enrolment> ways = new ArrayList<>();
        if (code != null) {
            ways.add(new Enrolment.ByCode(code));
        }
        if (passport != null) {
            ways.add(new Enrolment.ByPassport(passport));
        }
        if (assertion != null) {
            ways.add(new Enrolment.ByAssertion(assertion));
        }
        Path passedOn = chain();
        if (passedOn != null) {
            ways.add(new Enrolment.ByChain(passedOn));
        }
        if (ways.size() > 1) {
            throw new GatewayFailed("give one of --code, --passport, --assertion and --chain");
        }
        return ways.stream().findFirst();
    }

    private @Nullable Path chain() {
        String named = System.getenv("REMIT_CHAIN");
        return chain != null || named == null ? chain : Path.of(named);
    }

    /** The key is on the disk before the gateway knows it; a code is for a key of its own. */
    private Identity identity(Path at, Optional<Enrolment> enrolment) {
        Identity identity = prepared(at);
        boolean again = identity.client().isPresent() && code != null;
        if (again) {
            identity = Identity.fresh(gateway, key());
        }
        if (identity.client().isPresent() && !isNewer(identity, enrolment)) {
            return identity;
        }
        if (enrolment.isEmpty()) {
            throw new GatewayFailed(
                    "the identity in "
                            + at
                            + " is not enrolled; get a code with `remit agent new NAME` and run `remit"
                            + " connect --code CODE` once");
        }
        Identity enrolled = Gateway.enrol(identity, enrolment.get()).write(at);
        System.err.println("remit: enrolled; the identity is in " + at);
        return enrolled;
    }

    private static boolean isNewer(Identity identity, Optional<Enrolment> enrolment) {
        return enrolment.isPresent()
                && enrolment.get() instanceof Enrolment.ByChain passedOn
                && !passedOn.isThatOf(identity);
    }

    private Identity prepared(Path at) {
        return Files.exists(at) ? Identity.read(at) : Identity.fresh(gateway, key()).write(at);
    }

    /** Of the keystore, if one is named; else a fresh one. */
    private AgentKey key() {
        return keystore == null
                ? AgentKey.fresh()
                : new AgentKey.Place(keystore, alias, Optional.ofNullable(passwordFile)).open();
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
