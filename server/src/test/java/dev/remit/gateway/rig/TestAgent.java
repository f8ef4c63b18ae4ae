package dev.remit.gateway.rig;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.gateway.wire.Meta;
import dev.remit.identity.AccessToken;
import dev.remit.identity.Actor;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Instance;
import dev.remit.identity.Jwk;
import dev.remit.identity.Lineage;
import dev.remit.identity.MandateId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** An agent with a key of its own, speaking the protocol by hand. */
public final class TestAgent {
    private final TestGateway gateway;
    private final Instance instance;
    private final KeyPair keys;
    private final DpopSigner signer;
    private final Optional<MandateId> mandate;
    private final Optional<Lineage> lineage;
    private final AtomicLong ids = new AtomicLong();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestAgent(TestGateway gateway, Instance instance, KeyPair keys) {
        this(gateway, instance, keys, Optional.empty(), Optional.empty());
    }

    /**
     * @param lineage where its authority comes from, if it was passed on
     */
    TestAgent(
            TestGateway gateway,
            Instance instance,
            KeyPair keys,
            Optional<MandateId> mandate,
            Optional<Lineage> lineage) {
        this.mandate = mandate;
        this.lineage = lineage;
        this.gateway = gateway;
        this.instance = instance;
        this.keys = keys;
        this.signer = new DpopSigner(keys);
    }

    public Instance instance() {
        return instance;
    }

    public KeyPair keys() {
        return keys;
    }

    /** A fresh access token. */
    public String token() {
        Instant now = Instant.now();
        return new AccessToken(
                        TestGateway.ISSUER,
                        TestGateway.ISSUER,
                        Optional.empty(),
                        Optional.empty(),
                        Actor.of(instance),
                        lineage,
                        mandate,
                        Optional.empty(),
                        Optional.of(Jwk.of(keys.getPublic()).thumbprint()),
                        name(),
                        now,
                        now.plus(Duration.ofMinutes(5)))
                .sign(gateway.tokenKeys().getPrivate(), Jwk.of(gateway.tokenKeys().getPublic()));
    }

    /** The two headers that say and prove who asks. */
    public Map<String, String> credentials(String method, String target) {
        String token = token();
        return Map.of(
                "Authorization",
                "DPoP " + token,
                "DPoP",
                signer.proof(method, target, Optional.of(token), name(), Instant.now()));
    }

    private String name() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(gateway.random(12));
    }

    /** What came back: status, headers and messages in order. */
    public record Heard(int status, HttpResponse<byte[]> response, List<Value.Fields> messages) {
        public Value.Fields last() {
            return messages.getLast();
        }

        public Value.Fields result() {
            return last().fields("result").orElseThrow(() -> new AssertionError(last().json()));
        }

        public Value.Fields error() {
            return last().fields("error").orElseThrow(() -> new AssertionError(last().json()));
        }

        /** The text of a tool's result. */
        public String text() {
            return result().items("content").stream()
                    .map(one -> ((Value.Fields) one).text("text").orElse(""))
                    .reduce("", String::concat);
        }
    }

    /** Posts these bytes with these headers besides the credentials. */
    public Heard post(String path, byte[] body, Map<String, String> headers) {
        return send("POST", path, HttpRequest.BodyPublishers.ofByteArray(body), headers);
    }

    public Heard send(
            String method,
            String path,
            HttpRequest.BodyPublisher body,
            Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway.origin() + path))
                        .timeout(Duration.ofSeconds(60))
                        .method(method, body);
        credentials(method, gateway.origin() + path).forEach(request::setHeader);
        headers.forEach(request::setHeader);
        try {
            HttpResponse<byte[]> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Heard(response.statusCode(), response, messages(response));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Value.Fields> messages(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        List<Value.Fields> messages = new ArrayList<>();
        try {
            if (type.startsWith("text/event-stream")) {
                String text = new String(response.body(), StandardCharsets.UTF_8);
                for (String line : text.lines().toList()) {
                    if (line.startsWith("data: ")) {
                        byte[] json = line.substring(6).getBytes(StandardCharsets.UTF_8);
                        messages.add(JsonReader.readFields(json));
                    }
                }
            } else if (response.body().length > 0) {
                messages.add(JsonReader.readFields(response.body()));
            }
            return messages;
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    /** Headers that every stateless request has. */
    public static Map<String, String> headers(String method, Optional<String> name) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("MCP-Protocol-Version", "2026-07-28");
        headers.put("Mcp-Method", method);
        name.ifPresent(one -> headers.put("Mcp-Name", one));
        return headers;
    }

    /** A stateless request, with parameters that get their {@code _meta}. */
    public Heard request(String path, String method, Value.Fields params) {
        return request(path, method, params, Value.Fields.EMPTY);
    }

    public Heard request(
            String path, String method, Value.Fields params, Value.Fields capabilities) {
        Value.Fields body = message(method, params, capabilities);
        Optional<String> name =
                switch (method) {
                    case "tools/call", "prompts/get" -> params.text("name");
                    case "resources/read" -> params.text("uri");
                    case "tasks/get", "tasks/update", "tasks/cancel" -> params.text("taskId");
                    default -> Optional.empty();
                };
        return post(path, body.json().getBytes(StandardCharsets.UTF_8), headers(method, name));
    }

    /** The message of a stateless request. */
    public Value.Fields message(String method, Value.Fields params, Value.Fields capabilities) {
        Value.Fields meta =
                params.fields(Meta.NAME)
                        .orElse(Value.Fields.EMPTY)
                        .with(Meta.VERSION, Value.of("2026-07-28"))
                        .with(Meta.CAPABILITIES, capabilities);
        return Value.object()
                .put("jsonrpc", "2.0")
                .put("id", ids.incrementAndGet())
                .put("method", method)
                .put("params", params.with(Meta.NAME, meta))
                .build();
    }

    public Heard call(String path, String tool, Value.Fields arguments) {
        return request(
                path,
                "tools/call",
                Value.object().put("name", tool).put("arguments", arguments).build());
    }

    /** The names of the tools that are shown. */
    public List<String> tools(String path) {
        return request(path, "tools/list", Value.Fields.EMPTY).result().items("tools").stream()
                .map(one -> ((Value.Fields) one).text("name").orElseThrow())
                .toList();
    }
}
