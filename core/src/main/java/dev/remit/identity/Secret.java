package dev.remit.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A text that no log, error or listing shows. */
public final class Secret {
    /** Less is not told apart from ordinary text, so it could not be hidden in an answer. */
    public static final int SHORTEST = 8;

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The text itself, for whoever sends or seals it. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8),
                        secret.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0; // not even a hash leaves
    }

    @Override
    public String toString() {
        return "***";
    }
}
