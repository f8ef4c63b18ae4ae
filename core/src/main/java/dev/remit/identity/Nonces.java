package dev.remit.identity;

import dev.remit.call.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The nonces of RFC 9449, sections 8 and 9: a word that only this process can have said, and not
 * longer ago than it remembers what was used with it. They are not kept; each is the sealed number
 * of a generation of the {@link ReplayGuard}.
 */
public final class Nonces {
    private final byte[] secret;
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
        this.secret = secret.clone();
        this.demand = demand;
    }

    boolean always() {
        return demand == Demand.ALWAYS;
    }

    /** The nonce of this generation. */
    String of(long generation) {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(generation).array();
        return Digest.of(secret, number).base64Url(); // of one length, so that none extends another
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
