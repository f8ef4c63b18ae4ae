package dev.remit.client;

import dev.remit.call.Value;
import dev.remit.identity.DelegationChain;
import dev.remit.identity.DpopSigner;
import dev.remit.identity.Handover;
import dev.remit.identity.Jwk;
import dev.remit.identity.MandateId;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A gateway as an enrolled agent reaches it: every request with a fresh token and proof, renewed
 * without anybody.
 */
public final class Gateway {
    private static final Duration RENEW_BEFORE = Duration.ofSeconds(45);

    private final Optional<Renewal> renewal;
    private final URI address;
    private final DpopSigner signer;
    private final Optional<String> mandate;
    private final HttpClient http = Wire.client();
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

        /** A chain that has ended makes way for a newer one; the others for an unknown instance. */
        private boolean isFor(int status) {
            return status == 401 || by instanceof Enrolment.ByChain;
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

    /**
     * Enrols an identity's key.
     *
     * @throws GatewayFailed if the gateway does not take it; the message says why
     */
    public static Identity enrol(Identity identity, Enrolment enrolment) {
        URI gateway = identity.gateway();
        DpopSigner signer = new DpopSigner(identity.key().pair());
        if (enrolment instanceof Enrolment.ByChain) {
            return byChain(
                    identity, enrolment.word(signer, Wire.origin(gateway), "", Instant.now()));
        }
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
        if (response.statusCode() != 201 && Wire.told(response).isPresent()) {
            Wire.drain(response);
            response = register(gateway, signer, enrolment, body, Wire.told(response));
        }
        Value.Fields answer = Wire.json(response, 201, "the gateway did not take the enrolment");
        return identity.enrolledAs(answer.text("client_id").orElseThrow());
    }

    /** The chain is the enrolment; what it is answered with is a token, which is not needed yet. */
    private static Identity byChain(Identity identity, String text) {
        DelegationChain chain = PassedOn.read(text, identity.key(), Instant.now());
        Gateway asking = Gateway.of(identity);
        HttpResponse<InputStream> answer = asking.askForToken(PassedOn.form(chain));
        Value.Fields _ = Wire.json(answer, 200, "the gateway did not take what was passed on");
        return identity.by(chain).enrolledAs(PassedOn.client(chain));
    }

    private static HttpResponse<InputStream> register(
            URI gateway,
            DpopSigner signer,
            Enrolment enrolment,
            Value.Fields body,
            Optional<String> nonce) {
        Instant now = Instant.now();
        URI target = gateway.resolve("/oauth2/register");
        String word = enrolment.word(signer, Wire.origin(gateway), Wire.fresh(), now);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .header("Authorization", "Bearer " + word)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.json()));
        return Wire.proven(Wire.client(), request, signer, target, nonce, now);
    }

    /** The gateway's URL for a path, which begins with a slash. */
    public URI at(String path) {
        return URI.create(Wire.origin(address) + path); // not resolved: //host/ would leave
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
        Wire.drain(response);
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
                signer.proof(
                        method, plain, Optional.of(bearer), nonce, Wire.fresh(), Instant.now()));
        HttpResponse<InputStream> response = Wire.exchange(http, request.build(), underWay);
        nonce = Wire.told(response);
        return response;
    }

    /** A fresh proof for a request with this token. */
    public String proof(String method, String path, String accessToken) {
        return signer.proof(
                method,
                at(path).toString(),
                Optional.of(accessToken),
                nonce,
                Wire.fresh(),
                Instant.now());
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
        HttpResponse<InputStream> response = askForToken(credentials());
        boolean unknown = response.statusCode() == 401 || response.statusCode() == 400;
        if (unknown && renewal.filter(way -> way.isFor(response.statusCode())).isPresent()) {
            Wire.drain(response);
            identity = enrol(identity, renewal.get().by());
            identity.write(renewal.get().file());
            return renewed(asked, askForToken(credentials()));
        }
        return renewed(asked, response);
    }

    private Token renewed(Instant asked, HttpResponse<InputStream> response) {
        Value.Fields answer =
                Wire.json(
                        response,
                        200,
                        identity.chain().isEmpty()
                                ? "the gateway gave no token"
                                : "the gateway gave no token for what was passed on; it may have"
                                        + " ended, and whoever passed it on can sign another");
        return new Token(
                answer.text("access_token").orElseThrow(),
                asked.plusSeconds(answer.whole("expires_in").orElseThrow()));
    }

    /** Once more, if a nonce was asked for. */
    private HttpResponse<InputStream> askForToken(Map<String, String> form) {
        URI target = at("/oauth2/token");
        Optional<String> before = nonce;
        HttpResponse<InputStream> response = askForToken(target, form, Instant.now());
        if (response.statusCode() != 200 && nonce.isPresent() && !nonce.equals(before)) {
            Wire.drain(response);
            return askForToken(
                    target,
                    form.containsKey("client_assertion") ? credentials() : form,
                    Instant.now());
        }
        return response;
    }

    /** What the instance asks by for a token of its own (RFC 7523). */
    private Map<String, String> credentials() {
        Map<String, String> form = new TreeMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put(
                "client_assertion",
                signer.assertion(
                        client(identity), Wire.origin(address), Wire.fresh(), Instant.now()));
        mandate.ifPresent(id -> form.put("mandate", id));
        return form;
    }

    private HttpResponse<InputStream> askForToken(
            URI target, Map<String, String> form, Instant now) {
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
        HttpResponse<InputStream> response = Wire.proven(http, request, signer, target, nonce, now);
        nonce = Wire.told(response);
        return response;
    }

    /**
     * Passes a part of what this instance may do on to a helper's key, by its signature and with no
     * server. Each part bears the name of the mandate's permission that it is a part of, unless
     * this instance has its own authority by a chain, where the names are seen.
     *
     * @throws GatewayFailed if it would not be taken; the message says what to do
     */
    public DelegationChain delegate(String under, Handover what, Jwk to) {
        renewing.lock();
        try {
            return identity.delegate(new MandateId(under), what, to, Instant.now());
        } finally {
            renewing.unlock();
        }
    }

    static String client(Identity identity) {
        return identity.client()
                .orElseThrow(
                        () ->
                                new GatewayFailed(
                                        "this identity is not enrolled; get a code with `remit agent"
                                                + " new NAME`"));
    }
}
