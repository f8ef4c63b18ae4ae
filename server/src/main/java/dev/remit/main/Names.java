package dev.remit.main;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.security.SecureRandom;
import java.util.Base64;

/** Fresh names and secrets. */
public final class Names {
    private static final TimeBasedEpochRandomGenerator TIME_ORDERED =
            Generators.timeBasedEpochRandomGenerator(new SecureRandom());
    private static final SecureRandom RANDOM = new SecureRandom();

    private Names() {}

    /** A name never given before, in the order of time: a version 7 UUID (RFC 9562) in hex. */
    public static String fresh() {
        return TIME_ORDERED.generate().toString().replace("-", "");
    }

    /** A word of 192 random bits. */
    public static String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(24));
    }

    /** A word of 256 random bits. */
    public static String longSecret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
    }

    /** Fresh random bytes. */
    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
