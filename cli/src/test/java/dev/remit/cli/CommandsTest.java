package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.client.Identity;
import dev.remit.testkit.Npm;
import dev.remit.testkit.Ports;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands as a user types them: a gateway, an agent, a mandate, other people's servers and
 * clients.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandsTest {
    private static final String FILES = "@modelcontextprotocol/server-filesystem/dist/index.js";
    private static final String EVERYTHING =
            "@modelcontextprotocol/server-everything/dist/index.js";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Path home = Path.of("");
    private Path notes = Path.of("");
    private String gateway = "";
    private Commands remit = new Commands(home);
    private Process up = unset();

    @SuppressWarnings("NullAway") // set before every test
    private static Process unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Npm.install();
        home = folder;
        remit = new Commands(home);
        notes = Files.createDirectory(home.resolve("notes"));
        Files.writeString(notes.resolve("agenda.txt"), "one point");
        int port = Ports.free();
        gateway = "http://127.0.0.1:" + port;
        String config =
                """
                listen: 127.0.0.1:%d
                overstepping:
                  circles: {over: instance, strikes: 4, within: 10m, then: suspend-instance}
                mcpServers:
                  files: {command: "%s", args: ["%s", "%s"]}
                  everything: {command: "%s", args: ["%s", stdio]}
                """
                        .formatted(
                                port,
                                Npm.node(),
                                Npm.file(FILES),
                                notes,
                                Npm.node(),
                                Npm.file(EVERYTHING));
        Files.writeString(home.resolve("remit.yaml"), config);
        up = remit.start("Ctrl-C", "up");
        String code =
                json(remit.run("agent", "new", "helper", "--json")).text("code").orElseThrow();
        assertThat(remit.run("connect", "--gateway", gateway, "--code", code).status()).isZero();
        remit.run(
                "mandate",
                "new",
                "look at my notes",
                "--agent",
                "helper",
                "--allow",
                "files.read_text_file(path=" + notes + "/**)",
                "--allow",
                "everything.echo",
                "--ask",
                "0");
    }

    @AfterAll
    void stop() {
        up.destroy();
    }

    private String connector() {
        List<String> command = remit.command("connect");
        return Value.ofTexts(command).json();
    }

    @TestFactory
    Stream<DynamicTest> officialTypeScriptClientsWorkThroughTheConnector() {
        return Stream.of("old", "new")
                .map(which -> DynamicTest.dynamicTest(which, () -> typeScript(which)));
    }

    private void typeScript(String which) throws Exception {
        String arguments =
                Value.object().put("path", notes.resolve("agenda.txt").toString()).build().json();
        Npm.Ran ran =
                Npm.run(
                        home,
                        Npm.script("clients.mjs"),
                        which,
                        connector(),
                        "files__read_text_file",
                        arguments,
                        "everything__get-sum");
        assertThat(ran.status()).as(ran.output()).isZero();
        Value.Fields saw =
                JsonReader.readFields(
                        ran.output().lines().toList().getLast().getBytes(StandardCharsets.UTF_8));
        assertThat(saw.text("allowed")).contains("one point");
        assertThat(saw.flag("refusedIsError")).isTrue();
        assertThat(saw.text("refused").orElse(""))
                .contains("Refused: the task does not include this tool");
        assertThat(saw.items("tools"))
                .containsExactlyInAnyOrder(
                        Value.of("files__read_text_file"), Value.of("everything__echo"));
    }

    @Test
    void theOfficialJavaClientWorksThroughTheConnector() {
        List<String> command = remit.command("connect", "--upstream", "everything");
        ServerParameters parameters =
                ServerParameters.builder(command.getFirst())
                        .args(command.subList(1, command.size()))
                        .build();
        StdioClientTransport transport =
                new StdioClientTransport(parameters, McpJsonDefaults.getMapper());
        try (McpSyncClient client =
                McpClient.sync(transport)
                        .requestTimeout(PATIENCE)
                        .initializationTimeout(PATIENCE)
                        .build()) {
            client.initialize();
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .containsExactly("echo");
            McpSchema.CallToolResult echo =
                    client.callTool(
                            McpSchema.CallToolRequest.builder("echo")
                                    .arguments(Map.of("message", "hello"))
                                    .build());
            assertThat(echo.content().toString()).contains("hello");
            McpSchema.CallToolResult refused =
                    client.callTool(
                            McpSchema.CallToolRequest.builder("get-sum")
                                    .arguments(Map.of("a", 1, "b", 2))
                                    .build());
            assertThat(refused.isError()).isTrue();
        }
    }

    @Test
    void runWrapsAServerForOneClient(@TempDir Path data) throws Exception {
        String input =
                """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
                {"jsonrpc":"2.0","method":"notifications/initialized"}
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"read_text_file","arguments":{"path":"%1$s/agenda.txt"}}}
                {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"write_file","arguments":{"path":"%1$s/new.txt","content":"x"}}}
                """
                        .formatted(notes);
        Commands.Ran ran =
                remit.runWith(
                        input,
                        "run",
                        "--data",
                        data.toString(),
                        "--task",
                        "read",
                        "--allow",
                        "read_*",
                        "--",
                        Npm.node(),
                        Npm.file(FILES).toString(),
                        notes.toString());
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("one point").contains("not-permitted");
        assertThat(notes.resolve("new.txt")).doesNotExist();
        assertThat(remit.run("audit", "verify", data.toString()).status()).isZero();
    }

    @Test
    void whatARefusalSaysCanBeAskedWhyAndMended() throws Exception {
        String code = json(remit.run("agent", "new", "asker", "--json")).text("code").orElseThrow();
        remit.run("connect", "--gateway", gateway, "--name", "asker", "--code", code);
        String mandate =
                json(remit.run(
                                "mandate",
                                "new",
                                "say hello",
                                "--agent",
                                "asker",
                                "--ask",
                                "0",
                                "--json"))
                        .text("id")
                        .orElseThrow();
        String refused = asked("asker", "everything__echo", "{\"message\":\"hi\"}");
        assertThat(refused).contains("not-permitted");
        String call = refused.replaceAll("(?s).*(call_[0-9a-f]{32}).*", "$1");
        Commands.Ran why = remit.run("why", call);
        assertThat(why.out())
                .contains("say hello", "everything.echo", "not-permitted", "(a strike)");
        remit.run("mandate", "widen", mandate, "--allow", "everything.echo(message=hi)");
        assertThat(asked("asker", "everything__echo", "{\"message\":\"hi\"}")).contains("Echo: hi");
        assertThat(asked("asker", "everything__echo", "{\"message\":\"ho\"}"))
                .contains("argument-not-permitted");
        remit.run("mandate", "revoke", mandate, "--why", "enough");
        assertThat(asked("asker", "everything__echo", "{\"message\":\"hi\"}"))
                .contains("mandate-revoked", "enough");
        assertThat(remit.run("mandate", "list").out()).contains("revoked");
        assertThat(remit.run("audit", "verify").status()).isZero();
    }

    @Test
    void aMandateIsGivenFromTheCallThatWasRefusedForWantOfOne() throws Exception {
        String code =
                json(remit.run("agent", "new", "newcomer", "--json")).text("code").orElseThrow();
        remit.run("connect", "--gateway", gateway, "--name", "newcomer", "--code", code);
        String told = asked("newcomer", "remit__ask_for_a_mandate", "{\"task\":\"say hello\"}");
        String call = told.replaceAll("(?s).*(call_[0-9a-f]{32}).*", "$1");
        assertThat(told).contains("no-mandate", "/mandates/new?call=" + call);
        assertThat(remit.run("mandate", "new", "say hello", "--call", call).err())
                .contains("--allow");
        String tried = asked("newcomer", "everything__echo", "{\"message\":\"hi\"}");
        assertThat(tried).contains("no-mandate");
        String echo = tried.replaceAll("(?s).*(call_[0-9a-f]{32}).*", "$1");
        assertThat(
                        remit.run("mandate", "new", "say hello", "--call", echo, "--agent", "asker")
                                .err())
                .contains("--agent AGENT or --call CALL");
        Commands.Ran given = remit.run("mandate", "new", "say hello", "--call", echo);
        assertThat(given.status()).as(given.err()).isZero();
        assertThat(given.out())
                .contains("newcomer", "everything: echo", "`message` must be \"hi\"");
        assertThat(asked("newcomer", "everything__echo", "{\"message\":\"hi\"}"))
                .contains("Echo: hi");
        assertThat(asked("newcomer", "everything__echo", "{\"message\":\"ho\"}"))
                .contains("person-asked");
        assertThat(remit.run("audit", "verify").status()).isZero();
    }

    @Test
    void aCallThatWasNotIncludedWaitsForAPersonsYes() throws Exception {
        String code =
                json(remit.run("agent", "new", "waiter", "--json")).text("code").orElseThrow();
        remit.run("connect", "--gateway", gateway, "--name", "waiter", "--code", code);
        assertThat(remit.run("mandate", "new", "say hello", "--agent", "waiter").out())
                .contains(
                        "say hello", "  agent    waiter  agt_", "be passed on", "asks     you, 6");
        String told = asked("waiter", "everything__echo", "{\"message\":\"hi\"}");
        assertThat(told).contains("person-asked", "Repeat the identical call");
        String question = told.replaceAll("(?s).*(qst_[0-9a-f]{32}).*", "$1");
        assertThat(remit.run("pending").out())
                .contains(question, "say hello", "everything.echo", "message", "| hi", "waiter");
        assertThat(remit.run("approve", question).status()).isZero();
        assertThat(remit.run("pending").out()).doesNotContain(question);
        assertThat(asked("waiter", "everything__echo", "{\"message\":\"hi\"}"))
                .contains("Echo: hi");
        assertThat(asked("waiter", "everything__echo", "{\"message\":\"hi\"}")).contains(question);
        assertThat(remit.run("deny", question, "--never").status()).isZero();
        assertThat(asked("waiter", "everything__echo", "{\"message\":\"hi\"}")).contains("denied");
        assertThat(remit.run("approve", question).err()).contains("is answered");
        assertThat(remit.run("approve", "nonsense").err()).contains("remit pending");
        assertThat(remit.run("audit", "verify").status()).isZero();
    }

    @Test
    void whoGoesRoundInCirclesIsToldSoAndSuspendedAndAPersonSeesWhyAndRestoresIt()
            throws Exception {
        String code =
                json(remit.run("agent", "new", "prober", "--json")).text("code").orElseThrow();
        remit.run("connect", "--gateway", gateway, "--name", "prober", "--code", code);
        remit.run("mandate", "new", "say hello", "--agent", "prober", "--ask", "0");
        for (int i = 0; i < 2; i++) {
            assertThat(asked("prober", "everything__get-sum", "{\"a\":1,\"b\":2}"))
                    .contains("not-permitted")
                    .doesNotContain("in a row");
        }
        assertThat(asked("prober", "everything__get-sum", "{\"a\":1,\"b\":2}"))
                .contains("refused 3 times in a row", "No person was asked");
        assertThat(asked("prober", "everything__get-sum", "{\"a\":1,\"b\":2}"))
                .contains("the gateway gave no token");
        Commands.Ran shown = remit.run("agent", "show", "prober");
        assertThat(shown.out()).contains("suspended, because: overstepping", "`circles`");
        String instance = shown.out().replaceAll("(?s).*(ins_[0-9a-z]+).*", "$1");
        assertThat(remit.run("why", instance).out())
                .contains(
                        "by the rule `circles`",
                        "everything.get-sum {\"a\":1,\"b\":2}: not-permitted (a strike)",
                        "not-permitted (a strike of weight 2); time 3 in a row",
                        "remit agent restore --instance " + instance);
        assertThat(remit.run("why", "prober").out()).contains("nothing has stopped it");
        assertThat(remit.run("agent", "restore", "--instance", instance).status()).isZero();
        assertThat(remit.run("why", instance).out()).contains("restored");
        assertThat(asked("prober", "everything__get-sum", "{\"a\":1,\"b\":2}"))
                .contains("not-permitted");
        assertThat(remit.run("agent", "restore", "--instance", instance).err())
                .contains("is not suspended");
        assertThat(remit.run("audit", "verify").status()).isZero();
    }

    private String asked(String name, String tool, String arguments) throws Exception {
        String input =
                """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"%s","arguments":%s}}
                """
                        .formatted(tool, arguments);
        return remit.runWith(input, "connect", "--gateway", gateway, "--name", name).out();
    }

    @Test
    @DisplayName("CLI-003: what is its owner's alone is made so, and not read otherwise")
    void theIdentityFileIsItsOwnersAlone() throws IOException {
        Path file = home.resolve(".remit/identities/agent.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Path copy = Files.copy(file, home.resolve("copy.json"));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(catchThrowable(() -> Identity.read(copy))).hasMessageContaining("chmod 600");
    }

    @Test
    void aSecondGatewayOnTheSameFolderIsRefusedInOneSentence() throws Exception {
        Files.writeString(home.resolve("other.yaml"), "listen: 127.0.0.1:" + Ports.free());
        Commands.Ran second = remit.run("up", "--config", home.resolve("other.yaml").toString());
        assertThat(second.status()).isEqualTo(Exit.REFUSED);
        assertThat(second.err().lines().filter(line -> line.startsWith("remit: "))).hasSize(1);
    }

    @Test
    void mistakesAreAnsweredInOneSentenceWithTheMend() throws Exception {
        assertThat(remit.run("mandate", "new", "x", "--agent", "nobody").err())
                .contains("remit agent list");
        assertThat(
                        remit.run("mandate", "new", "x", "--agent", "helper", "--allow", "nonsense")
                                .err())
                .contains("upstream.tool");
        assertThat(remit.run("mandate", "new", "x", "--agent", "helper", "--for", "soon").err())
                .contains("15m");
        assertThat(remit.run("why", "nothing").err()).contains("call_");
        assertThat(remit.run("agent", "list", "--data", home.resolve("none").toString()).err())
                .contains("remit up");
        Files.writeString(home.resolve("wrong.yaml"), "lisen: x");
        Commands.Ran check = remit.run("check", home.resolve("wrong.yaml").toString());
        assertThat(check.err()).contains("line 1").contains("listen");
        assertThat(check.status()).isEqualTo(Exit.REFUSED);
        assertThat(remit.run("doctor").out()).contains("a gateway answers");
        assertThat(remit.run("nonsense").status()).isEqualTo(Exit.USAGE);
    }

    @Test
    void theDemoHappensFromEndToEnd() throws Exception {
        Commands.Ran demo = remit.run("demo");
        assertThat(demo.out()).contains("All of it happened.").doesNotContain("✗");
        assertThat(demo.status()).as(demo.err()).isZero();
    }

    private static Value.Fields json(Commands.Ran ran) throws MalformedJson {
        assertThat(ran.status()).as(ran.err()).isZero();
        return JsonReader.readFields(ran.out().strip().getBytes(StandardCharsets.UTF_8));
    }
}
