package dev.remit.mandate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * When a mandate ends, whatever else happens, and how much it is good for until then.
 *
 * @param expiresAt from this moment on nothing is allowed
 * @param idle it ends when nothing was allowed for so long
 * @param uses how many calls it is good for in all
 * @param strikes it ends when the calls that overstepped it weigh so much; at least 1
 * @param atOnce how many calls may be under way at a time
 * @param rate how many calls there may be in any stretch of time
 * @param budgets what the calls may come to, added up
 * @param endsWhen it is completed when a call of one of these tools has succeeded
 * @param asks how many questions an hour its giver may be asked about calls it does not include; 0
 *     to {@value #MOST_ASKS}
 */
public record Limits(
        Instant expiresAt,
        Optional<Duration> idle,
        OptionalLong uses,
        long strikes,
        OptionalLong atOnce,
        Optional<Rate> rate,
        List<Budget> budgets,
        List<Glob> endsWhen,
        int asks) {
    public static final long USUAL_STRIKES = 5;
    public static final int MOST_ASKS = 60;

    /** How many questions an hour if the giver says nothing else. */
    public static final int USUAL_ASKS = 6;

    private static final int MOST = 32;

    /** Nothing but an end, which is told apart. */
    public static final Limits USUAL =
            new Limits(Instant.EPOCH, Optional.empty(), OptionalLong.empty(), USUAL_STRIKES);

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
        if (atOnce.isPresent() && atOnce.getAsLong() < 1) {
            throw new IllegalArgumentException("at least one call at a time");
        }
        if (asks < 0 || asks > MOST_ASKS) {
            throw new IllegalArgumentException("0 to " + MOST_ASKS + " questions an hour");
        }
        budgets = List.copyOf(budgets);
        endsWhen = List.copyOf(endsWhen);
        Set<String> names = new HashSet<>();
        if (budgets.size() > MOST || !budgets.stream().allMatch(one -> names.add(one.name()))) {
            throw new IllegalArgumentException(
                    "at most " + MOST + " budgets, each with a name of its own");
        }
        if (endsWhen.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " tools that end it");
        }
    }

    /** Limits of time and number alone. */
    public Limits(Instant expiresAt, Optional<Duration> idle, OptionalLong uses, long strikes) {
        this(
                expiresAt,
                idle,
                uses,
                strikes,
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                0);
    }

    /** The same, with this end. */
    public Limits until(Instant end) {
        return new Limits(end, idle, uses, strikes, atOnce, rate, budgets, endsWhen, asks);
    }

    /** The same, with so many questions an hour. */
    public Limits asking(int perHour) {
        return new Limits(expiresAt, idle, uses, strikes, atOnce, rate, budgets, endsWhen, perHour);
    }
}
