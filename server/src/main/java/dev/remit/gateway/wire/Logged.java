package dev.remit.gateway.wire;

import java.util.List;
import java.util.Optional;

/** The levels of log messages, the least severe first. */
public final class Logged {
    private static final List<String> LEVELS =
            List.of(
                    "debug",
                    "info",
                    "notice",
                    "warning",
                    "error",
                    "critical",
                    "alert",
                    "emergency");

    private Logged() {}

    public static boolean isLevel(String level) {
        return LEVELS.contains(level);
    }

    /** Whether a message of this level is wanted by somebody who asked for the other and above. */
    public static boolean isWanted(String level, Optional<String> from) {
        return from.isPresent() && LEVELS.indexOf(level) >= LEVELS.indexOf(from.get());
    }
}
