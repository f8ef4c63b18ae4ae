package dev.remit.office;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A minimal MCP server over stdio (revision 2025-06-18): initialize, ping, tools/list, tools/call.
 */
final class OfficeServer {
    private static final String REVISION = "2025-06-18";
    private static final int UNKNOWN_METHOD = -32601;
    private static final int UNREADABLE = -32700;
    private static final int WRONG_PARAMETERS = -32602;

    private final String name;
    private final List<OfficeTool> tools;

    OfficeServer(String name, List<OfficeTool> tools) {
        this.name = name;
        this.tools = tools;
    }

    /** Answers line by line until the other side closes. */
    void serve(InputStream in, PrintStream out) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answer(line).ifPresent(answer -> out.println(answer.json()));
            out.flush();
        }
    }

    private Optional<Value.Fields> answer(String line) {
        Value.Fields message;
        try {
            message = JsonReader.readFields(line.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            return Optional.of(
                    error(new Value.Nothing(), UNREADABLE, String.valueOf(e.getMessage())));
        }
        Optional<Value> id = message.get("id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Value.Fields params = message.fields("params").orElse(Value.Fields.EMPTY);
        return Optional.of(
                switch (message.text("method").orElse("")) {
                    case "initialize" -> result(id.get(), welcome());
                    case "ping" -> result(id.get(), Value.Fields.EMPTY);
                    case "tools/list" -> result(id.get(), list());
                    case "tools/call" -> call(id.get(), params);
                    default -> error(id.get(), UNKNOWN_METHOD, "unknown method");
                });
    }

    private Value.Fields welcome() {
        return Value.object()
                .put("protocolVersion", REVISION)
                .put("capabilities", Value.object().put("tools", Value.Fields.EMPTY).build())
                .put("serverInfo", Value.object().put("name", name).put("version", "1").build())
                .build();
    }

    private Value.Fields list() {
        List<Value> definitions = tools.stream().map(tool -> (Value) tool.definition()).toList();
        return Value.object().put("tools", new Value.Items(definitions)).build();
    }

    private Value.Fields call(Value id, Value.Fields params) {
        String wanted = params.text("name").orElse("");
        Value.Fields arguments = params.fields("arguments").orElse(Value.Fields.EMPTY);
        for (OfficeTool tool : tools) {
            if (tool.name().equals(wanted)) {
                return result(id, run(tool, arguments));
            }
        }
        return error(id, WRONG_PARAMETERS, "Unknown tool: " + wanted);
    }

    private static Value.Fields run(OfficeTool tool, Value.Fields arguments) {
        try {
            for (String parameter : tool.parameters().keySet()) {
                if (arguments.text(parameter).isEmpty()) {
                    throw new IllegalArgumentException("`" + parameter + "` is missing");
                }
            }
            return content(tool.work().apply(arguments).json(), false);
        } catch (IllegalArgumentException e) {
            return content(String.valueOf(e.getMessage()), true);
        }
    }

    private static Value.Fields content(String text, boolean failed) {
        Value.Fields block = Value.object().put("type", "text").put("text", text).build();
        return Value.object()
                .put("content", new Value.Items(List.of(block)))
                .put("isError", failed)
                .build();
    }

    private static Value.Fields result(Value id, Value.Fields result) {
        return Value.object().put("jsonrpc", "2.0").put("id", id).put("result", result).build();
    }

    private static Value.Fields error(Value id, int code, String message) {
        return Value.object()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("error", Value.object().put("code", code).put("message", message).build())
                .build();
    }
}
