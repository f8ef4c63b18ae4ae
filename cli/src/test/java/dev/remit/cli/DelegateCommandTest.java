package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.client.Agent;
import dev.remit.client.Answer;
import dev.remit.client.Enrolment;
import dev.remit.client.Gateway;
import dev.remit.client.GatewayFailed;
import dev.remit.client.Identity;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Jwk;
import dev.remit.mandate.Passing;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Npm;
import dev.remit.testkit.Ports;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A part of a mandate on its way through files and processes: holder, helper, helper's helper. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DelegateCommandTest {
    private static final String CALL =
            """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"everything__TOOL","arguments":ARGS,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
            """;

    private final int port = Ports.free();
    private final String gateway = "http://127.0.0.1:" + port;
    private Path home = Path.of("");
    private Commands remit = new Commands(home);
    private List<Process> started = List.of();
    private String mandate = "";

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
                        .formatted(
                                port,
                                Npm.node(),
                                Npm.file("@modelcontextprotocol/server-everything/dist/index.js")));
        started = List.of(remit.start("Ctrl-C", "up", "--data", data()));
        String code = text(ok("agent", "new", "lead", "--json", "--data", data()), "code");
        ok("connect", "--gateway", gateway, "--code", code);
        Commands.Ran given =
                ok(
                        "mandate",
                        "new",
                        "echo it again",
                        "--agent",
                        "lead",
                        "--allow",
                        "everything.echo",
                        "--allow",
                        "everything.get-sum",
                        "--ask",
                        "0",
                        "--json",
                        "--data",
                        data());
        mandate = text(given, "id");
        Files.writeString(home.resolve("mandate.json"), given.out());
    }

    @AfterAll
    void stop() {
        started.forEach(Process::destroy);
    }

    private String data() {
        return home.resolve("data").toString();
    }

    private Commands.Ran ok(String... command) throws Exception {
        Commands.Ran ran = remit.run(command);
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran;
    }

    private static String text(Commands.Ran ran, String name) throws Exception {
        return JsonReader.readFields(ran.out().strip().getBytes(StandardCharsets.UTF_8))
                .text(name)
                .orElseThrow();
    }

    private Path identity(String name) {
        return home.resolve(".remit/identities/" + name + ".json");
    }

    private Path key(String name) throws Exception {
        Commands.Ran made = ok("connect", "--gateway", gateway, "--name", name, "--prepare");
        return Files.writeString(home.resolve(name + ".jwk"), made.out());
    }

    private Commands.Ran call(String name, Path chain, String tool, String arguments)
            throws Exception {
        return remit.runWith(
                CALL.replace("TOOL", tool).replace("ARGS", arguments),
                "connect",
                "--gateway",
                gateway,
                "--name",
                name,
                "--chain",
                chain.toString());
    }

    private Commands.Ran echo(String name, Path chain) throws Exception {
        return call(name, chain, "echo", "{\"message\":\"carried\"}");
    }

    private void refused(String says, String... command) throws Exception {
        Commands.Ran ran = remit.run(command);
        assertThat(ran.status()).isEqualTo(Exit.REFUSED);
        assertThat(ran.err()).contains(says).doesNotContain("Exception");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aPartTravelsByFilesAndEndsWithWhatItHangsFrom() throws Exception {
        Path first = home.resolve("helper.chain");
        ok(
                "mandate",
                "delegate",
                home.resolve("mandate.json").toString(),
                "--to",
                key("helper").toString(),
                "--tools",
                "everything.echo",
                "--uses",
                "9",
                "--further",
                "1",
                "--out",
                first.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first)))
                .isEqualTo("rw-------");

        Commands.Ran done = echo("helper", first);
        assertThat(done.out()).as(done.err()).contains("carried");
        Commands.Ran outside = call("helper", first, "get-sum", "{\"a\":1,\"b\":2}");
        assertThat(outside.out()).contains("not-permitted").contains("\"isError\":true");

        Path second = home.resolve("second.chain");
        String helper = identity("helper").toString();
        ok(
                "mandate",
                "delegate",
                mandate,
                "--key",
                helper,
                "--to",
                key("second").toString(),
                "--tools",
                "everything.echo(message=carried)",
                "--uses",
                "3",
                "--out",
                second.toString());
        Commands.Ran further = echo("second", second);
        assertThat(further.out()).as(further.err()).contains("carried");
        assertThat(call("second", second, "echo", "{\"message\":\"other\"}").out())
                .contains("argument-not-permitted");

        wrong(helper, second);

        String parent = Identity.read(identity("helper")).client().orElseThrow();
        ok("agent", "revoke", parent, "--data", data());
        for (Map.Entry<String, Path> one : Map.of("helper", first, "second", second).entrySet()) {
            Commands.Ran after = echo(one.getKey(), one.getValue());
            assertThat(after.out()).contains("`ended`").doesNotContain("Echo");
        }
    }

    private void passOn(Path mandateFile, Path chain, String expires) throws Exception {
        Files.deleteIfExists(chain);
        ok(
                "mandate",
                "delegate",
                mandateFile.toString(),
                "--key",
                identity("other").toString(),
                "--to",
                home.resolve("brief.jwk").toString(),
                "--tools",
                "everything.echo",
                "--expires",
                expires,
                "--out",
                chain.toString());
    }

    private Path given(String file) throws Exception {
        Commands.Ran given =
                ok(
                        "mandate",
                        "new",
                        "echo it again",
                        "--agent",
                        "other",
                        "--allow",
                        "everything.echo",
                        "--ask",
                        "0",
                        "--json",
                        "--data",
                        data());
        return Files.writeString(home.resolve(file), given.out());
    }

    private void endedFor(Path chain) throws Exception {
        Commands.Ran after = echo("brief", chain);
        assertThat(after.out() + after.err()).doesNotContain("Echo").doesNotContain("Exception");
        assertThat(after.out() + after.err()).containsAnyOf("refused", "revoked", "error");
    }

    @Test
    @AttackCase("REV-005")
    void aPartIsRenewedByANewerFileAndEndsWithItsMandateAndItsRoot() throws Exception {
        String code = text(ok("agent", "new", "other", "--json", "--data", data()), "code");
        ok("connect", "--gateway", gateway, "--name", "other", "--code", code);
        key("brief");
        Path first = given("first.json");
        Path chain = home.resolve("brief.chain");
        passOn(first, chain, "15s");
        Instant end = Instant.now().plusSeconds(16);
        assertThat(echo("brief", chain).out()).contains("carried");
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), end).toMillis()));
        endedFor(chain);
        passOn(first, chain, "1h");
        assertThat(echo("brief", chain).out()).as("by a newer file").contains("carried");

        String id = JsonReader.readFields(Files.readAllBytes(first)).text("id").orElseThrow();
        ok("mandate", "revoke", id, "--data", data());
        endedFor(chain);
        passOn(given("second.json"), chain, "1h");
        assertThat(echo("brief", chain).out()).as("under another mandate").contains("carried");
        String root = Identity.read(identity("other")).client().orElseThrow();
        ok("agent", "revoke", root, "--data", data());
        endedFor(chain);
    }

    /** What would not be taken is not signed, and what was not meant for a key is not shown. */
    private void wrong(String helper, Path second) throws Exception {
        String to = key("third").toString();
        refused(
                "is not plainly a part of what the chain has",
                "mandate",
                "delegate",
                mandate,
                "--key",
                helper,
                "--to",
                to,
                "--tools",
                "everything.get-sum");
        refused(
                "too deep",
                "mandate",
                "delegate",
                mandate,
                "--key",
                helper,
                "--to",
                to,
                "--tools",
                "everything.echo",
                "--further",
                "1");
        refused(
                "too deep",
                "mandate",
                "delegate",
                mandate,
                "--key",
                identity("second").toString(),
                "--to",
                to,
                "--tools",
                "everything.echo(message=carried)");
        refused(
                "is good for 9 calls",
                "mandate",
                "delegate",
                mandate,
                "--key",
                helper,
                "--to",
                to,
                "--tools",
                "everything.echo",
                "--uses",
                "10");
        refused(
                "it must end",
                "mandate",
                "delegate",
                mandate,
                "--key",
                helper,
                "--to",
                to,
                "--tools",
                "everything.echo",
                "--expires",
                "3h");
        refused(
                "by its name",
                "mandate",
                "delegate",
                mandate,
                "--to",
                to,
                "--tools",
                "everything.echo");
        refused(
                "signed for another key",
                "connect",
                "--gateway",
                gateway,
                "--name",
                "third",
                "--chain",
                second.toString());
    }

    @Test
    void theClientLibraryDoesTheSame() throws Exception {
        Identity lead = Identity.read(identity("agent"));
        Agent agent = new Agent(new Gateway(lead, Optional.of(mandate), Optional.empty()));
        Path file = home.resolve("library.json");
        key("library");
        Files.copy(identity("library"), file);
        Jwk key = new DpopSigner(Identity.read(file).key().pair()).publicKey();
        Passing what = Passing.of().part(part("p1", "everything.echo")).uses(2);
        Path chain = home.resolve("library.chain");
        Files.writeString(chain, agent.delegate(mandate, what, key));

        Agent helper = Agent.open(URI.create(gateway), file, new Enrolment.ByChain(chain));
        assertThat(helper.tools()).containsExactly("everything.echo");
        Map<String, String> hello = Map.of("message", "hello");
        assertThat(helper.call("everything.echo", hello)).isInstanceOf(Answer.Done.class);
        assertThat(helper.call("everything.echo", hello)).isInstanceOf(Answer.Done.class);
        assertThat(helper.call("everything.echo", hello))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        one -> assertThat(one.code()).isEqualTo("delegation-spent"));
        assertThatThrownBy(() -> agent.delegate(mandate, Passing.of("everything.echo"), key))
                .isInstanceOf(GatewayFailed.class)
                .hasMessageContaining("by its name");
    }

    private static Value.Fields part(String name, String tool) {
        return Value.object().put("name", name).put("tool", tool).build();
    }
}
