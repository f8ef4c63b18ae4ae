package dev.remit.authority;

import dev.remit.call.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A code for people to type or to compare (RFC 8628, section 6.1): ten letters of twenty, 43 random
 * bits, none of which forms words or is taken for another.
 */
record TypedCode(String letters) {
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int LENGTH = 10;
    private static final int EVEN = 256 / 20 * 20; // above it, some letters would come more often

    /** The code that a fresh random word stands for. */
    static TypedCode of(String secret) {
        StringBuilder letters = new StringBuilder();
        Digest random = Digest.of(("remit/code\0" + secret).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; letters.length() < LENGTH; i++) {
            if (i == random.bytes().length) {
                random = Digest.of(random.bytes());
                i = 0;
            }
            int one = random.bytes()[i] & 0xff;
            if (one < EVEN) {
                letters.append(ALPHABET.charAt(one % ALPHABET.length()));
            }
        }
        return new TypedCode(letters.toString());
    }

    /** What somebody typed; case, spaces and dashes do not matter. */
    static Optional<TypedCode> typed(String text) {
        if (text.length() > 100) {
            return Optional.empty();
        }
        String letters = text.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
        boolean fits =
                letters.length() == LENGTH
                        && letters.chars().allMatch(one -> ALPHABET.indexOf(one) >= 0);
        return fits ? Optional.of(new TypedCode(letters)) : Optional.empty();
    }

    /** In two groups, as it is shown. */
    String shown() {
        return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
    }
}
