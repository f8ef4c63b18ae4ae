package dev.remit.approval;

import java.util.Locale;
import java.util.Optional;

/** What a person says to a question. */
public enum Verdict {
    /** This call, once. */
    ONCE,
    /** This call, as often as the task needs it. */
    FOR_TASK,
    /** Calls like it, as often as the task needs them. */
    LIKE_IT,
    /** Not this call. */
    NO,
    /** Not this call, and do not ask about this tool again for this task. */
    NEVER;

    /** The stable name, as the log, the commands and the manual have it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Verdict> of(String code) {
        for (Verdict one : values()) {
            if (one.code().equals(code)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Whether the call may be made. */
    public boolean isYes() {
        return this == ONCE || widens();
    }

    /** Whether it widens the mandate, beyond this one call. */
    public boolean widens() {
        return this == FOR_TASK || this == LIKE_IT;
    }
}
