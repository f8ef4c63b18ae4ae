package dev.remit.identity;

import dev.remit.call.JsonReader;
import dev.remit.call.JsonWriter;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/**
 * A signed JSON object in compact form (RFC 7515, section 7.1), read but not yet trusted.
 *
 * <p>The algorithm follows from the key ({@link Jwk#fits}); critical extensions, detached payloads
 * and encodings with padding or stray bits are refused.
 *
 * @param signed the text that the signature covers
 */
public record Jws(Value.Fields header, Value.Fields claims, String signed, String signature) {
    static final int MAX_LENGTH = 8_192;

    /** Reads the three parts; empty if they are not strictly that. */
    public static Optional<Jws> read(String compact) {
        return read(compact, MAX_LENGTH);
    }

    /** The same of at most so many characters. */
    public static Optional<Jws> read(String compact, int longest) {
        int first = compact.indexOf('.');
        int second = compact.indexOf('.', first + 1);
        if (compact.length() > longest
                || first < 1
                || second < 0
                || compact.indexOf('.', second + 1) >= 0) {
            return Optional.empty();
        }
        try {
            Value.Fields header = JsonReader.readFields(decode(compact.substring(0, first)));
            Value.Fields claims =
                    JsonReader.readFields(decode(compact.substring(first + 1, second)));
            if (header.get("crit").isPresent() || header.get("b64").isPresent()) {
                return Optional.empty();
            }
            return Optional.of(
                    new Jws(
                            header,
                            claims,
                            compact.substring(0, second),
                            compact.substring(second + 1)));
        } catch (IllegalArgumentException | MalformedJson e) {
            return Optional.empty();
        }
    }

    /** Whether this key made the signature. */
    public boolean isSignedBy(Jwk key) {
        String alg = header.text("alg").orElse("");
        try {
            if (!key.fits(alg)) {
                return false;
            }
            Signature check = signature(key.key());
            check.initVerify(key.key());
            check.update(signed.getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = decode(signature);
            return bytes.length == 64 && check.verify(bytes);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }

    /** Signs; the header gets the algorithm that goes with the key. */
    public static String sign(Value.Fields header, Value.Fields claims, PrivateKey key) {
        String alg = key.getAlgorithm().equals("EC") ? "ES256" : "EdDSA";
        String text =
                encode(JsonWriter.plain(header.with("alg", Value.of(alg))))
                        + "."
                        + encode(JsonWriter.plain(claims));
        try {
            Signature signer =
                    Signature.getInstance(
                            alg.equals("ES256") ? "SHA256withECDSAinP1363Format" : "Ed25519");
            signer.initSign(key);
            signer.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + encode(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that this process holds does not sign", e);
        }
    }

    private static Signature signature(PublicKey key) throws GeneralSecurityException {
        return Signature.getInstance(
                key.getAlgorithm().equals("EC") ? "SHA256withECDSAinP1363Format" : "Ed25519");
    }

    /** Base64url exactly as RFC 7515, section 2, writes it. */
    public static byte[] decode(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        int spare = text.length() % 4;
        boolean padded = !text.isEmpty() && text.charAt(text.length() - 1) == '=';
        if (padded
                || spare == 1
                || (spare > 0 && !encode(bytes).endsWith(text.substring(text.length() - 1)))) {
            throw new IllegalArgumentException("not base64url as RFC 7515 writes it");
        }
        return bytes;
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
