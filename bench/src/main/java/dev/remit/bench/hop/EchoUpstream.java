package dev.remit.bench.hop;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The least that is an MCP server of revision 2026-07-28: {@code EchoUpstream PORT}. */
final class EchoUpstream extends AbstractVerticle {
    static final String ANSWER = "The agenda has been updated; it has four items now.";

    private final int port;

    private EchoUpstream(int port) {
        this.port = port;
    }

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Vertx.vertx()
                .deployVerticle(
                        () -> new EchoUpstream(port), new DeploymentOptions().setInstances(2))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        Processes.readyUntilInputEnds();
    }

    @Override
    public void start() {
        vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> serve(request, body)))
                .listen(port, "127.0.0.1")
                .onFailure(why -> System.err.println("bench: " + why));
    }

    private static void serve(HttpServerRequest request, Buffer body) {
        try {
            Value.Fields message = JsonReader.readFields(body.getBytes());
            Value.Fields result =
                    switch (message.text("method").orElse("")) {
                        case "server/discover" -> discovered();
                        case "tools/list" -> tools();
                        default -> answer();
                    };
            Value.Fields reply =
                    Value.object()
                            .put("jsonrpc", "2.0")
                            .put("id", message.get("id").orElse(new Value.Nothing()))
                            .put("result", result)
                            .build();
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(reply.json()));
        } catch (MalformedJson e) {
            request.response().setStatusCode(400).end();
        }
    }

    private static Value.Fields discovered() {
        return Value.object()
                .put("supportedVersions", Value.ofTexts(List.of("2026-07-28")))
                .put("capabilities", Value.object().put("tools", Value.Fields.EMPTY).build())
                .put("resultType", "complete")
                .build();
    }

    private static Value.Fields tools() {
        Value tool =
                Value.object()
                        .put("name", "edit")
                        .put("description", "Edits one document.")
                        .put("inputSchema", Value.object().put("type", "object").build())
                        .build();
        return Value.object()
                .put("tools", new Value.Items(List.of(tool)))
                .put("ttlMs", 600_000)
                .put("resultType", "complete")
                .build();
    }

    private static Value.Fields answer() {
        Value content = Value.object().put("type", "text").put("text", ANSWER).build();
        return Value.object()
                .put("content", new Value.Items(List.of(content)))
                .put("resultType", "complete")
                .build();
    }
}
