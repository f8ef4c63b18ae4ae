package dev.remit.authority;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Origin;
import dev.remit.main.Names;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer somewhere else, with keys at an address, that signs whatever it is told to. */
final class OutsideIssuer implements AutoCloseable {
    final KeyPair rsa = rsa(2_048);
    final KeyPair curve = Forgeries.p256();
    final AtomicInteger fetched = new AtomicInteger();
    private final HttpServer server;
    volatile Answer answer = Answer.of(keys(jwk("a", rsa), jwk("b", curve)));

    /** What it answers to whoever asks for its keys. */
    record Answer(int status, String type, String body, long afterMillis) {
        static Answer of(Value.Fields json) {
            return new Answer(200, "application/json", json.json(), 0);
        }
    }

    OutsideIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/keys", this::serve);
        server.createContext(
                "/.well-known/openid-configuration",
                exchange ->
                        write(
                                exchange,
                                Answer.of(
                                        Value.object()
                                                .put("issuer", name())
                                                .put("jwks_uri", name() + "/keys")
                                                .build())));
        server.start();
    }

    String name() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    URI jwks() {
        return URI.create(name() + "/keys");
    }

    Origin origin() {
        return Origin.of(jwks());
    }

    private void serve(HttpExchange exchange) throws IOException {
        fetched.incrementAndGet();
        write(exchange, answer);
    }

    private static void write(HttpExchange exchange, Answer said) throws IOException {
        try (exchange) {
            Thread.sleep(said.afterMillis());
            exchange.getResponseHeaders().set("Content-Type", said.type());
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/keys");
            byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Value.Fields keys(Value... keys) {
        return Value.object().put("keys", new Value.Items(List.of(keys))).build();
    }

    static Value.Fields jwk(String kid, KeyPair keys) {
        Value.Fields members =
                keys.getPublic() instanceof RSAPublicKey key
                        ? Value.object()
                                .put("kty", "RSA")
                                .put("n", number(key.getModulus()))
                                .put("e", number(key.getPublicExponent()))
                                .build()
                        : Jwk.of(keys.getPublic()).members();
        return members.with("kid", Value.of(kid)).with("use", Value.of("sig"));
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int zeros = bytes[0] == 0 ? 1 : 0;
        return Forge.encode(java.util.Arrays.copyOfRange(bytes, zeros, bytes.length));
    }

    static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it usually says of a workload, to this audience. */
    Value.Fields workload(String subject, String audience) {
        long now = Instant.now().getEpochSecond();
        return Value.object()
                .put("iss", name())
                .put("sub", subject)
                .put("aud", Value.ofTexts(List.of(audience)))
                .put("jti", Names.secret())
                .put("iat", now)
                .put("exp", now + 3_600)
                .build();
    }

    String says(Value.Fields claims) {
        return signed(
                rsa, "RS256", Value.object().put("typ", "JWT").put("kid", "a").build(), claims);
    }

    static String signed(KeyPair keys, String alg, Value.Fields header, Value.Fields claims) {
        String text =
                Forge.encode(header.with("alg", Value.of(alg)).json())
                        + "."
                        + Forge.encode(claims.json());
        try {
            Signature signer =
                    Signature.getInstance(
                            switch (keys.getPrivate().getAlgorithm()) {
                                case "RSA" -> "SHA256withRSA";
                                case "EC" -> "SHA256withECDSAinP1363Format";
                                default -> "Ed25519";
                            });
            signer.initSign(keys.getPrivate());
            signer.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + Forge.encode(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
