package dev.remit.authority;

import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.vault.FileKeys;
import dev.remit.vault.OwnKeys;
import dev.remit.vault.Sealer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs any header and any claims, with any key: also the gateway's own, if one has its folder. */
final class Forge {
    private final Siege siege;
    final KeyPair gatewayKey;

    Forge(Siege siege) {
        this.siege = siege;
        this.gatewayKey = key(siege.gateway.data(), KeyUse.TOKENS);
    }

    /** A thief who has the keys and what they are sealed with has them all. */
    static KeyPair key(Path data, KeyUse use) {
        Path folder = data.resolve("keys");
        Sealer sealer = new Sealer(FileKeys.at(folder.resolve("sealing.key"), false));
        return new OwnKeys(folder, sealer).all(use).getFirst();
    }

    /** The header that the gateway's own tokens have. */
    Value.Fields header() {
        return Value.object()
                .put("typ", "at+jwt")
                .put("kid", Jwk.of(gatewayKey.getPublic()).thumbprint().base64Url())
                .put("alg", "EdDSA")
                .build();
    }

    /** The claims that a good token of the besieged agent has. */
    Value.Fields claims() {
        long now = Instant.now().getEpochSecond();
        String jkt = siege.key.publicKey().thumbprint().base64Url();
        return Value.object()
                .put("iss", siege.gateway.issuer())
                .put("aud", siege.gateway.issuer())
                .put("sub", siege.agent)
                .put("client_id", siege.client)
                .put("cnf", Value.object().put("jkt", jkt).build())
                .put("jti", "forged")
                .put("iat", now)
                .put("exp", now + 60)
                .build();
    }

    /** A token that the gateway's own key has signed. */
    String byGateway(Value.Fields header, Value.Fields claims) {
        return signed(header.json(), claims.json(), gatewayKey.getPrivate());
    }

    String byStranger(Value.Fields header) {
        return signed(header.json(), claims().json(), Forgeries.ed25519().getPrivate());
    }

    static String signed(String header, String claims, PrivateKey key) {
        try {
            String text = encode(header) + "." + encode(claims);
            Signature signer =
                    Signature.getInstance(
                            key.getAlgorithm().equals("EC")
                                    ? "SHA256withECDSAinP1363Format"
                                    : "Ed25519");
            signer.initSign(key);
            signer.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + encode(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String sealed(byte[] secret) {
        try {
            String header = header().with("alg", Value.of("HS256")).json();
            String text = encode(header) + "." + encode(claims().json());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return text + "." + encode(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String withSignature(String token, byte[] signature) {
        return token.substring(0, token.lastIndexOf('.') + 1) + encode(signature);
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
