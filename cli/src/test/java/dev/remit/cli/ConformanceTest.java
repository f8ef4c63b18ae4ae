package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.testkit.Npm;
import dev.remit.testkit.Ports;
import dev.remit.testkit.ReferenceServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official conformance suite, against the reference server straight, and through what a stock
 * client meets: {@code remit connect --listen} before {@code remit up}, each a process of its own.
 * Nothing that passes straight may fail through them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConformanceTest {
    private static final String WITH_SESSIONS = "2025-11-25";
    private static final String WITHOUT = "2026-07-28";

    private final int port = Ports.free();
    private Path folder = Path.of("");
    private Running running = new Running(List.of());
    private Map<String, String> straightWithSessions = Map.of();
    private Map<String, String> straightWithout = Map.of();

    /** What was started, the last first. */
    private record Running(List<AutoCloseable> all) {}

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        Npm.install();
        folder = home;
        ReferenceServer server = new ReferenceServer();
        running = new Running(List.of(server));
        int gateway = Ports.free();
        String config =
                """
                listen: 127.0.0.1:%d
                mcpServers:
                  every: {url: "%s"}
                  sessions: {url: "%s"}
                upstreams:
                  every: {sampling: true, roots: true}
                  sessions: {sampling: true, roots: true}
                intent: {mode: observe} # no words say what the suite does
                """
                        .formatted(gateway, server.everyRevision(), server.withSessions());
        Files.writeString(home.resolve("remit.yaml"), config);
        Commands remit = new Commands(home);
        Process up = remit.start("Ctrl-C", "up");
        running = new Running(List.of(up::destroy, server));
        Commands.Ran added = remit.run("agent", "new", "suite", "--json");
        String code =
                JsonReader.readFields(added.out().strip().getBytes(StandardCharsets.UTF_8))
                        .text("code")
                        .orElseThrow();
        Commands.Ran given =
                remit.run(
                        "mandate",
                        "new",
                        "run the suite",
                        "--agent",
                        "suite",
                        "--allow",
                        "every.*",
                        "--allow",
                        "sessions.*",
                        "--strikes",
                        "1000"); // the suite oversteps on purpose
        assertThat(given.status()).as(given.err()).isZero();
        Process connect =
                remit.start(
                        "MCP is at",
                        "connect",
                        "--gateway",
                        "http://127.0.0.1:" + gateway,
                        "--code",
                        code,
                        "--listen",
                        String.valueOf(port));
        running = new Running(List.of(connect::destroy, up::destroy, server));
        straightWithSessions = suite(WITH_SESSIONS, server.withSessions());
        straightWithout = suite(WITHOUT, server.everyRevision());
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : running.all()) {
            one.close();
        }
    }

    @Test
    void theRevisionWithoutSessionsLosesNothing() throws Exception {
        assertNothingIsLost(straightWithout, through(WITHOUT, "every"), 120);
    }

    @Test
    void sessionsLoseNothingBeforeAnUpstreamWithSessions() throws Exception {
        assertNothingIsLost(straightWithSessions, through(WITH_SESSIONS, "sessions"), 60);
    }

    @Test
    void sessionsLoseNothingBeforeAnUpstreamWithout() throws Exception {
        assertNothingIsLost(straightWithSessions, through(WITH_SESSIONS, "every"), 60);
    }

    private Map<String, String> through(String revision, String upstream) throws Exception {
        return suite(revision, URI.create("http://127.0.0.1:" + port + "/mcp/" + upstream));
    }

    private static void assertNothingIsLost(
            Map<String, String> straight, Map<String, String> through, int atLeast) {
        List<String> passed =
                straight.entrySet().stream()
                        .filter(check -> check.getValue().matches("(SUCCESS )+"))
                        .map(Map.Entry::getKey)
                        .toList();
        List<String> lost =
                passed.stream()
                        .filter(
                                check ->
                                        !through.getOrDefault(check, "MISSING")
                                                .matches("(SUCCESS |INFO )+"))
                        .map(check -> check + ": " + through.get(check))
                        .toList();
        assertThat(lost).isEmpty();
        assertThat(passed).hasSizeGreaterThanOrEqualTo(atLeast);
    }

    /** Runs the suite; what came of each check, several results one after the other. */
    private Map<String, String> suite(String revision, URI url) throws Exception {
        Path results = Files.createTempDirectory(folder, "results");
        Npm.Ran ran =
                Npm.run(
                        folder,
                        Npm.file("@modelcontextprotocol/conformance/dist/index.js"),
                        "server",
                        "--url",
                        url.toString(),
                        "--requirements",
                        revision,
                        "-o",
                        results.toString());
        Map<String, String> checks = new TreeMap<>();
        try (Stream<Path> scenarios = Files.list(results)) {
            for (Path scenario : scenarios.sorted().toList()) {
                collect(scenario, checks);
            }
        }
        assertThat(checks).as(ran.output()).isNotEmpty();
        return checks;
    }

    private static void collect(Path scenario, Map<String, String> checks) throws Exception {
        Path file = scenario.resolve("checks.json");
        String name = scenario.getFileName().toString().replaceAll("-\\d{4}-\\d\\d-\\d\\dT.*", "");
        if (Files.exists(file)
                && JsonReader.read(Files.readAllBytes(file)) instanceof Value.Items all) {
            for (Value one : all.values()) {
                Value.Fields check = (Value.Fields) one;
                String key =
                        name
                                + " / "
                                + check.text("id").orElse("")
                                + " / "
                                + check.text("name").orElse("");
                checks.merge(key, check.text("status").orElse("") + " ", String::concat);
            }
        }
    }
}
