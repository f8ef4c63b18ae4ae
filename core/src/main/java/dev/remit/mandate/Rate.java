package dev.remit.mandate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * At most so many calls in any stretch of time, wherever it begins.
 *
 * @param calls 1 to {@value #MOST}
 * @param per a second to a day
 */
public record Rate(int calls, Duration per) {
    static final int MOST = 100;

    public Rate {
        if (calls < 1 || calls > MOST) {
            throw new IllegalArgumentException("a rate is 1 to " + MOST + " calls");
        }
        if (per.compareTo(Duration.ofSeconds(1)) < 0 || per.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a rate is for a second to a day");
        }
    }

    /**
     * When the next call may be made; empty if it may be now.
     *
     * @param recent the last calls that were allowed, the newest last
     */
    Optional<Instant> next(List<Instant> recent, Instant now) {
        if (recent.size() < calls) {
            return Optional.empty();
        }
        Instant next = recent.get(recent.size() - calls).plus(per);
        return now.isBefore(next) ? Optional.of(next) : Optional.empty();
    }
}
