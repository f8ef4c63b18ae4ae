package dev.remit.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.call.Value;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.Origin;
import dev.remit.identity.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model behind the chat completions that local servers have; it says what it is told to. */
public final class FakeModel implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private volatile String says = "";
    private volatile int status = 200;

    public FakeModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
        Value choice =
                Value.object().put("message", Value.object().put("content", says).build()).build();
        byte[] answer =
                Value.object()
                        .put("choices", new Value.Items(List.of(choice)))
                        .build()
                        .json()
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** What it answers from now on. */
    public void says(String answer) {
        says = answer;
    }

    /** How it answers from now on. */
    public void status(int now) {
        status = now;
    }

    /** The bodies of what it was asked. */
    public List<String> asked() {
        return asked;
    }

    /** The Authorization headers that it was asked with. */
    public List<String> tokens() {
        return tokens;
    }

    /** Settings with which it is asked. */
    public ModelSettings settings(Set<ModelSettings.Look> looks) {
        return new ModelSettings(url(), "small", Optional.of(new Secret("s3cret")), looks);
    }

    /** What reaches it. */
    public SafeFetch fetch(Vertx vertx) {
        return new SafeFetch(vertx, Set.of(Origin.of(url())));
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
