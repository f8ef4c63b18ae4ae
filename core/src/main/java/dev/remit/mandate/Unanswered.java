package dev.remit.mandate;

import dev.remit.call.Digest;
import dev.remit.identity.InstanceId;
import java.time.Duration;
import java.time.Instant;

/**
 * A call that ended with a question of the upstream. One later call of the same instance may bring
 * the answer, as a further round of the same use.
 *
 * @param permission the permission that allowed the first round, and paid for it
 * @param action what every round must be about
 * @param round how many rounds there have been
 * @param since when it was asked
 */
public record Unanswered(
        InstanceId instance, String permission, Digest action, long round, Instant since) {
    /** How long a question may wait for its answer. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    /** More rounds than this are not taken for one call. */
    public static final long MOST_ROUNDS = 8;

    /** Whether an answer that comes now is in time. */
    public boolean isOpen(Instant now) {
        return now.isBefore(since.plus(LIFE)) && round < MOST_ROUNDS;
    }
}
