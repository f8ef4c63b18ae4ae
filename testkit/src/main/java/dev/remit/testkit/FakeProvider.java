package dev.remit.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An OpenID provider over real HTTP with real signatures: it checks PKCE, the redirect address and
 * the client's secret, and redeems a code once. Whoever comes is the person it was told; it lies
 * about what it is told to lie about.
 */
public final class FakeProvider implements AutoCloseable {
    public static final String CLIENT = "remit";
    public static final String SECRET = "s3cret/with:odd+characters";

    /** How it signs. */
    public enum Signing {
        RS256,
        NONE,
        HS256_WITH_PUBLIC_KEY,
        OTHER_KEY
    }

    private final HttpServer server;
    private final KeyPair keys = keys();
    private final KeyPair otherKeys = keys();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger redeemed = new AtomicInteger();
    private volatile Signing signing = Signing.RS256;
    private volatile Value.Fields claims = Value.Fields.EMPTY;
    private volatile String answersAs;

    public FakeProvider() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answersAs = issuer();
        server.createContext("/", this::answer);
        server.start();
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who comes from now on: claims of the ID token; they replace the honest ones. */
    public void vouchFor(Value.Fields who) {
        claims = who;
    }

    public void sign(Signing how) {
        signing = how;
    }

    /** Names another issuer in the answer to the browser ({@code iss}); empty names none. */
    public void answerAs(String issuer) {
        answersAs = issuer;
    }

    /** How many codes were asked to be redeemed. */
    public int redeemed() {
        return redeemed.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> json(exchange, 200, metadata());
                case "/keys" -> json(exchange, 200, published());
                case "/authorize" -> authorize(exchange);
                case "/token" -> token(exchange);
                default -> json(exchange, 404, Value.Fields.EMPTY);
            }
        }
    }

    private Value.Fields metadata() {
        return Value.object()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/keys")
                .put("authorization_response_iss_parameter_supported", true)
                .build();
    }

    private Value.Fields published() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        Value jwk =
                Value.object()
                        .put("kty", "RSA")
                        .put("kid", "1")
                        .put("use", "sig")
                        .put("alg", "RS256")
                        .put("n", encode(unsigned(key.getModulus().toByteArray())))
                        .put("e", encode(unsigned(key.getPublicExponent().toByteArray())))
                        .build();
        return Value.object().put("keys", new Value.Items(List.of(jwk))).build();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        String to =
                asked.get("redirect_uri")
                        + "?code="
                        + code
                        + "&state="
                        + encodeUrl(asked.getOrDefault("state", ""))
                        + (answersAs.isEmpty() ? "" : "&iss=" + encodeUrl(answersAs));
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        redeemed.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> form = form(body);
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        if (asked == null || !fits(exchange, asked, form)) {
            json(exchange, 400, Value.object().put("error", "invalid_grant").build());
            return;
        }
        json(
                exchange,
                200,
                Value.object()
                        .put("access_token", "unused")
                        .put("token_type", "Bearer")
                        .put("id_token", idToken(asked))
                        .build());
    }

    private static boolean fits(
            HttpExchange exchange, Map<String, String> asked, Map<String, String> form) {
        String client = CLIENT + ":" + encodeUrl(SECRET);
        String basic =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(client.getBytes(StandardCharsets.UTF_8));
        byte[] verifier =
                form.getOrDefault("code_verifier", "").getBytes(StandardCharsets.US_ASCII);
        return basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && asked.getOrDefault("redirect_uri", "").equals(form.get("redirect_uri"))
                && "S256".equals(asked.get("code_challenge_method"))
                && Digest.of(verifier).base64Url().equals(asked.get("code_challenge"));
    }

    private String idToken(Map<String, String> asked) {
        long now = Instant.now().getEpochSecond();
        Value.Fields said =
                Value.object()
                        .put("iss", issuer())
                        .put("sub", "nobody")
                        .put("aud", CLIENT)
                        .put("nonce", asked.getOrDefault("nonce", ""))
                        .put("iat", now)
                        .put("exp", now + 300)
                        .build();
        if (asked.containsKey("max_age")) {
            said = said.with("auth_time", Value.of(now));
        }
        for (Map.Entry<String, Value> claim : claims.values().entrySet()) {
            said = said.with(claim.getKey(), claim.getValue());
        }
        try {
            return signed(said);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signed(Value.Fields said) throws GeneralSecurityException {
        String alg =
                switch (signing) {
                    case RS256, OTHER_KEY -> "RS256";
                    case NONE -> "none";
                    case HS256_WITH_PUBLIC_KEY -> "HS256";
                };
        Value header = Value.object().put("alg", alg).put("kid", "1").put("typ", "JWT").build();
        String text = encode(JsonWriter.plain(header)) + "." + encode(JsonWriter.plain(said));
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return text
                + "."
                + switch (signing) {
                    case NONE -> "";
                    case HS256_WITH_PUBLIC_KEY -> {
                        Mac mac = Mac.getInstance("HmacSHA256");
                        mac.init(new SecretKeySpec(keys.getPublic().getEncoded(), "HmacSHA256"));
                        yield encode(mac.doFinal(bytes));
                    }
                    case RS256, OTHER_KEY -> {
                        Signature signature = Signature.getInstance("SHA256withRSA");
                        signature.initSign(
                                signing == Signing.RS256
                                        ? keys.getPrivate()
                                        : otherKeys.getPrivate());
                        signature.update(bytes);
                        yield encode(signature.sign());
                    }
                };
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int is = pair.indexOf('=');
            form.put(
                    URLDecoder.decode(pair.substring(0, is), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(is + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    private static void json(HttpExchange exchange, int status, Value.Fields said)
            throws IOException {
        byte[] bytes = JsonWriter.plain(said);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encodeUrl(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
