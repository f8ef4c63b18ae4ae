package dev.remit.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The nonces of RFC 9449, sections 8 and 9: a word that only this process can have said, and not
 * longer ago than it remembers what was used with it. They are not kept; each is the sealed number
 * of a generation of the {@link ReplayGuard}.
 */
public final class Nonces {
    private static final String SEAL = "HmacSHA256";

    private final SecretKeySpec secret;
    private final Demand demand;

    /** When a proof needs a nonce. */
    public enum Demand {
        ALWAYS,
        /** When the proof may have been used without that being remembered. */
        WHEN_NEEDED
    }

    /**
     * @param secret random bytes that no other process has
     */
    public Nonces(byte[] secret, Demand demand) {
        this.secret = new SecretKeySpec(secret, SEAL);
        this.demand = demand;
    }

    boolean always() {
        return demand == Demand.ALWAYS;
    }

    /** The nonce of this generation. */
    String of(long generation) {
        try {
            Mac mac = Mac.getInstance(SEAL);
            mac.init(secret);
            byte[] sealed =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(generation).array());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks " + SEAL, e);
        }
    }

    /** Whether it is the nonce of this generation or of the one before. */
    boolean isRecent(String nonce, long generation) {
        return matches(nonce, generation) || matches(nonce, generation - 1);
    }

    private boolean matches(String nonce, long generation) {
        return MessageDigest.isEqual(
                nonce.getBytes(StandardCharsets.UTF_8),
                of(generation).getBytes(StandardCharsets.UTF_8));
    }
}
