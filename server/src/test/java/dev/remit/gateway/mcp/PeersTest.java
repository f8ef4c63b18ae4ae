package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.LoopbackShim;
import dev.remit.gateway.rig.NpmPrograms;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.ledger.Event;
import dev.remit.testkit.Npm;
import dev.remit.testkit.Ports;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's servers as upstreams, driven by other people's clients. */
@NullMarked
class PeersTest {
    private static final String EVERYTHING =
            "@modelcontextprotocol/server-everything/dist/index.js";
    private static final String FILES = "@modelcontextprotocol/server-filesystem/dist/index.js";

    @BeforeAll
    static void install() {
        Npm.install();
    }

    private static UpstreamSettings everything() {
        return NpmPrograms.upstream("everything", Npm.file(EVERYTHING), "stdio");
    }

    @Test
    void theFilesystemServerReadsAndIsKeptFromWriting(@TempDir Path folder) throws Exception {
        Path agenda = Files.writeString(folder.resolve("agenda.txt"), "one point");
        UpstreamSettings files = NpmPrograms.upstream("files", Npm.file(FILES), folder.toString());
        try (TestGateway gateway = new TestGateway(files)) {
            TestAgent agent = gateway.agent(Leave.toCall("files.read_text_file"));
            Value.Fields path = Value.object().put("path", agenda.toString()).build();

            assertThat(agent.tools("/mcp/files")).containsExactly("read_text_file");
            assertThat(agent.call("/mcp/files", "read_text_file", path).text())
                    .isEqualTo("one point");
            TestAgent.Heard refused =
                    agent.call(
                            "/mcp/files",
                            "write_file",
                            path.with("content", Value.of("another point")));
            assertThat(refused.text()).contains("the task does not include this tool");
            assertThat(Files.readString(agenda)).isEqualTo("one point");
        }
    }

    @Test
    void theOfficialJavaClientCallsTheEverythingServer() {
        int port = Ports.free();
        try (TestGateway gateway =
                new TestGateway(LoopbackShim.origins(port), McpEdge.USUAL_BODY, everything())) {
            TestAgent agent = gateway.agent(Leave.toCall("everything.echo"));
            try (LoopbackShim shim = new LoopbackShim(port, agent, gateway.origin());
                    McpSyncClient client =
                            McpClient.sync(
                                            HttpClientStreamableHttpTransport.builder(shim.origin())
                                                    .endpoint("/mcp/everything")
                                                    .build())
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
                assertThat(echo.content().getFirst())
                        .isInstanceOfSatisfying(
                                McpSchema.TextContent.class,
                                text -> assertThat(text.text()).contains("hello"));
                McpSchema.CallToolResult refused =
                        client.callTool(
                                McpSchema.CallToolRequest.builder("get-env")
                                        .arguments(Map.of())
                                        .build());
                assertThat(refused.isError()).isTrue();
            }
            assertThat(gateway.written(Event.Concluded.class)).hasSize(1);
        }
    }

    @Test
    void theOfficialTypeScriptClientsOfBothErasCallTheEverythingServer(@TempDir Path folder)
            throws Exception {
        int port = Ports.free();
        try (TestGateway gateway =
                new TestGateway(LoopbackShim.origins(port), McpEdge.USUAL_BODY, everything())) {
            TestAgent agent = gateway.agent(Leave.toCall("everything.echo"));
            try (LoopbackShim shim = new LoopbackShim(port, agent, gateway.origin())) {
                assertThat(client("old", shim, folder)).isEqualTo("2025-11-25");
                assertThat(client("new", shim, folder)).isEqualTo("2026-07-28");
            }
        }
    }

    private static String client(String which, LoopbackShim shim, Path folder) throws Exception {
        Npm.Ran ran =
                Npm.run(
                        folder,
                        Npm.script("clients.mjs"),
                        which,
                        shim.origin() + "/mcp/everything",
                        "echo",
                        "{\"message\":\"hello\"}",
                        "get-env");
        assertThat(ran.status()).as(ran.output()).isZero();
        Value.Fields saw =
                JsonReader.readFields(ran.output().strip().getBytes(StandardCharsets.UTF_8));
        assertThat(saw.items("tools")).containsExactly(Value.of("echo"));
        assertThat(saw.text("allowed").orElse("")).contains("hello");
        assertThat(saw.text("refused").orElse("")).contains("Refused", "does not include");
        assertThat(saw.flag("refusedIsError")).isTrue();
        return saw.text("revision").orElse("");
    }
}
