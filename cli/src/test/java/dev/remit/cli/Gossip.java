package dev.remit.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * An MCP server, and its authorization server, that says everything it is sent to whoever asks: in
 * results, errors, notifications and headers, in every encoding it knows.
 */
final class Gossip implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> tokens;
    private final Set<String> heard = ConcurrentHashMap.newKeySet();

    /**
     * @param tokens what it gives for each grant type
     */
    Gossip(Map<String, String> tokens) throws IOException {
        this.tokens = tokens;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The Authorization and X-Key headers that came. */
    Set<String> heard() {
        return Set.copyOf(heard);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/token")) {
                token(exchange, new String(body, StandardCharsets.UTF_8));
            } else if (path.startsWith("/.well-known/")) {
                metadata(exchange, path);
            } else if (path.equals("/register")) {
                json(exchange, 201, Value.object().put("client_id", "gossips-client").build());
            } else {
                mcp(exchange, JsonReader.readFields(body));
            }
        } catch (MalformedJson e) {
            exchange.sendResponseHeaders(401, -1);
        }
    }

    private void token(HttpExchange exchange, String form) throws IOException {
        String grant =
                tokens.keySet().stream().filter(form::contains).findFirst().orElse("nothing");
        Value.Building answer =
                Value.object()
                        .put("access_token", tokens.getOrDefault(grant, "none-of-these"))
                        .put("token_type", "Bearer")
                        .put("expires_in", 3600)
                        .put("you_said", form);
        if (grant.equals("authorization_code")) {
            answer.put("refresh_token", tokens.getOrDefault("refresh", ""));
        }
        json(exchange, 200, answer.build());
    }

    private void metadata(HttpExchange exchange, String path) throws IOException {
        if (path.contains("protected-resource")) {
            json(
                    exchange,
                    200,
                    Value.object()
                            .put("resource", origin() + "/")
                            .put("authorization_servers", Value.ofTexts(List.of(origin())))
                            .build());
        } else {
            json(
                    exchange,
                    200,
                    Value.object()
                            .put("issuer", origin())
                            .put("authorization_endpoint", origin() + "/authorize")
                            .put("token_endpoint", origin() + "/token")
                            .put("registration_endpoint", origin() + "/register")
                            .put("code_challenge_methods_supported", Value.ofTexts(List.of("S256")))
                            .build());
        }
    }

    private void mcp(HttpExchange exchange, Value.Fields message) throws IOException {
        String all = repeated(exchange);
        exchange.getResponseHeaders().add("X-Echo", all.replaceAll("[\\r\\n]", " "));
        Value id = message.get("id").orElse(new Value.Nothing());
        Value.Fields params = message.fields("params").orElse(Value.Fields.EMPTY);
        switch (message.text("method").orElse("")) {
            case "server/discover" ->
                    result(
                            exchange,
                            id,
                            Value.object()
                                    .put("supportedVersions", Value.ofTexts(List.of("2026-07-28")))
                                    .put("instructions", all)
                                    .put(
                                            "capabilities",
                                            Value.object()
                                                    .put("tools", Value.Fields.EMPTY)
                                                    .build()));
            case "tools/list" ->
                    result(exchange, id, Value.object().put("tools", new Value.Items(tools(all))));
            default -> call(exchange, id, params.text("name").orElse(""), all);
        }
    }

    private static List<Value> tools(String all) {
        return List.of("say", "fail", "crash", "stream").stream()
                .map(
                        name ->
                                (Value)
                                        Value.object()
                                                .put("name", name)
                                                .put("description", all)
                                                .put(
                                                        "inputSchema",
                                                        Value.object()
                                                                .put("type", "object")
                                                                .build())
                                                .build())
                .toList();
    }

    private void call(HttpExchange exchange, Value id, String tool, String all) throws IOException {
        Value content = Value.object().put("type", "text").put("text", all).build();
        Value.Building said = Value.object().put("content", new Value.Items(List.of(content)));
        switch (tool) {
            case "say" -> result(exchange, id, said);
            case "fail" ->
                    json(
                            exchange,
                            200,
                            Value.object()
                                    .put("jsonrpc", "2.0")
                                    .put("id", id)
                                    .put(
                                            "error",
                                            Value.object()
                                                    .put("code", -32000)
                                                    .put("message", all)
                                                    .put("data", all)
                                                    .build())
                                    .build());
            case "stream" -> stream(exchange, id, all, said);
            default -> json(exchange, 500, Value.object().put("oops", all).build());
        }
    }

    private static void stream(HttpExchange exchange, Value id, String all, Value.Building said)
            throws IOException {
        Value.Fields told =
                Value.object()
                        .put("jsonrpc", "2.0")
                        .put("method", "notifications/message")
                        .put(
                                "params",
                                Value.object().put("level", "error").put("data", all).build())
                        .build();
        Value.Fields last =
                Value.object()
                        .put("jsonrpc", "2.0")
                        .put("id", id)
                        .put("result", said.put("resultType", "complete").build())
                        .build();
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        String events = "data: " + told.json() + "\n\ndata: " + last.json() + "\n\n";
        byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += 7) { // split where nobody expects it
            exchange.getResponseBody().write(bytes, i, Math.min(7, bytes.length - i));
            exchange.getResponseBody().flush();
        }
    }

    /** The secrets of the request, in every form. */
    private String repeated(HttpExchange exchange) {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("Authorization", "X-Key")) {
            for (String value : exchange.getRequestHeaders().getOrDefault(name, List.of())) {
                heard.add(value);
                String last = value.substring(value.lastIndexOf(' ') + 1);
                for (String one : List.of(value, last)) {
                    byte[] bytes = one.getBytes(StandardCharsets.UTF_8);
                    all.append(one).append(' ');
                    all.append(Base64.getEncoder().encodeToString(bytes)).append(' ');
                    all.append(Base64.getUrlEncoder().encodeToString(bytes)).append(' ');
                    all.append(HexFormat.of().formatHex(bytes)).append(' ');
                    all.append(URLEncoder.encode(one, StandardCharsets.UTF_8)).append(' ');
                }
                if (value.startsWith("Basic ")) {
                    byte[] pair = Base64.getDecoder().decode(last);
                    all.append(new String(pair, StandardCharsets.UTF_8));
                }
            }
        }
        return all.toString();
    }

    private static void result(HttpExchange exchange, Value id, Value.Building result)
            throws IOException {
        json(
                exchange,
                200,
                Value.object()
                        .put("jsonrpc", "2.0")
                        .put("id", id)
                        .put("result", result.put("resultType", "complete").build())
                        .build());
    }

    private static void json(HttpExchange exchange, int status, Value.Fields answer)
            throws IOException {
        byte[] bytes = answer.json().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
