package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.LoopbackShim;
import dev.remit.gateway.rig.ReferenceServer;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.testkit.Npm;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official conformance suite, against the reference server straight and through the gateway:
 * nothing that passes straight may fail through it.
 */
@NullMarked
class ConformanceTest {

    @BeforeAll
    static void install() {
        Npm.install();
    }

    @Test
    void theRevisionWithoutSessionsLosesNothing(@TempDir Path folder) throws Exception {
        try (ReferenceServer server = new ReferenceServer()) {
            Map<String, String> straight = suite("2026-07-28", server.everyRevision(), folder);
            Map<String, String> through = through("2026-07-28", server.everyRevision(), folder);

            assertNothingIsLost(straight, through, 120);
        }
    }

    @Test
    void sessionsLoseNothingBeforeAnUpstreamWithSessions(@TempDir Path folder) throws Exception {
        try (ReferenceServer server = new ReferenceServer()) {
            Map<String, String> straight = suite("2025-11-25", server.withSessions(), folder);
            Map<String, String> through = through("2025-11-25", server.withSessions(), folder);

            assertNothingIsLost(straight, through, 60);
        }
    }

    @Test
    void sessionsLoseNothingBeforeAnUpstreamWithout(@TempDir Path folder) throws Exception {
        try (ReferenceServer server = new ReferenceServer()) {
            Map<String, String> straight = suite("2025-11-25", server.withSessions(), folder);
            Map<String, String> through = through("2025-11-25", server.everyRevision(), folder);

            assertNothingIsLost(straight, through, 60);
        }
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

    private static Map<String, String> through(String revision, URI upstream, Path folder)
            throws Exception {
        int port = TestGateway.freePort();
        UpstreamSettings settings =
                new UpstreamSettings.Http(
                        "reference",
                        upstream,
                        Map.of(),
                        UpstreamSettings.Terms.USUAL.withAsking(true, true));
        try (TestGateway gateway =
                new TestGateway(LoopbackShim.origins(port), McpEdge.USUAL_BODY, settings)) {
            TestAgent agent = gateway.agent(Leave.toCall("reference.*"));
            try (LoopbackShim shim = new LoopbackShim(port, agent, gateway.origin())) {
                URI url = URI.create(shim.origin() + "/mcp/reference");
                return suite(revision, url, folder);
            }
        }
    }

    /** Runs the suite; what came of each check, several results one after the other. */
    private static Map<String, String> suite(String revision, URI url, Path folder)
            throws Exception {
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
