package dev.remit.mandate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a mandate ends, whatever else happens.
 *
 * @param expiresAt from this moment on nothing is allowed
 * @param idle it ends when nothing was allowed for so long
 * @param uses how many calls it is good for in all
 * @param strikes it ends with this many calls that overstepped it; at least 1
 */
public record Limits(Instant expiresAt, Optional<Duration> idle, OptionalLong uses, long strikes) {
    public static final long USUAL_STRIKES = 5;

    public Limits {
        if (idle.isPresent() && (idle.get().isNegative() || idle.get().isZero())) {
            throw new IllegalArgumentException("the idle time is longer than nothing");
        }
        if (uses.isPresent() && uses.getAsLong() < 1) {
            throw new IllegalArgumentException("a mandate is good for at least one use");
        }
        if (strikes < 1) {
            throw new IllegalArgumentException("a mandate ends with at least one strike");
        }
    }
}
