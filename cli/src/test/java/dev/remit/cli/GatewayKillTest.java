package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.remit.call.CallId;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.client.AgentKey;
import dev.remit.client.Enrolment;
import dev.remit.client.Gateway;
import dev.remit.client.Identity;
import dev.remit.ledger.Event;
import dev.remit.store.Archive;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a gateway under load, again and again ({@code -Dremit.kills=30} for the long form), and
 * holds its log against two journals that it cannot touch: the agents' and the upstream's.
 */
final class GatewayKillTest {
    private static final int KILLS = Integer.getInteger("remit.kills", 3);
    private static final int AGENTS = 8;

    @TempDir Path home;

    private final int port = Ports.free();
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Integer> done = new ConcurrentHashMap<>(); // the upstream's journal
    private final Set<Long> answered = ConcurrentHashMap.newKeySet(); // the agents' journal
    private HttpServer upstream = unset();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unset() {
        return null; // set before each test
    }

    @BeforeEach
    void open() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        upstream.createContext(
                "/mcp",
                exchange -> {
                    byte[] answer =
                            serve(exchange.getRequestBody()).getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        upstream.start();
    }

    @AfterEach
    void close() {
        upstream.stop(0);
    }

    /** Writes a call down before it answers. */
    private String serve(InputStream body) throws IOException {
        try {
            Value.Fields asked = JsonReader.readFields(body.readAllBytes());
            Value.Fields params = asked.fields("params").orElse(Value.Fields.EMPTY);
            String result =
                    switch (asked.text("method").orElse("")) {
                        case "server/discover" ->
                                """
                                {"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},\
                                "resultType":"complete"}""";
                        case "tools/list" ->
                                """
                                {"tools":[{"name":"note","description":"Notes a number.",\
                                "inputSchema":{"type":"object"}}],"ttlMs":600000,\
                                "resultType":"complete"}""";
                        default -> {
                            long number = number(params.fields("arguments").orElseThrow());
                            done.merge(number, 1, Integer::sum);
                            yield """
                            {"content":[{"type":"text","text":"noted"}],"resultType":"complete"}""";
                        }
                    };
            return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
                    .formatted(asked.get("id").orElseThrow().json(), result);
        } catch (MalformedJson e) {
            throw new IOException(e);
        }
    }

    private static long number(Value.Fields arguments) {
        return arguments.whole("number").orElseThrow();
    }

    private Process up(Commands remit) throws IOException {
        return remit.start("Ctrl-C", "up", "--data", home.resolve("data").toString());
    }

    @Test
    @Timeout(900)
    @AttackCase({"GRANT-004", "AUDIT-001"})
    void aKilledGatewayLosesNothingAndDoesNothingUnrecorded() throws Exception {
        Commands remit = new Commands(home);
        String config =
                """
                listen: 127.0.0.1:%d
                mcpServers:
                  notes: {type: http, url: "http://127.0.0.1:%d/mcp"}
                """
                        .formatted(port, upstream.getAddress().getPort());
        Files.writeString(home.resolve("remit.yaml"), config);
        Process gateway = up(remit);
        List<Gateway> agents = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            agents.add(agent(remit, "agent-" + i));
        }
        Random random = new Random(KILLS);
        AtomicBoolean over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            agents.forEach(agent -> threads.execute(() -> work(agent, over)));
            for (int kill = 0; kill < KILLS; kill++) {
                int before = answered.size();
                while (answered.size() < before + 20) {
                    Thread.sleep(20);
                }
                Thread.sleep(random.nextInt(400));
                gateway.toHandle().destroyForcibly();
                gateway.waitFor();
                gateway = up(remit);
            }
            over.set(true);
        } finally {
            over.set(true);
            gateway.destroy();
            gateway.waitFor();
        }
        compare();
        Commands.Ran verified =
                remit.run("audit", "verify", home.resolve("data/ledger").toString());
        assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
    }

    private Gateway agent(Commands remit, String name) throws Exception {
        String data = home.resolve("data").toString();
        Commands.Ran added = remit.run("agent", "new", name, "--json", "--data", data);
        String code =
                JsonReader.readFields(added.out().strip().getBytes(StandardCharsets.UTF_8))
                        .text("code")
                        .orElseThrow();
        Commands.Ran given =
                remit.run(
                        "mandate",
                        "new",
                        "note numbers",
                        "--agent",
                        name,
                        "--allow",
                        "notes.note",
                        "--data",
                        data);
        assertThat(given.status()).as(given.err()).isZero();
        Identity identity =
                Gateway.enrol(
                        Identity.fresh(URI.create("http://127.0.0.1:" + port), AgentKey.fresh()),
                        new Enrolment.ByCode(code));
        return Gateway.of(identity);
    }

    /** Calls with a number of its own each time; what is not answered is not repeated. */
    private void work(Gateway agent, AtomicBoolean over) {
        while (!over.get()) {
            long number = numbers.incrementAndGet();
            try {
                HttpResponse<InputStream> answer =
                        agent.send("POST", "/mcp/notes", headers(), body(number));
                String text = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
                if (answer.statusCode() == 200 && text.contains("\"noted\"")) {
                    answered.add(number);
                }
            } catch (IOException | RuntimeException e) {
                pause(); // the gateway is down; the agent does not know what became of its call
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> headers() {
        return Map.of(
                "Content-Type",
                "application/json",
                "Accept",
                "application/json, text/event-stream",
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "note");
    }

    private static byte[] body(long number) {
        return """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"note",\
        "arguments":{"number":%d},"_meta":{\
        "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
        "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},\
        "io.modelcontextprotocol/clientCapabilities":{}}}}"""
                .formatted(number)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** I1, I2, I3 and I6, by the three journals. */
    private void compare() {
        Map<CallId, Long> allowed = new HashMap<>();
        Set<CallId> ended = new HashSet<>();
        Set<Long> told = new HashSet<>();
        Archive.of(home.resolve("data"))
                .read(
                        0,
                        entry -> {
                            if (entry.event() instanceof Event.Decided decided
                                    && decided.ruling() instanceof Event.Ruling.Allowed) {
                                allowed.put(decided.call(), number(decided.arguments()));
                            }
                            if (entry.event() instanceof Event.Concluded concluded) {
                                ended.add(concluded.call());
                                if (concluded.end() == Event.End.ANSWERED) {
                                    told.add(allowed.getOrDefault(concluded.call(), -1L));
                                }
                            }
                            return true;
                        });
        assertThat(answered.size()).isGreaterThan(20 * KILLS - 1);
        assertThat(allowed.values()).as("no effect without a record").containsAll(done.keySet());
        assertThat(done.values()).as("nothing is done twice").allMatch(times -> times == 1);
        assertThat(told).as("no acknowledged record is lost").containsAll(answered);
        assertThat(ended).as("every call has an end").containsAll(allowed.keySet());
    }
}
