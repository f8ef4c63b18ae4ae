package dev.remit.gateway.rig;

import dev.remit.call.Value;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An HTTP server that answers as its script says and writes down every request it gets. */
public final class ScriptedServer implements AutoCloseable {
    /** One request as it arrived. */
    public record Got(
            String method,
            String path,
            String query,
            Map<String, List<String>> headers,
            String body) {
        /** A field of a form. */
        public String field(String name) {
            return parameters(body).getOrDefault(name, "");
        }
    }

    /** An answer. */
    public record Said(int status, Map<String, String> headers, String body) {
        public static Said json(Value.Building json) {
            return json(200, json);
        }

        public static Said json(int status, Value.Building json) {
            return new Said(
                    status, Map.of("Content-Type", "application/json"), json.build().json());
        }

        public static Said nothing(int status) {
            return new Said(status, Map.of(), "");
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Function<Got, Said> script;

    public ScriptedServer(Function<Got, Said> script) {
        this(new HttpServerOptions().setHost("127.0.0.1"), script);
    }

    public ScriptedServer(HttpServerOptions options, Function<Got, Said> script) {
        this.script = script;
        this.server =
                vertx.createHttpServer(options.setPort(0))
                        .requestHandler(this::serve)
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    public void script(Function<Got, Said> other) {
        script = other;
    }

    public int port() {
        return server.actualPort();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public List<Got> got() {
        return List.copyOf(got);
    }

    /** What arrived at a path. */
    public List<Got> got(String path) {
        return got.stream().filter(one -> one.path().equals(path)).toList();
    }

    private void serve(HttpServerRequest request) {
        request.body()
                .onSuccess(
                        body -> {
                            Map<String, List<String>> headers = new HashMap<>();
                            request.headers()
                                    .names()
                                    .forEach(
                                            name ->
                                                    headers.put(
                                                            name.toLowerCase(java.util.Locale.ROOT),
                                                            request.headers().getAll(name)));
                            Got one =
                                    new Got(
                                            request.method().name(),
                                            String.valueOf(request.path()),
                                            request.query() == null ? "" : request.query(),
                                            headers,
                                            body.toString(StandardCharsets.UTF_8));
                            got.add(one);
                            Said said = script.apply(one);
                            HttpServerResponse response =
                                    request.response().setStatusCode(said.status());
                            said.headers().forEach(response::putHeader);
                            response.end(Buffer.buffer(said.body()));
                        });
    }

    /** Reads a query or a form. */
    public static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String one : text.split("&")) {
            int end = one.indexOf('=');
            if (end > 0) {
                parameters.put(
                        one.substring(0, end),
                        URLDecoder.decode(one.substring(end + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    @Override
    public void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
