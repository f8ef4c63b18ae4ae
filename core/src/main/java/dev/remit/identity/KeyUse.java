package dev.remit.identity;

import java.util.Arrays;
import java.util.Optional;

/** What one of the gateway's own signing keys is for; it is good for nothing else. */
public enum KeyUse {
    /** Access and refresh tokens. */
    TOKENS("tokens"),
    /** The log's checkpoints. */
    LOG("log"),
    /** Agent passports and their status lists. */
    PASSPORTS("passports");

    private final String text;

    KeyUse(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static Optional<KeyUse> of(String text) {
        return Arrays.stream(values()).filter(use -> use.text.equals(text)).findFirst();
    }
}
