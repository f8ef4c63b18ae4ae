package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.call.JsonReader;
import dev.remit.ledger.Event;
import dev.remit.store.Archive;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Npm;
import dev.remit.testkit.Ports;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A call that a client takes back before the first byte of its answer is given up by the gateway at
 * once, through either side of the connector.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TakenBackTest {
    private static final String EVERYTHING =
            "@modelcontextprotocol/server-everything/dist/index.js";
    private static final String TOOL = "trigger-long-running-operation";
    private static final Duration PATIENCE = Duration.ofSeconds(20); // the call would take 50

    private final int port = Ports.free();
    private final int loopback = Ports.free();
    private Path data = Path.of("");
    private Commands remit = new Commands(data);
    private List<Process> started = List.of();

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        Npm.install();
        data = home.resolve("data");
        remit = new Commands(home);
        String config =
                """
                listen: 127.0.0.1:%d
                mcpServers:
                  everything: {command: "%s", args: ["%s", stdio]}
                """
                        .formatted(port, Npm.node(), Npm.file(EVERYTHING));
        Files.writeString(home.resolve("remit.yaml"), config);
        String folder = data.toString();
        Process up = remit.start("Ctrl-C", "up", "--data", folder);
        started = List.of(up);
        Commands.Ran added = remit.run("agent", "new", "slow", "--json", "--data", folder);
        String code =
                JsonReader.readFields(added.out().strip().getBytes(StandardCharsets.UTF_8))
                        .text("code")
                        .orElseThrow();
        remit.run(
                "mandate",
                "new",
                "wait",
                "--agent",
                "slow",
                "--allow",
                "everything." + TOOL,
                "--data",
                folder);
        String gateway = "http://127.0.0.1:" + port;
        Process connect =
                remit.start(
                        "MCP is at",
                        "connect",
                        "--gateway",
                        gateway,
                        "--code",
                        code,
                        "--listen",
                        String.valueOf(loopback));
        started = List.of(connect, up);
    }

    @AfterAll
    void stop() {
        started.forEach(Process::destroy);
    }

    private static String call() {
        return """
        {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"%s","arguments":{"duration":50,"steps":1},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
        """
                .formatted(TOOL)
                .strip();
    }

    @Test
    void overStandardStreamsWithANotification() throws Exception {
        Path said = Files.createTempFile("said", "");
        Process connect =
                new ProcessBuilder(
                                remit.command(
                                        "connect",
                                        "--gateway",
                                        "http://127.0.0.1:" + port,
                                        "--upstream",
                                        "everything"))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(said.toFile())
                        .start();
        try (OutputStream in = connect.getOutputStream()) {
            int before = allowed().size();
            in.write((call() + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            await(() -> allowed().size() > before);
            CallId call = allowed().getLast();

            in.write(
                    """
                    {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}
                    """
                            .getBytes(StandardCharsets.UTF_8));
            in.flush();

            await(() -> isTakenBack(call));
        }
        assertThat(connect.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said)).as("what the client was told").isEmpty();
    }

    @Test
    @AttackCase("AUDIT-017")
    void overHttpByClosingTheConnection() throws Exception {
        int before = allowed().size();
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + loopback + "/mcp/everything"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2026-07-28")
                        .header("Mcp-Method", "tools/call")
                        .header("Mcp-Name", TOOL)
                        .POST(HttpRequest.BodyPublishers.ofString(call()))
                        .build();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            CompletableFuture<HttpResponse<Void>> answer =
                    http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
            await(() -> allowed().size() > before);
            CallId call = allowed().getLast();

            assertThat(answer.cancel(true)).isTrue();

            await(() -> isTakenBack(call));
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now()).as("it did not happen in time").isBefore(end);
            Thread.sleep(50);
        }
    }

    private List<CallId> allowed() {
        List<CallId> calls = new ArrayList<>();
        for (Event event : events()) {
            if (event instanceof Event.Decided decided
                    && decided.ruling() instanceof Event.Ruling.Allowed) {
                calls.add(decided.call());
            }
        }
        return calls;
    }

    private boolean isTakenBack(CallId call) {
        return events().stream()
                .anyMatch(
                        event ->
                                event instanceof Event.Concluded concluded
                                        && concluded.call().equals(call)
                                        && concluded.reason().contains("was taken back"));
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        Archive.of(data)
                .read(
                        0,
                        entry -> {
                            events.add(entry.event());
                            return true;
                        });
        return events;
    }
}
