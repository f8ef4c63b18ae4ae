package dev.remit.gateway.rig;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.gateway.wire.Rpc;
import dev.remit.testkit.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** An MCP server of the revision without sessions that writes down every request it gets. */
public final class FakeHttpServer implements AutoCloseable {
    /**
     * One request as it arrived.
     *
     * @param at when, by {@link System#nanoTime}
     */
    public record Got(Map<String, List<String>> headers, Value.Fields message, long at) {
        public String method() {
            return message.text("method").orElse("");
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final int port = Ports.free();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final AtomicInteger left = new AtomicInteger();
    private volatile int status = 200;
    private volatile String challenge = "";

    public FakeHttpServer() {
        server =
                vertx.createHttpServer()
                        .requestHandler(this::serve)
                        .listen(port, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    public UpstreamSettings settings(String name, Map<String, String> headers) {
        return new UpstreamSettings.Http(
                name,
                URI.create("http://127.0.0.1:" + port + "/mcp"),
                headers,
                UpstreamSettings.Terms.USUAL);
    }

    /** The calls of tools that arrived. */
    public List<Got> calls() {
        return got.stream().filter(one -> one.method().equals("tools/call")).toList();
    }

    public List<Got> all() {
        return List.copyOf(got);
    }

    /** How many calls without an answer were left alone by whoever made them. */
    public int left() {
        return left.get();
    }

    /** From now on calls are answered with 403 and this challenge. */
    public void forbid(String words) {
        challenge = words;
        answerWith(403);
    }

    /** From now on calls are answered with this status and nothing else. */
    public void answerWith(int changed) {
        status = changed;
    }

    private void serve(HttpServerRequest request) {
        request.body()
                .onSuccess(
                        body -> {
                            try {
                                Value.Fields message = JsonReader.readFields(body.getBytes());
                                Map<String, List<String>> headers =
                                        new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                                request.headers()
                                        .names()
                                        .forEach(
                                                name ->
                                                        headers.put(
                                                                name,
                                                                request.headers().getAll(name)));
                                got.add(new Got(headers, message, System.nanoTime()));
                                answer(request, message);
                            } catch (MalformedJson e) {
                                request.response().setStatusCode(400).end();
                            }
                        });
    }

    private void answer(HttpServerRequest request, Value.Fields message) {
        Value id = message.get("id").orElse(new Value.Nothing());
        String method = message.text("method").orElse("");
        if (method.equals("tools/call") && status >= 300) {
            request.response()
                    .setStatusCode(status)
                    .putHeader("WWW-Authenticate", challenge)
                    .putHeader("Location", "http://127.0.0.1:1/elsewhere")
                    .end();
            return;
        }
        String tool = Rpc.params(message).text("name").orElse("");
        if (method.equals("tools/call") && (tool.equals("hang") || tool.equals("drip"))) {
            hang(request, tool.equals("drip"));
            return;
        }
        if (method.equals("tools/call") && (tool.equals("reset") || tool.equals("torn"))) {
            if (tool.equals("torn")) {
                request.response().setChunked(true).write("{\"jsonrpc\":");
            }
            vertx.setTimer(50, _ -> request.connection().close());
            return;
        }
        Value.Fields result =
                switch (method) {
                    case "server/discover" ->
                            Value.object()
                                    .put("supportedVersions", Value.ofTexts(List.of("2026-07-28")))
                                    .put("capabilities", capabilities())
                                    .build();
                    case "tools/list" -> tools();
                    case "tools/call" -> call(Rpc.params(message));
                    case "tasks/get", "tasks/cancel" -> task(Rpc.params(message));
                    default -> echo(Rpc.params(message));
                };
        Value.Fields complete =
                result.get("resultType").isPresent()
                        ? result
                        : result.with("resultType", Value.of("complete"));
        request.response()
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(Rpc.result(id, complete).json()));
    }

    /** Never answers; says something again and again meanwhile, if it is to drip. */
    private void hang(HttpServerRequest request, boolean drips) {
        AtomicBoolean gone = new AtomicBoolean();
        if (drips) {
            request.response().putHeader("Content-Type", "text/event-stream").setChunked(true);
            Value.Fields params = Value.object().put("level", "error").put("data", "drip").build();
            String event =
                    "data: " + Rpc.notification("notifications/message", params).json() + "\n\n";
            vertx.setPeriodic(
                    50,
                    timer -> {
                        if (gone.get()) {
                            vertx.cancelTimer(timer);
                        } else {
                            request.response().write(event);
                        }
                    });
        }
        request.response()
                .closeHandler(
                        _ -> {
                            gone.set(true);
                            left.incrementAndGet();
                        });
    }

    private static Value.Fields capabilities() {
        Value.Fields extensions =
                Value.object()
                        .put("io.modelcontextprotocol/tasks", Value.Fields.EMPTY)
                        .put("some.vendor/other", Value.Fields.EMPTY)
                        .build();
        return Value.object()
                .put("tools", Value.Fields.EMPTY)
                .put("extensions", extensions)
                .build();
    }

    /** {@code ask} wants to know a name as often as it is told; {@code slow} begins a task. */
    private static Value.Fields call(Value.Fields params) {
        return switch (params.text("name").orElse("")) {
            case "ask" ->
                    params.text("requestState").equals(Optional.of("2"))
                            ? echo(params)
                            : ask(params);
            case "slow" ->
                    Value.object()
                            .put("resultType", "task")
                            .put("taskId", "task-1")
                            .put("status", "working")
                            .build();
            default -> echo(params);
        };
    }

    private static Value.Fields ask(Value.Fields params) {
        Value.Fields request =
                Value.object()
                        .put("method", "elicitation/create")
                        .put("params", Value.object().put("message", "Who?").build())
                        .build();
        return Value.object()
                .put("resultType", "input_required")
                .put("inputRequests", Value.object().put("name", request).build())
                .put("requestState", params.text("requestState").isPresent() ? "2" : "1")
                .build();
    }

    private static Value.Fields task(Value.Fields params) {
        return Value.object()
                .put("taskId", params.text("taskId").orElse(""))
                .put("status", "completed")
                .build();
    }

    private static Value.Fields tools() {
        Value.Fields region =
                Value.object().put("type", "string").put("x-mcp-header", "Region").build();
        Value.Fields schema =
                Value.object()
                        .put("type", "object")
                        .put("additionalProperties", true)
                        .put("properties", Value.object().put("region", region).build())
                        .build();
        Value.Fields plain = Value.object().put("type", "object").build();
        return Value.object()
                .put(
                        "tools",
                        new Value.Items(
                                List.of(
                                        tool("echo", plain),
                                        tool("hang", plain),
                                        tool("drip", plain),
                                        tool("reset", plain),
                                        tool("torn", plain),
                                        tool("there", schema),
                                        tool("ask", plain),
                                        tool("slow", plain))))
                .put("ttlMs", 600_000)
                .build();
    }

    private static Value tool(String name, Value.Fields schema) {
        return Value.object()
                .put("name", name)
                .put("description", "says it again")
                .put("inputSchema", schema)
                .build();
    }

    private static Value.Fields echo(Value.Fields params) {
        String said = params.fields("arguments").orElse(Value.Fields.EMPTY).json();
        Value.Fields content = Value.object().put("type", "text").put("text", said).build();
        return Value.object().put("content", new Value.Items(List.of(content))).build();
    }

    @Override
    public void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
