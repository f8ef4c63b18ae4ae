package dev.remit.client;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One request to the gateway and its answer, for those who ask it something. */
final class Wire {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Wire() {}

    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The nonce that proofs are to carry from now on (RFC 9449, section 8). */
    static Optional<String> told(HttpResponse<?> response) {
        return response.headers().firstValue("DPoP-Nonce");
    }

    static HttpResponse<InputStream> proven(
            HttpClient http,
            HttpRequest.Builder request,
            DpopSigner signer,
            URI target,
            Optional<String> nonce,
            Instant now) {
        String proof =
                signer.proof("POST", target.toString(), Optional.empty(), nonce, fresh(), now);
        return exchange(http, request.setHeader("DPoP", proof).build(), new UnderWay());
    }

    static String origin(URI gateway) {
        return gateway.getScheme() + "://" + gateway.getRawAuthority();
    }

    static HttpResponse<InputStream> exchange(
            HttpClient http, HttpRequest request, UnderWay underWay) {
        try {
            return underWay.send(http, request);
        } catch (CancellationException e) {
            throw new GatewayFailed("the request was taken back", e);
        } catch (IOException e) {
            throw new GatewayFailed(
                    "the gateway at "
                            + origin(request.uri())
                            + " cannot be reached; is `remit up` running?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayFailed("interrupted", e);
        }
    }

    static Value.Fields json(HttpResponse<InputStream> response, int wanted, String otherwise) {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(1 << 20);
            if (response.statusCode() != wanted) {
                throw new GatewayFailed(otherwise + ": " + reason(bytes));
            }
            return JsonReader.readFields(bytes);
        } catch (IOException | MalformedJson e) {
            throw new GatewayFailed("the gateway's answer cannot be read", e);
        }
    }

    private static String reason(byte[] bytes) {
        try {
            Value.Fields problem = JsonReader.readFields(bytes);
            return problem.text("error_description")
                    .or(() -> problem.text("title"))
                    .orElse("no reason given");
        } catch (MalformedJson e) {
            return "no reason given";
        }
    }

    static void drain(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            body.readNBytes(1 << 16);
        } catch (IOException e) {
            throw new GatewayFailed("the gateway broke off", e);
        }
    }

    static String fresh() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
