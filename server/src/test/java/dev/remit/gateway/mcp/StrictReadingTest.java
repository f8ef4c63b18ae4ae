package dev.remit.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.gateway.rig.FakeHttpServer;
import dev.remit.gateway.rig.Leave;
import dev.remit.gateway.rig.TestAgent;
import dev.remit.gateway.rig.TestGateway;
import dev.remit.ledger.Event;
import dev.remit.testkit.AttackCase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be read: the documented answer, nothing upstream, one record, no strike. */
@NullMarked
class StrictReadingTest {
    private static final String PATH = "/mcp/fake";
    private static final int MOST = 20_000;
    private static FakeHttpServer server = new FakeHttpServer();
    private static TestGateway gateway =
            new TestGateway(List.of(), MOST, server.settings("fake", Map.of()));
    private static TestAgent agent = gateway.agent(Leave.toCall("fake.*"));

    @BeforeAll
    static void warmUp() {
        assertThat(agent.call(PATH, "echo", Value.Fields.EMPTY).text()).isEqualTo("{}");
    }

    @AfterAll
    static void close() {
        gateway.close();
        server.close();
    }

    private static final String META =
            "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private static String call(String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
                + "\"arguments\":"
                + arguments
                + ","
                + META
                + "}}";
    }

    private static Arguments bad(
            String what, String body, int status, long code, String... headers) {
        return Arguments.of(
                what, body.getBytes(StandardCharsets.UTF_8), List.of(headers), status, code);
    }

    static Stream<Arguments> unreadable() {
        String fine = call("{}");
        String deep = "[".repeat(70) + "]".repeat(70);
        byte[] latin = call("{\"a\":\"\u00e9\"}").getBytes(StandardCharsets.ISO_8859_1);
        String old = fine.replace("2026-07-28", "2030-01-01");
        return Stream.of(
                bad("no JSON", "hello", 400, -32700),
                bad("nothing", "", 400, -32700),
                bad("a name twice", call("{\"a\":1,\"a\":2}"), 400, -32700),
                bad(
                        "a name twice outside",
                        fine.replace("{\"jsonrpc\"", "{\"id\":1,\"jsonrpc\""),
                        400,
                        -32700),
                bad("too deep", call("{\"a\":" + deep + "}"), 400, -32700),
                bad("something after", fine + " {}", 400, -32700),
                bad("a surrogate alone", call("{\"a\":\"\\ud800\"}"), 400, -32700),
                bad("a long number", call("{\"a\":" + "1".repeat(200) + "}"), 400, -32700),
                Arguments.of("not UTF-8", latin, List.of(), 400, -32700L),
                bad("a byte order mark", "\ufeff" + fine, 400, -32700),
                bad("a number for some readers", call("{\"a\":12345678901234567890}"), 400, -32602),
                bad(
                        "the same, nested",
                        call("{\"a\":[{\"b\":0.1234567890123456789}]}"),
                        400,
                        -32602),
                bad("arguments that are a list", call("[]"), 400, -32602),
                bad("arguments that are null", call("null"), 400, -32602),
                bad("too large", call("{\"a\":\"" + "x".repeat(MOST) + "\"}"), 413, -32600),
                bad("a batch", "[" + fine + "]", 400, -32600),
                bad("an empty batch", "[]", 400, -32600),
                bad("a batch in a batch", "[[" + fine + "]]", 400, -32600),
                bad("another spelling of method", fine.replace("method", "Method"), 400, -32600),
                bad("another spelling of params", fine.replace("params", "PARAMS"), 400, -32602),
                bad("an s that only looks so", fine.replace("params", "param\u017f"), 400, -32602),
                bad("another spelling of name", fine.replace("\"name\"", "\"Name\""), 400, -32602),
                bad("a text", "\"hello\"", 400, -32600),
                bad("no version of JSON-RPC", fine.replace("\"2.0\"", "\"1.0\""), 400, -32600),
                bad("an id that is null", fine.replace("\"id\":7", "\"id\":null"), 400, -32600),
                bad(
                        "an id that is a fraction",
                        fine.replace("\"id\":7", "\"id\":7.5"),
                        400,
                        -32600),
                bad("a method that is a number", fine.replace("\"tools/call\"", "5"), 400, -32600),
                bad("another content type", fine, 415, -32600, "Content-Type", "text/plain"),
                bad(
                        "another charset",
                        fine,
                        415,
                        -32600,
                        "Content-Type",
                        "application/json; charset=utf-16"),
                bad("a packed body", fine, 415, -32600, "Content-Encoding", "gzip"),
                bad("no version header", fine, 400, -32020, "MCP-Protocol-Version", ""),
                bad(
                        "another version header",
                        fine,
                        400,
                        -32020,
                        "MCP-Protocol-Version",
                        "2030-01-01"),
                bad("an unknown version", old, 400, -32022, "MCP-Protocol-Version", "2030-01-01"),
                bad("no method header", fine, 400, -32020, "Mcp-Method", ""),
                bad("another method header", fine, 400, -32020, "Mcp-Method", "tools/list"),
                bad("the method in capitals", fine, 400, -32020, "Mcp-Method", "TOOLS/CALL"),
                bad("no name header", fine, 400, -32020, "Mcp-Name", ""),
                bad("another name header", fine, 400, -32020, "Mcp-Name", "there"),
                bad(
                        "a name header badly packed",
                        fine,
                        400,
                        -32020,
                        "Mcp-Name",
                        "=?base64?ZWNobw?="),
                bad("no _meta", fine.replace(META, "\"x\":1"), 400, -32602),
                bad("no capabilities", fine.replace("clientCapabilities", "other"), 400, -32602),
                bad(
                        "an unknown method",
                        fine.replace("tools/call", "tools/steal"),
                        404,
                        -32601,
                        "Mcp-Method",
                        "tools/steal"),
                bad(
                        "a method of sessions",
                        fine.replace("tools/call", "ping"),
                        404,
                        -32601,
                        "Mcp-Method",
                        "ping"),
                bad(
                        "an answer nobody asked for",
                        fine.replace("\"method\":\"tools/call\"", "\"result\":{}")
                                .replace(",\"params\"", ",\"ignored\""),
                        400,
                        -32600),
                bad(
                        "a state of somebody else's",
                        fine.replace("\"name\"", "\"requestState\":\"gw1.AAAA\",\"name\""),
                        400,
                        -32602),
                bad(
                        "answers that are no objects",
                        fine.replace("\"name\"", "\"inputResponses\":{\"a\":1},\"name\""),
                        400,
                        -32602),
                bad(
                        "a session that is not there",
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}",
                        404,
                        -32001,
                        "MCP-Protocol-Version",
                        "2025-11-25",
                        "Mcp-Session-Id",
                        "guessed"),
                bad(
                        "no session",
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}",
                        400,
                        -32600,
                        "MCP-Protocol-Version",
                        "2025-11-25"),
                bad(
                        "a header for an argument that is not there",
                        call("{}").replace("echo", "there"),
                        400,
                        -32020,
                        "Mcp-Name",
                        "there",
                        "Mcp-Param-Region",
                        "north"),
                bad(
                        "an argument without its header",
                        call("{\"region\":\"north\"}").replace("echo", "there"),
                        400,
                        -32020,
                        "Mcp-Name",
                        "there"),
                bad(
                        "another argument than its header",
                        call("{\"region\":\"north\"}").replace("echo", "there"),
                        400,
                        -32020,
                        "Mcp-Name",
                        "there",
                        "Mcp-Param-Region",
                        "south"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    @AttackCase({
        "PDP-018",
        "INTENT-003",
        "INTENT-004",
        "INTENT-005",
        "INTENT-006",
        "INTENT-009",
        "INTENT-010"
    })
    void isRefusedAndWrittenDownOnceAndNothingIsSent(
            String what, byte[] body, List<String> changed, int status, long code) {
        Map<String, String> headers =
                new LinkedHashMap<>(TestAgent.headers("tools/call", Optional.of("echo")));
        for (int at = 0; at < changed.size(); at += 2) {
            if (changed.get(at + 1).isEmpty()) {
                headers.remove(changed.get(at));
            } else {
                headers.put(changed.get(at), changed.get(at + 1));
            }
        }
        int sent = server.all().size();
        int written = gateway.store().entries().size();

        TestAgent.Heard heard = agent.post(PATH, body, headers);

        assertThat(heard.status()).isEqualTo(status);
        assertThat(heard.error().whole("code")).hasValue(code);
        assertThat(server.all()).hasSize(sent);
        assertThat(gateway.store().entries()).hasSize(written + 1);
        assertThat(gateway.store().entries().getLast().event())
                .isInstanceOfSatisfying(
                        Event.CallUnreadable.class,
                        event -> {
                            assertThat(event.agent()).isEqualTo(agent.instance().agent());
                            assertThat(event.refusal())
                                    .isEqualTo(status == 413 ? "too-large" : "unreadable");
                        });
    }

    @Test
    void whatIsReadableIsSentAsItWasJudgedWithHeadersOfTheGatewaysOwn() {
        String body = call("{\"region\":\"n\u00f6rd\",\"n\":1.50e1}").replace("echo", "there");
        Map<String, String> headers =
                new LinkedHashMap<>(TestAgent.headers("tools/call", Optional.of("there")));
        headers.put("Mcp-Param-Region", "=?base64?bsO2cmQ=?=");
        headers.put("Mcp-Param-Other", "not the gateway's to check");

        TestAgent.Heard heard = agent.post(PATH, body.getBytes(StandardCharsets.UTF_8), headers);

        assertThat(heard.text()).isEqualTo("{\"region\":\"n\u00f6rd\",\"n\":15}");
        FakeHttpServer.Got got = server.calls().getLast();
        assertThat(got.headers())
                .containsEntry("Mcp-Param-Region", List.of("=?base64?bsO2cmQ=?="))
                .containsEntry("Mcp-Name", List.of("there"))
                .containsEntry("Mcp-Method", List.of("tools/call"))
                .doesNotContainKeys("Mcp-Param-Other", "Authorization", "DPoP");
    }

    @Test
    void absentArgumentsAreNoArguments() {
        String body = call("{}").replace("\"arguments\":{},", "");

        TestAgent.Heard heard =
                agent.post(
                        PATH,
                        body.getBytes(StandardCharsets.UTF_8),
                        TestAgent.headers("tools/call", Optional.of("echo")));

        assertThat(heard.text()).isEqualTo("{}");
    }
}
