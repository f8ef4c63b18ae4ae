package dev.remit.mandate;

import java.time.Instant;

/** A mandate and what has been used of it. */
public record Sheet(Mandate mandate, Usage usage) {

    /** Whether it has not ended, by a word or by time, idleness included. */
    public boolean isInForce(Instant now) {
        return mandate.isInForce(now)
                && mandate.limits().idle().stream()
                        .allMatch(longest -> now.isBefore(usage.lastAllowedAt().plus(longest)));
    }
}
