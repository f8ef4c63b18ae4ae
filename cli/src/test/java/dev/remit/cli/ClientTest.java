package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.client.Agent;
import dev.remit.client.AgentKey;
import dev.remit.client.Answer;
import dev.remit.client.Enrolment;
import dev.remit.client.Gateway;
import dev.remit.client.GatewayFailed;
import dev.remit.client.Identity;
import dev.remit.testkit.Npm;
import dev.remit.testkit.Ports;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client library and the connector's keys, against a running {@code remit up}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClientTest {
    private static final String EVERYTHING =
            "@modelcontextprotocol/server-everything/dist/index.js";

    private final int port = Ports.free();
    private final URI gateway = URI.create("http://127.0.0.1:" + port);
    private Path home = Path.of("");
    private Commands remit = new Commands(home);
    private List<Process> started = List.of();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Npm.install();
        home = folder;
        remit = new Commands(home);
        Files.writeString(
                home.resolve("remit.yaml"),
                """
                listen: 127.0.0.1:%d
                mcpServers:
                  everything: {command: "%s", args: ["%s", stdio]}
                """
                        .formatted(port, Npm.node(), Npm.file(EVERYTHING)));
        started = List.of(remit.start("Ctrl-C", "up", "--data", data()));
    }

    @AfterAll
    void stop() {
        started.forEach(Process::destroy);
    }

    private String data() {
        return home.resolve("data").toString();
    }

    /** A new agent that may echo; its enrolment code. */
    private String code(String name) throws Exception {
        Commands.Ran added = remit.run("agent", "new", name, "--json", "--data", data());
        remit.run(
                "mandate",
                "new",
                "echo it again",
                "--agent",
                name,
                "--allow",
                "everything.echo",
                "--ask",
                "0",
                "--data",
                data());
        return JsonReader.readFields(added.out().strip().getBytes(StandardCharsets.UTF_8))
                .text("code")
                .orElseThrow();
    }

    @Test
    @DisplayName(
            "key, enrolment and calls in a few lines; the key is in a file of its owner's alone")
    void fewLines() throws Exception {
        Path file = home.resolve("few/agent.json");
        Agent agent = Agent.open(gateway, file, new Enrolment.ByCode(code("few")));

        assertThat(agent.tools()).containsExactly("everything.echo");
        assertThat(agent.call("everything.echo", Map.of("message", "hello")))
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.text()).contains("hello"));
        assertThat(agent.call("everything.get-sum", Map.of("a", 1, "b", 2)))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo("not-permitted");
                            assertThat(refused.call()).startsWith("call_");
                        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Agent again = Agent.open(gateway, file, new Enrolment.ByCode("used long ago"));
        assertThat(again.call("everything.echo", Map.of("message", "still here")))
                .isInstanceOf(Answer.Done.class);
    }

    @Test
    @DisplayName("a key that was made is not lost when the code is not taken")
    void aWrongCode() throws Exception {
        Path file = home.resolve("wrong/agent.json");
        assertThatThrownBy(() -> Agent.open(gateway, file, new Enrolment.ByCode("no-such-code")))
                .isInstanceOf(GatewayFailed.class)
                .hasMessageContaining("did not take the enrolment");
        byte[] key = Identity.read(file).key().pair().getPublic().getEncoded();

        Agent agent = Agent.open(gateway, file, new Enrolment.ByCode(code("wrong")));
        assertThat(agent.call("everything.echo", Map.of("message", "now")))
                .isInstanceOf(Answer.Done.class);
        assertThat(Identity.read(file).key().pair().getPublic().getEncoded()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"Ed25519,Ed25519", "EC,secp256r1"})
    @DisplayName("a key in a keystore stays there: the connector works, its file holds no key")
    void keystore(String kind, String group) throws Exception {
        Path store = home.resolve(kind + ".p12");
        Path password = Files.writeString(home.resolve(kind + ".password"), "for this store\n");
        keytool(kind, group, store);
        Path file = home.resolve(kind + ".json");
        String call =
                """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"everything__echo","arguments":{"message":"kept"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
                """;
        Commands.Ran ran =
                remit.runWith(
                        call,
                        "connect",
                        "--gateway",
                        gateway.toString(),
                        "--code",
                        code("store-" + kind.toLowerCase(Locale.ROOT)),
                        "--identity",
                        file.toString(),
                        "--keystore",
                        store.toString(),
                        "--keystore-password-file",
                        password.toString());

        assertThat(ran.out()).as(ran.err()).contains("kept");
        assertThat(file).content().doesNotContain("private_key", "for this store");
        Agent agent = new Agent(Gateway.of(Identity.read(file)));
        assertThat(agent.call("everything.echo", Map.of("message", "again")))
                .isInstanceOf(Answer.Done.class);

        Files.writeString(password, "another");
        assertThatThrownBy(() -> Identity.read(file))
                .isInstanceOf(GatewayFailed.class)
                .hasMessageContaining("look at its path and its password");
    }

    @Test
    @DisplayName("a key of another curve is refused, with what to do")
    void anotherCurve() throws Exception {
        Path store = home.resolve("p384.p12");
        Path password = Files.writeString(home.resolve("p384.password"), "for this store");
        keytool("EC", "secp384r1", store);
        AgentKey.Place place = new AgentKey.Place(store.toString(), "agent", Optional.of(password));
        assertThatThrownBy(place::open)
                .isInstanceOf(GatewayFailed.class)
                .hasMessageContaining("neither Ed25519 nor P-256");
    }

    private static void keytool(String kind, String group, Path store) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "agent",
                                "-keyalg",
                                kind,
                                "-groupname",
                                group,
                                "-dname",
                                "CN=agent",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "for this store")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as(said)
                .isTrue();
    }

    @Test
    @DisplayName("a passport: key first, then the issuer's word for it; nobody acts at the gateway")
    void passport() throws Exception {
        code("fleet");
        Path file = home.resolve("fleet.json");
        Commands.Ran prepared =
                remit.run(
                        "connect",
                        "--gateway",
                        gateway.toString(),
                        "--identity",
                        file.toString(),
                        "--prepare");
        Path holder = Files.writeString(home.resolve("holder.jwk"), prepared.out());
        Commands.Ran issued =
                remit.run(
                        "agent",
                        "passport",
                        "fleet",
                        "--key",
                        holder.toString(),
                        "--json",
                        "--data",
                        data());
        assertThat(issued.status()).as(issued.err()).isZero();
        Value.Fields passport =
                JsonReader.readFields(issued.out().strip().getBytes(StandardCharsets.UTF_8));
        Path word =
                Files.writeString(
                        home.resolve("passport"), passport.text("text").orElseThrow() + "\n");

        Agent agent = Agent.open(gateway, file, new Enrolment.ByPassport(word));
        assertThat(agent.call("everything.echo", Map.of("message", "arrived")))
                .isInstanceOf(Answer.Done.class);

        Commands.Ran revoked =
                remit.run(
                        "agent",
                        "passport",
                        "revoke",
                        passport.text("passport").orElseThrow(),
                        "--data",
                        data());
        assertThat(revoked.status()).as(revoked.err()).isZero();
        assertThatThrownBy(() -> agent.call("everything.echo", Map.of("message", "gone")))
                .isInstanceOf(GatewayFailed.class);
    }

    @Test
    @DisplayName("a path of two slashes leads to the gateway and nowhere else")
    void pathsStayAtTheGateway() throws Exception {
        Path file = home.resolve("paths/agent.json");
        Agent.open(gateway, file, new Enrolment.ByCode(code("paths")));
        assertThat(Gateway.of(Identity.read(file)).at("//elsewhere.example/mcp"))
                .hasHost("127.0.0.1")
                .hasPort(port);
    }
}
