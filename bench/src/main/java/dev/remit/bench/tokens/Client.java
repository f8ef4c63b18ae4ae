package dev.remit.bench.tokens;

import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** A client as a server knows it, and its P-256 key. */
record Client(String id, KeyPair keys) {
    static Client fresh(String id) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return new Client(id, generator.generateKeyPair());
    }

    /** The public key as a server's list of clients has it. */
    Value.Fields jwk() {
        return Jwk.of(keys.getPublic())
                .members()
                .with("alg", Value.of("ES256"))
                .with("use", Value.of("sig"))
                .with("kid", Value.of(id));
    }

    Value.Fields write() {
        Base64.Encoder base64 = Base64.getEncoder();
        return Value.object()
                .put("id", id)
                .put("public", base64.encodeToString(keys.getPublic().getEncoded()))
                .put("private", base64.encodeToString(keys.getPrivate().getEncoded()))
                .build();
    }

    static Client read(Value.Fields written) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("EC");
        return new Client(
                written.text("id").orElseThrow(),
                new KeyPair(
                        factory.generatePublic(new X509EncodedKeySpec(bytes(written, "public"))),
                        factory.generatePrivate(
                                new PKCS8EncodedKeySpec(bytes(written, "private")))));
    }

    private static byte[] bytes(Value.Fields written, String name) {
        return Base64.getDecoder().decode(written.text(name).orElseThrow());
    }
}
