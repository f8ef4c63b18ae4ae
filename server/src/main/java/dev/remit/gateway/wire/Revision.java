package dev.remit.gateway.wire;

import java.util.List;
import java.util.Optional;

/** A revision of the protocol that is spoken here, oldest first. */
public enum Revision {
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    V2026_07_28("2026-07-28");

    /** The newest revision that has sessions. */
    public static final Revision LAST_WITH_SESSIONS = V2025_11_25;

    /** The revision without sessions. */
    public static final Revision STATELESS = V2026_07_28;

    private static final List<Revision> ALL = List.of(values());

    private final String text;

    Revision(String text) {
        this.text = text;
    }

    public static Optional<Revision> of(String text) {
        for (Revision one : ALL) {
            if (one.text.equals(text)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Whether a conversation starts with {@code initialize} and keeps a state between requests. */
    public boolean hasSessions() {
        return this != V2026_07_28;
    }

    /** Whether requests after {@code initialize} must name the revision in a header. */
    public boolean namesItselfInHeaders() {
        return this != V2025_03_26;
    }

    public String text() {
        return text;
    }
}
