package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestAgent.Heard;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.testkit.AttackCase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** A server that nobody set up is reached by no agent's word. */
@NullMarked
class StrayUpstreamTest {
    private static final String WELL = "/mcp/fake";

    @Test
    @AttackCase("TOOL-014")
    void whatNobodySetUpIsNotReached() {
        try (FakeHttpServer server = new FakeHttpServer();
                FakeHttpServer stray = new FakeHttpServer();
                TestGateway gateway = new TestGateway(server.settings("fake", Map.of()))) {
            TestAgent agent = gateway.agent();
            gateway.give(agent, Leave.toCall("fake.echo"), Leave.toCall("stray.echo"));
            String url =
                    ((UpstreamSettings.Http) stray.settings("stray", Map.of())).url().toString();
            String written = URLEncoder.encode(url, StandardCharsets.UTF_8);
            for (String path :
                    List.of(
                            "/mcp/stray",
                            "/mcp/" + written,
                            "/mcp?upstream=" + written,
                            WELL + "/../stray",
                            WELL + "?url=" + written)) {
                for (String tool : List.of("echo", "stray__echo", "stray.echo", url + "__echo")) {
                    Heard heard = agent.call(path, tool, Value.Fields.EMPTY);
                    boolean own = path.startsWith(WELL + "?") && tool.equals("echo");
                    if (!own) {
                        assertThat(heard.status() >= 400 || isRefused(heard))
                                .as(path + " " + tool)
                                .isTrue();
                    }
                }
            }
            Heard named =
                    agent.call(
                            WELL,
                            "echo",
                            Value.object().put("upstream", url).put("url", url).build());
            assertThat(named.status()).as("an argument is an argument").isEqualTo(200);
            assertThat(stray.all()).isEmpty();
        }
    }

    private static boolean isRefused(Heard heard) {
        return !heard.messages().isEmpty()
                && (heard.last().get("error").isPresent()
                        || heard.last()
                                .fields("result")
                                .filter(result -> result.flag("isError"))
                                .isPresent());
    }
}
