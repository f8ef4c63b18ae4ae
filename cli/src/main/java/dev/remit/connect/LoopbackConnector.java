package dev.remit.connect;

import dev.remit.call.Value;
import dev.remit.client.Gateway;
import dev.remit.client.GatewayFailed;
import dev.remit.client.UnderWay;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Plain HTTP on loopback towards the client, token and proof towards the gateway; everything else
 * passes as it is.
 *
 * <p>Whoever can open a connection to its port acts as the agent, so it listens on loopback alone.
 */
public final class LoopbackConnector implements Edge {
    private static final int LONGEST_BODY = 16 * 1024 * 1024;
    private static final int PART = 16 * 1024;

    /** What belongs to one connection alone (RFC 9110, section 7.6.1), or is made anew. */
    private static final Set<String> OWN =
            Set.of(
                    "connection",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "content-length",
                    "host",
                    "expect",
                    "authorization",
                    "dpop",
                    "origin",
                    "proxy-authorization",
                    "proxy-authenticate",
                    "proxy-connection");

    private final Gateway gateway;

    public LoopbackConnector(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void answer(Exchange exchange) {
        Map<String, String> headers = new HashMap<>();
        for (String name : exchange.headerNames()) {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(", ", exchange.headers(name)));
            }
        }
        byte[] body = exchange.body(LONGEST_BODY);
        String target = exchange.path() + exchange.query().map(query -> "?" + query).orElse("");
        UnderWay underWay = new UnderWay();
        exchange.whenGone(underWay::takeBack);
        HttpResponse<InputStream> response;
        try {
            response = gateway.send(exchange.method(), target, headers, body, underWay);
        } catch (GatewayFailed e) {
            exchange.answer(
                    502, Value.object().put("title", String.valueOf(e.getMessage())).build());
            return;
        }
        pass(response, exchange);
    }

    private static void pass(HttpResponse<InputStream> response, Exchange exchange) {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
            if (!OWN.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                headers.put(header.getKey(), String.join(", ", header.getValue()));
            }
        }
        try (InputStream body = response.body()) {
            if (!headers.getOrDefault("content-type", "").startsWith("text/event-stream")) {
                exchange.answer(response.statusCode(), headers, body.readAllBytes());
                return;
            }
            Exchange.Streamed answer = exchange.stream(response.statusCode(), headers);
            byte[] part = new byte[PART];
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                if (!answer.write(Arrays.copyOf(part, read))) {
                    return;
                }
            }
            answer.end();
        } catch (IOException e) {
            // One side broke off: the client sees its answer end.
        }
    }
}
