package dev.remit.client;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.DpopSigner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A gateway as an enrolled agent reaches it: every request with a fresh token and proof, renewed
 * without anybody.
 */
public final class Gateway {
    private static final Duration RENEW_BEFORE = Duration.ofSeconds(45);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Optional<Renewal> renewal;
    private final URI address;
    private final DpopSigner signer;
    private final Optional<String> mandate;
    private final HttpClient http = client();
    private final ReentrantLock renewing = new ReentrantLock(); // guards token and identity
    private Identity identity;
    private Optional<Token> token = Optional.empty();
    private volatile Optional<String> nonce = Optional.empty(); // the last that was told

    private record Token(String text, Instant expiresAt) {}

    /**
     * How to become known again to a gateway that knows the instance no more.
     *
     * @param file where the identity is kept
     */
    public record Renewal(Enrolment by, Path file) {
        /** If this way to enrol can be gone again. */
        public static Optional<Renewal> by(Enrolment enrolment, Path file) {
            return enrolment.lasts() ? Optional.of(new Renewal(enrolment, file)) : Optional.empty();
        }
    }

    /**
     * @param mandate the mandate to act under; empty for the agent's current one
     */
    public Gateway(Identity identity, Optional<String> mandate, Optional<Renewal> renewal) {
        this.identity = identity;
        this.address = identity.gateway();
        this.signer = new DpopSigner(identity.key().pair());
        this.renewal = renewal;
        this.mandate = mandate;
    }

    /** A gateway for an identity, under the agent's current mandate. */
    public static Gateway of(Identity identity) {
        return new Gateway(identity, Optional.empty(), Optional.empty());
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Enrols an identity's key.
     *
     * @throws GatewayFailed if the gateway does not take it; the message says why
     */
    public static Identity enrol(Identity identity, Enrolment enrolment) {
        URI gateway = identity.gateway();
        DpopSigner signer = new DpopSigner(identity.key().pair());
        Value.Fields body =
                Value.object()
                        .put(
                                "jwks",
                                Value.object()
                                        .put(
                                                "keys",
                                                new Value.Items(
                                                        List.of(signer.publicKey().members())))
                                        .build())
                        .build();
        HttpResponse<InputStream> response =
                register(gateway, signer, enrolment, body, Optional.empty());
        if (response.statusCode() != 201 && told(response).isPresent()) {
            drain(response);
            response = register(gateway, signer, enrolment, body, told(response));
        }
        Value.Fields answer = json(response, 201, "the gateway did not take the enrolment");
        return identity.enrolledAs(answer.text("client_id").orElseThrow());
    }

    private static HttpResponse<InputStream> register(
            URI gateway,
            DpopSigner signer,
            Enrolment enrolment,
            Value.Fields body,
            Optional<String> nonce) {
        Instant now = Instant.now();
        URI target = gateway.resolve("/oauth2/register");
        String word = enrolment.word(signer, origin(gateway), fresh(), now);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .header("Authorization", "Bearer " + word)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.json()));
        return proven(client(), request, signer, target, nonce, now);
    }

    /** The gateway's URL for a path, which begins with a slash. */
    public URI at(String path) {
        return URI.create(origin(address) + path); // not resolved: //host/ would leave
    }

    /** Sends a request that nobody takes back. */
    public HttpResponse<InputStream> send(
            String method, String path, Map<String, String> headers, byte[] body) {
        return send(method, path, headers, body, new UnderWay());
    }

    /**
     * Sends a request with a token and a proof; once more with a new token if the first is not
     * taken.
     */
    public HttpResponse<InputStream> send(
            String method,
            String path,
            Map<String, String> headers,
            byte[] body,
            UnderWay underWay) {
        HttpResponse<InputStream> response = sendOnce(method, path, headers, body, underWay);
        if (response.statusCode() != 401 || isStepUp(response)) {
            return response;
        }
        forget();
        drain(response);
        return sendOnce(method, path, headers, body, underWay);
    }

    /** Whether it takes another yes of the person, and not another token (RFC 9470). */
    static boolean isStepUp(HttpResponse<?> response) {
        return response.headers().allValues("WWW-Authenticate").stream()
                .anyMatch(one -> one.contains("error=\"insufficient_user_authentication\""));
    }

    private HttpResponse<InputStream> sendOnce(
            String method,
            String path,
            Map<String, String> headers,
            byte[] body,
            UnderWay underWay) {
        URI target = at(path);
        String bearer = token();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        request.setHeader("Authorization", "DPoP " + bearer);
        String plain = target.getRawQuery() == null ? target.toString() : strip(target);
        request.setHeader(
                "DPoP",
                signer.proof(method, plain, Optional.of(bearer), nonce, fresh(), Instant.now()));
        HttpResponse<InputStream> response = exchange(http, request.build(), underWay);
        nonce = told(response);
        return response;
    }

    /** A fresh proof for a request with this token. */
    public String proof(String method, String path, String accessToken) {
        return signer.proof(
                method,
                at(path).toString(),
                Optional.of(accessToken),
                nonce,
                fresh(),
                Instant.now());
    }

    /** The nonce that proofs are to carry from now on (RFC 9449, section 8). */
    private static Optional<String> told(HttpResponse<?> response) {
        return response.headers().firstValue("DPoP-Nonce");
    }

    private static HttpResponse<InputStream> proven(
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

    private static String strip(URI target) {
        String text = target.toString();
        return text.substring(0, text.indexOf('?'));
    }

    /** The access token to use now. */
    public String token() {
        renewing.lock();
        try {
            Instant enough = Instant.now().plus(RENEW_BEFORE);
            if (token.isEmpty() || !enough.isBefore(token.get().expiresAt())) {
                token = Optional.of(renew());
            }
            return token.get().text();
        } finally {
            renewing.unlock();
        }
    }

    private void forget() {
        renewing.lock();
        try {
            token = Optional.empty();
        } finally {
            renewing.unlock();
        }
    }

    private Token renew() {
        Instant asked = Instant.now();
        HttpResponse<InputStream> response = askForToken();
        if (response.statusCode() == 401 && renewal.isPresent()) {
            drain(response);
            identity = enrol(identity, renewal.get().by());
            identity.write(renewal.get().file());
            response = askForToken();
        }
        Value.Fields answer = json(response, 200, "the gateway gave no token");
        return new Token(
                answer.text("access_token").orElseThrow(),
                asked.plusSeconds(answer.whole("expires_in").orElseThrow()));
    }

    /** Once more, if a nonce was asked for. */
    private HttpResponse<InputStream> askForToken() {
        URI target = at("/oauth2/token");
        Optional<String> before = nonce;
        HttpResponse<InputStream> response = askForToken(target, Instant.now());
        if (response.statusCode() != 200 && nonce.isPresent() && !nonce.equals(before)) {
            drain(response);
            return askForToken(target, Instant.now());
        }
        return response;
    }

    private HttpResponse<InputStream> askForToken(URI target, Instant now) {
        Map<String, String> form = new TreeMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        String issuer = origin(address);
        form.put("client_assertion", signer.assertion(client(identity), issuer, fresh(), now));
        mandate.ifPresent(id -> form.put("mandate", id));
        StringBuilder body = new StringBuilder();
        form.forEach(
                (name, value) ->
                        body.append(body.isEmpty() ? "" : "&")
                                .append(name)
                                .append('=')
                                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        HttpResponse<InputStream> response = proven(http, request, signer, target, nonce, now);
        nonce = told(response);
        return response;
    }

    private static String client(Identity identity) {
        return identity.client()
                .orElseThrow(
                        () ->
                                new GatewayFailed(
                                        "this identity is not enrolled; get a code with `remit agent"
                                                + " new NAME`"));
    }

    private static String origin(URI gateway) {
        return gateway.getScheme() + "://" + gateway.getRawAuthority();
    }

    private static HttpResponse<InputStream> exchange(
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

    private static Value.Fields json(
            HttpResponse<InputStream> response, int wanted, String otherwise) {
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

    private static void drain(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            body.readNBytes(1 << 16);
        } catch (IOException e) {
            throw new GatewayFailed("the gateway broke off", e);
        }
    }

    private static String fresh() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
