package dev.remit.ledger;

import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/**
 * What a log's key says of the one that comes after it, so that whoever trusts the one can trust
 * the other: its signature over
 *
 * <pre>
 * "remit/log-key/v1" 0x00 · number i64 · key 32 bytes
 * </pre>
 */
public final class Endorsement {
    private static final byte[] DOMAIN = "remit/log-key/v1\0".getBytes(StandardCharsets.US_ASCII);

    private Endorsement() {}

    /** Endorses the log's key of this number, with the key before it. */
    public static String sign(PrivateKey before, long number, Jwk next) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(before);
            signer.update(text(number, next));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the log's key does not sign", e);
        }
    }

    /** Whether the key before it says so. */
    public static boolean holds(Jwk before, long number, Jwk next, String endorsement) {
        try {
            byte[] signature = Base64.getDecoder().decode(endorsement);
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(before.key());
            check.update(text(number, next));
            return signature.length == 64 && check.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] text(long number, Jwk next) {
        byte[] key = Jws.decode(next.members().text("x").orElseThrow());
        return ByteBuffer.allocate(DOMAIN.length + Long.BYTES + key.length)
                .put(DOMAIN)
                .putLong(number)
                .put(key)
                .array();
    }
}
