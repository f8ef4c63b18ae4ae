package dev.remit.cli.demo;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.connect.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An agent without a model: it calls tools over MCP (revision 2026-07-28) as its script says. */
final class DemoAgent {
    private static final String REVISION = "2026-07-28";
    private static final String PREFIX = "io.modelcontextprotocol/";

    private final Gateway gateway;
    private long requests;

    DemoAgent(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * What came of a call.
     *
     * @param refusal the code of the refusal; empty if the call was made
     * @param call the gateway's name for the call, for {@code remit why}
     */
    record Reply(boolean failed, String text, Optional<String> refusal, Optional<String> call) {}

    /** Calls {@code upstream.tool}. */
    Reply call(String tool, Map<String, String> arguments) {
        Value.Building given = Value.object();
        arguments.forEach(given::put);
        String name = tool.replaceFirst("\\.", "__");
        Value.Fields params =
                Value.object().put("name", name).put("arguments", given.build()).build();
        return reply(send("tools/call", params, Optional.of(name)));
    }

    /** The names of the tools it is shown. */
    Set<String> tools() {
        Value.Fields answer = send("tools/list", Value.Fields.EMPTY, Optional.empty());
        Set<String> names = new TreeSet<>();
        for (Value tool : answer.fields("result").orElse(Value.Fields.EMPTY).items("tools")) {
            if (tool instanceof Value.Fields definition) {
                definition.text("name").ifPresent(names::add);
            }
        }
        return names;
    }

    private static Reply reply(Value.Fields answer) {
        Value.Fields result = answer.fields("result").orElse(Value.Fields.EMPTY);
        Value.Fields meta = result.fields("_meta").orElse(Value.Fields.EMPTY);
        Value.Fields refusal = meta.fields("dev.remit/refusal").orElse(Value.Fields.EMPTY);
        boolean failed = answer.fields("result").isEmpty() || result.flag("isError");
        StringBuilder text = new StringBuilder();
        for (Value block : result.items("content")) {
            if (block instanceof Value.Fields fields) {
                fields.text("text").ifPresent(text::append);
            }
        }
        if (text.isEmpty()) {
            text.append(answer.fields("error").flatMap(error -> error.text("message")).orElse(""));
        }
        return new Reply(failed, text.toString(), refusal.text("code"), refusal.text("call"));
    }

    private Value.Fields send(String method, Value.Fields params, Optional<String> name) {
        Value.Fields meta =
                Value.object()
                        .put(PREFIX + "protocolVersion", REVISION)
                        .put(
                                PREFIX + "clientInfo",
                                Value.object().put("name", "demo").put("version", "1").build())
                        .put(PREFIX + "clientCapabilities", Value.Fields.EMPTY)
                        .build();
        Value.Fields message =
                Value.object()
                        .put("jsonrpc", "2.0")
                        .put("id", ++requests)
                        .put("method", method)
                        .put("params", params.with("_meta", meta))
                        .build();
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("MCP-Protocol-Version", REVISION);
        headers.put("Mcp-Method", method);
        name.ifPresent(value -> headers.put("Mcp-Name", value));
        byte[] body = message.json().getBytes(StandardCharsets.UTF_8);
        return read(gateway.send("POST", "/mcp", headers, body));
    }

    private static Value.Fields read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            List<String> events = text.lines().filter(line -> line.startsWith("data:")).toList();
            String last = events.isEmpty() ? text : events.getLast().substring(5);
            return JsonReader.readFields(last.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJson e) {
            throw new IllegalStateException(
                    "the gateway answered " + response.statusCode() + " with something unreadable",
                    e);
        }
    }
}
