package dev.remit.client;

import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The headers that repeat parts of a message over HTTP (MCP 2026-07-28): version, method, name, and
 * those parameters that a tool's schema marks with {@code x-mcp-header}, as learnt from the tool
 * lists that passed by.
 */
public final class HeaderMirror {
    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";

    /** By tool: from a parameter's name to its header's. */
    private final Map<String, Map<String, String>> marked = new ConcurrentHashMap<>();

    public static Optional<String> version(Value.Fields message) {
        return message.fields("params")
                .flatMap(params -> params.fields("_meta"))
                .flatMap(meta -> meta.text(VERSION));
    }

    public Map<String, String> headers(Value.Fields message) {
        Map<String, String> headers = new HashMap<>();
        String method = message.text("method").orElse("");
        Value.Fields params = message.fields("params").orElse(Value.Fields.EMPTY);
        version(message).ifPresent(version -> headers.put("MCP-Protocol-Version", version));
        headers.put("Mcp-Method", encode(method));
        String named =
                switch (method) {
                    case "tools/call", "prompts/get" -> "name";
                    case "resources/read" -> "uri";
                    default -> method.startsWith("tasks/") ? "taskId" : "";
                };
        params.text(named).ifPresent(name -> headers.put("Mcp-Name", encode(name)));
        if (method.equals("tools/call")) {
            Value.Fields arguments = params.fields("arguments").orElse(Value.Fields.EMPTY);
            marked.getOrDefault(params.text("name").orElse(""), Map.of())
                    .forEach(
                            (parameter, header) ->
                                    arguments
                                            .get(parameter)
                                            .flatMap(HeaderMirror::plain)
                                            .ifPresent(
                                                    text ->
                                                            headers.put(
                                                                    "Mcp-Param-" + header, text)));
        }
        return headers;
    }

    /** Takes note of the marks in a tool list. */
    public void learn(Value.Fields request, Value.Fields answer) {
        if (!request.text("method").equals(Optional.of("tools/list"))) {
            return;
        }
        for (Value tool : answer.fields("result").orElse(Value.Fields.EMPTY).items("tools")) {
            if (tool instanceof Value.Fields definition) {
                Map<String, String> headers = new HashMap<>();
                definition
                        .fields("inputSchema")
                        .flatMap(schema -> schema.fields("properties"))
                        .orElse(Value.Fields.EMPTY)
                        .values()
                        .forEach(
                                (parameter, schema) -> {
                                    if (schema instanceof Value.Fields marks) {
                                        marks.text("x-mcp-header")
                                                .ifPresent(
                                                        header -> headers.put(parameter, header));
                                    }
                                });
                marked.put(definition.text("name").orElse(""), Map.copyOf(headers));
            }
        }
    }

    private static Optional<String> plain(Value value) {
        return switch (value) {
            case Value.Text(String text) -> Optional.of(encode(text));
            case Value.Num _, Value.Flag _ ->
                    Optional.of(new String(JsonWriter.canonical(value), StandardCharsets.US_ASCII));
            case Value.Nothing _, Value.Items _, Value.Fields _ -> Optional.empty();
        };
    }

    /** Visible ASCII as it is; anything else in the base64 form of the specification. */
    static String encode(String text) {
        boolean plain =
                !text.isEmpty()
                        && text.equals(text.strip())
                        && !text.startsWith("=?base64?")
                        && text.chars().allMatch(c -> c >= ' ' && c <= '~');
        return plain
                ? text
                : "=?base64?"
                        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                        + "?=";
    }
}
