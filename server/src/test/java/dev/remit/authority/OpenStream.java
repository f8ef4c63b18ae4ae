package dev.remit.authority;

import dev.remit.authority.Crew.Member;
import dev.remit.main.Names;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What an agent hears on a stream that it holds open. */
final class OpenStream {
    /** Never closed: that would wait for the streams. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String LISTEN =
            """
            {"jsonrpc":"2.0","id":1,"method":"subscriptions/listen",\
            "params":{"notifications":{"toolsListChanged":true},\
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";
    private static final String HELLO =
            """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{\
            "protocolVersion":"2025-11-25","capabilities":{},\
            "clientInfo":{"name":"t","version":"1"}}}""";

    private final HttpResponse<InputStream> stream;

    private OpenStream(HttpResponse<InputStream> stream) {
        this.stream = stream;
        if (stream.statusCode() != 200) {
            throw new IllegalStateException("status " + stream.statusCode());
        }
    }

    /** One that stands for itself. */
    static OpenStream listen(Crew crew, Member by, String token) {
        return new OpenStream(
                send(
                        request(
                                crew,
                                by,
                                token,
                                LISTEN,
                                Map.of(
                                        "MCP-Protocol-Version",
                                        "2026-07-28",
                                        "Mcp-Method",
                                        "subscriptions/listen")),
                        HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** The {@code GET} of a session. */
    static OpenStream hold(Crew crew, Member by, String token) {
        String session =
                send(
                                request(crew, by, token, HELLO, Map.of()),
                                HttpResponse.BodyHandlers.ofString())
                        .headers()
                        .firstValue("Mcp-Session-Id")
                        .orElseThrow();
        return new OpenStream(
                send(
                        request(crew, by, token, "", Map.of("Mcp-Session-Id", session)),
                        HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** Reads on until a line has this in it; when that was, by {@link System#nanoTime}. */
    long heardAt(String what) {
        try {
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(what)) {
                    return System.nanoTime();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("the stream ended without " + what);
    }

    /** Reads on until it ends; when that was, by {@link System#nanoTime}. */
    long endedAt() {
        try (InputStream body = stream.body()) {
            body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return System.nanoTime();
    }

    private static <T> HttpResponse<T> send(
            HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A post of this body, or a GET if there is none. */
    static HttpRequest request(
            Crew crew, Member by, String token, String body, Map<String, String> headers) {
        String target = crew.siege.gateway.issuer() + "/mcp/desk";
        String method = body.isEmpty() ? "GET" : "POST";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(target))
                        .header("Content-Type", "application/json")
                        .header(
                                "Accept",
                                body.isEmpty()
                                        ? "text/event-stream"
                                        : "application/json, text/event-stream")
                        .header("Authorization", "DPoP " + token)
                        .header(
                                "DPoP",
                                by.key()
                                        .proof(
                                                method,
                                                target,
                                                Optional.of(token),
                                                Names.secret(),
                                                Instant.now()))
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.build();
    }
}
