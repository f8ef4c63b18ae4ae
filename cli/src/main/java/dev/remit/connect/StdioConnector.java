package dev.remit.connect;

import dev.remit.call.JsonReader;
import dev.remit.call.JsonWriter;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.client.EventStream;
import dev.remit.client.Gateway;
import dev.remit.client.GatewayFailed;
import dev.remit.client.HeaderMirror;
import dev.remit.client.UnderWay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * MCP over stdio towards the client, Streamable HTTP towards the gateway: one line in is one POST,
 * each message that comes back is one line out. Knows the protocol only as far as the two
 * transports differ.
 */
public final class StdioConnector {
    private static final byte[] NOTHING = new byte[0];
    private static final int GONE = 404;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Gateway gateway;
    private final String path;
    private final BufferedReader in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock(); // guards out: one line at a time
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Value, UnderWay> underWay = new ConcurrentHashMap<>();
    private final HeaderMirror mirror = new HeaderMirror();
    private volatile Map<String, String> session = Map.of(); // headers of the legacy session

    public StdioConnector(Gateway gateway, String path, InputStream in, OutputStream out) {
        this.gateway = gateway;
        this.path = path;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
    }

    /** Carries messages until the client closes its side. */
    public void run() throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                receive(line);
            }
        }
        threads.shutdown();
        finish();
        if (!session.isEmpty()) {
            try (InputStream answer = gateway.send("DELETE", path, session, NOTHING).body()) {
                answer.readAllBytes();
            }
        }
        threads.shutdownNow();
    }

    /**
     * What the client asked before it closed its side still gets its answer, for a while. What the
     * gateway may say of itself is not waited for.
     */
    private void finish() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!underWay.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(String line) {
        Value.Fields message;
        try {
            message = JsonReader.readFields(line.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            write(
                    error(
                            new Value.Nothing(),
                            -32700,
                            "The message cannot be read: " + e.getMessage()));
            return;
        }
        Optional<Value> id = message.get("id");
        String method = message.text("method").orElse("");
        if (method.equals("notifications/cancelled") && !isInSession()) {
            cancel(message);
            return;
        }
        UnderWay request = new UnderWay();
        id.filter(_ -> !method.isEmpty()).ifPresent(name -> underWay.put(name, request));
        if (id.isEmpty() || method.isEmpty() || method.equals("initialize")) {
            carry(message, id, request); // in order: a session begins with these
        } else {
            threads.execute(() -> carry(message, id, request));
        }
    }

    private boolean isInSession() {
        return !session.isEmpty();
    }

    /** Over HTTP, a request without a session is cancelled by closing its connection. */
    private void cancel(Value.Fields message) {
        message.fields("params")
                .flatMap(params -> params.get("requestId"))
                .map(underWay::remove)
                .ifPresent(UnderWay::takeBack);
    }

    private void carry(Value.Fields message, Optional<Value> id, UnderWay underWay) {
        try {
            String fault = fault(message, underWay);
            boolean request = id.isPresent() && message.text("method").isPresent();
            if (request && !fault.isEmpty() && !underWay.isTakenBack()) {
                write(error(id.get(), -32603, fault));
            }
        } finally {
            id.ifPresent(name -> this.underWay.remove(name, underWay));
        }
    }

    /** Sends the message and delivers what is answered; says what went wrong. */
    private String fault(Value.Fields message, UnderWay underWay) {
        try {
            HttpResponse<InputStream> response =
                    gateway.send(
                            "POST", path, headers(message), JsonWriter.plain(message), underWay);
            return deliver(message, response) ? "" : explain(response.statusCode());
        } catch (GatewayFailed e) {
            return "Remit: " + e.getMessage();
        }
    }

    private String explain(int status) {
        return status == GONE && !session.isEmpty()
                ? "Remit: the gateway was restarted; start the client's connection again"
                : "Remit: the gateway answered with HTTP status " + status;
    }

    private Map<String, String> headers(Value.Fields message) {
        Map<String, String> headers = new HashMap<>(session);
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        if (isModern(message)) {
            headers.putAll(mirror.headers(message));
        }
        return headers;
    }

    private static boolean isModern(Value.Fields message) {
        return HeaderMirror.version(message).isPresent();
    }

    /** Writes the answer's messages; whether there was one with the request's id. */
    private boolean deliver(Value.Fields message, HttpResponse<InputStream> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (message.text("method").orElse("").equals("initialize")) {
            response.headers().firstValue("Mcp-Session-Id").ifPresent(this::begin);
        }
        boolean[] answered = {false};
        try (InputStream body = response.body()) {
            if (type.startsWith("text/event-stream")) {
                EventStream.read(body, event -> answered[0] |= forward(message, event));
            } else {
                byte[] whole = body.readAllBytes();
                answered[0] = whole.length > 0 && forward(message, whole);
            }
        } catch (IOException e) {
            return answered[0];
        }
        return answered[0];
    }

    private boolean forward(Value.Fields request, byte[] json) {
        try {
            Value.Fields message = JsonReader.readFields(json);
            if (message.text("jsonrpc").isEmpty()) {
                return false;
            }
            boolean answer =
                    message.get("id").equals(request.get("id")) && message.get("method").isEmpty();
            if (answer) {
                mirror.learn(request, message);
                agree(request, message);
            }
            write(message);
            return answer;
        } catch (MalformedJson e) {
            return false;
        }
    }

    private void begin(String id) {
        session = Map.of("Mcp-Session-Id", id);
    }

    /** After initialize: every request names the version, and the gateway may speak first. */
    private void agree(Value.Fields request, Value.Fields answer) {
        Optional<String> version =
                answer.fields("result").flatMap(result -> result.text("protocolVersion"));
        if (!request.text("method").orElse("").equals("initialize") || version.isEmpty()) {
            return;
        }
        Map<String, String> agreed = new HashMap<>(session);
        agreed.put("MCP-Protocol-Version", version.get());
        session = Map.copyOf(agreed);
        threads.execute(this::listen);
    }

    private void listen() {
        Map<String, String> headers = new HashMap<>(session);
        headers.put("Accept", "text/event-stream");
        HttpResponse<InputStream> response = gateway.send("GET", path, headers, NOTHING);
        try (InputStream body = response.body()) {
            if (response.statusCode() == 200) {
                EventStream.read(body, event -> forward(Value.Fields.EMPTY, event));
            }
        } catch (IOException e) {
            // The stream ended; the gateway answers requests all the same.
        }
    }

    private void write(Value.Fields message) {
        byte[] line = (message.json() + "\n").getBytes(StandardCharsets.UTF_8);
        writing.lock();
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            throw new GatewayFailed("the client has gone away", e);
        } finally {
            writing.unlock();
        }
    }

    private static Value.Fields error(Value id, int code, String text) {
        return Value.object()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("error", Value.object().put("code", code).put("message", text).build())
                .build();
    }
}
