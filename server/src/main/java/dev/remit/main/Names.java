package dev.remit.main;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

/** Fresh names and secrets. */
public final class Names {
    private static final TimeBasedEpochRandomGenerator TIME_ORDERED =
            Generators.timeBasedEpochRandomGenerator(new SecureRandom());
    private static final SecureRandom RANDOM = new SecureRandom();

    private Names() {}

    /**
     * A name never given before, in the order of time: a version 7 UUID (RFC 9562) in 26 letters
     * and digits.
     */
    public static String fresh() {
        UUID uuid = TIME_ORDERED.generate();
        byte[] bytes =
                ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
        String digits = new BigInteger(1, bytes).toString(32).toUpperCase(Locale.ROOT);
        return "0".repeat(26 - digits.length()) + digits;
    }

    /** A word of 192 random bits. */
    public static String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(24));
    }

    /** Fresh random bytes. */
    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
