package dev.remit.gateway.rig;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.gateway.wire.Rpc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An MCP server over standard streams that does what it is told, for the worse: a program of its
 * own, started as upstreams are.
 */
public final class FakeProgram {
    private final PrintStream out =
            new PrintStream(
                    new java.io.FileOutputStream(java.io.FileDescriptor.out),
                    true,
                    StandardCharsets.UTF_8);
    private final BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private FakeProgram() {}

    /** How it is started. */
    public static UpstreamSettings.Stdio settings(
            String name, Map<String, String> environment, UpstreamSettings.Terms terms) {
        return new UpstreamSettings.Stdio(
                name,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeProgram.class.getName()),
                environment,
                Optional.empty(),
                terms);
    }

    public static UpstreamSettings.Stdio settings(String name) {
        return settings(name, Map.of(), UpstreamSettings.Terms.USUAL);
    }

    public static void main(String[] arguments) throws IOException, MalformedJson {
        new FakeProgram().serve();
    }

    private void serve() throws IOException, MalformedJson {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Value.Fields message = JsonReader.readFields(line.getBytes(StandardCharsets.UTF_8));
            if (message.get("id").isPresent() && message.get("method").isPresent()) {
                answer(message);
            } else if (message.text("method").orElse("").equals("notifications/cancelled")) {
                note(message);
            }
        }
    }

    private void answer(Value.Fields request) throws IOException, MalformedJson {
        Value id = request.get("id").orElseThrow();
        Value.Fields params = Rpc.params(request);
        switch (request.text("method").orElse("")) {
            case "initialize" ->
                    say(
                            Rpc.result(
                                    id,
                                    Value.object()
                                            .put("protocolVersion", "2025-11-25")
                                            .put(
                                                    "capabilities",
                                                    Value.object()
                                                            .put("tools", Value.Fields.EMPTY)
                                                            .build())
                                            .put(
                                                    "serverInfo",
                                                    Value.object()
                                                            .put("name", "fake")
                                                            .put("version", "1")
                                                            .build())
                                            .build()));
            case "tools/list" -> say(Rpc.result(id, tools()));
            case "tools/call" -> call(id, params);
            default -> say(Rpc.error(id, Rpc.fault(Rpc.METHOD_NOT_FOUND, "no such method")));
        }
    }

    /** Notes what was taken back, where the test looks. */
    private static void note(Value.Fields cancelled) throws IOException {
        String file = System.getenv("FAKE_CANCELLED");
        if (file != null) {
            Files.writeString(
                    Path.of(file),
                    cancelled.json() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private static Value.Fields tools() throws IOException {
        String changed = System.getenv("FAKE_DESCRIPTION");
        Optional<String> description =
                changed == null
                        ? Optional.empty()
                        : Optional.of(Files.readString(Path.of(changed)));
        List<Value> tools =
                List.of("echo", "die", "hang", "garbage", "huge", "env", "pid", "ask", "bad name")
                        .stream()
                        .map(
                                name ->
                                        (Value)
                                                Value.object()
                                                        .put("name", name)
                                                        .put(
                                                                "description",
                                                                description.orElse("does " + name))
                                                        .put(
                                                                "inputSchema",
                                                                Value.object()
                                                                        .put("type", "object")
                                                                        .build())
                                                        .build())
                        .toList();
        return Value.object().put("tools", new Value.Items(tools)).build();
    }

    private void call(Value id, Value.Fields params) throws IOException, MalformedJson {
        Value.Fields arguments = params.fields("arguments").orElse(Value.Fields.EMPTY);
        switch (params.text("name").orElse("")) {
            case "die" -> Runtime.getRuntime().halt(3);
            case "hang" -> {}
            case "garbage" -> {
                out.println("this is not a message");
                out.println("{\"jsonrpc\":");
                say(text(id, "after garbage"));
            }
            case "huge" -> {
                out.println("x".repeat(arguments.text("size").map(Integer::parseInt).orElse(0)));
                say(text(id, "after a huge line"));
            }
            case "env" -> say(text(id, String.valueOf(System.getenv())));
            case "pid" -> say(text(id, String.valueOf(ProcessHandle.current().pid())));
            case "ask" -> ask(id);
            default -> say(text(id, arguments.json()));
        }
    }

    private void ask(Value id) throws IOException, MalformedJson {
        Value.Fields schema =
                Value.object()
                        .put("type", "object")
                        .put(
                                "properties",
                                Value.object()
                                        .put("name", Value.object().put("type", "string").build())
                                        .build())
                        .build();
        say(
                Rpc.request(
                        Value.of("question"),
                        "elicitation/create",
                        Value.object()
                                .put("message", "Who?")
                                .put("requestedSchema", schema)
                                .build()));
        String line = in.readLine();
        Value.Fields answer = JsonReader.readFields(line.getBytes(StandardCharsets.UTF_8));
        say(text(id, "was told " + answer.get("result").map(Value::json).orElse("nothing")));
    }

    private static Value.Fields text(Value id, String text) {
        Value.Fields content = Value.object().put("type", "text").put("text", text).build();
        return Rpc.result(
                id, Value.object().put("content", new Value.Items(List.of(content))).build());
    }

    private void say(Value.Fields message) {
        out.println(message.json());
    }
}
