package dev.remit.decision.intent;

import java.util.Locale;
import java.util.Optional;

/** How much a rule of intent counts. */
public enum Mode {
    /** What it says is written down. */
    OBSERVE,
    /** What it says is written down as a warning. */
    WARN,
    /** It asks, or refuses. */
    ENFORCE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Mode> of(String code) {
        for (Mode one : values()) {
            if (one.code().equals(code)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
