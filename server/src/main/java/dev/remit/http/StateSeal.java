package dev.remit.http;

import dev.remit.call.JsonReader;
import dev.remit.call.JsonWriter;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what somebody keeps for the gateway between two requests (AES-256-GCM): they can neither
 * read nor change it, nor use it for another purpose, as somebody else, or later.
 */
public final class StateSeal {
    private static final String MARK = "gw1.";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom dice;

    /**
     * @param key 32 secret bytes, the same on every node
     */
    public StateSeal(byte[] key, SecureRandom dice) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the key for request states has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.dice = dice;
    }

    /**
     * Seals a state.
     *
     * @param bound what it is good for; needed in the very same words to open it
     */
    public String seal(Value.Fields state, String bound, Instant now, Duration life) {
        byte[] nonce = new byte[NONCE];
        dice.nextBytes(nonce);
        Value.Fields dated = state.with("exp", Value.of(now.plus(life).getEpochSecond()));
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, bound);
            byte[] sealed = cipher.doFinal(JsonWriter.plain(dated));
            byte[] whole =
                    ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
            return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks AES-GCM", e);
        }
    }

    /** Opens what was sealed for the same purpose; empty if it was not, or too long ago. */
    public Optional<Value.Fields> open(String text, String bound, Instant now) {
        if (!text.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(text.substring(MARK.length()));
            if (whole.length <= NONCE) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(whole, NONCE);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, bound);
            Value.Fields state =
                    JsonReader.readFields(cipher.doFinal(whole, NONCE, whole.length - NONCE));
            boolean timely =
                    state.whole("exp").isPresent()
                            && now.getEpochSecond() < state.whole("exp").getAsLong();
            return timely ? Optional.of(state) : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException | MalformedJson e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
