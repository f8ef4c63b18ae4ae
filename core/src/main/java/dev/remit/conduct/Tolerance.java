package dev.remit.conduct;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How much is borne, and what follows when it is too much.
 *
 * @param name what people call it
 * @param over whose strikes are added up
 * @param strikes with this weight it is too much; at least 1
 * @param within only those of so long a time are added up; empty means all that are remembered
 */
public record Tolerance(
        String name, Over over, long strikes, Optional<Duration> within, Then then) {
    /** What the limit that every mandate has is called; no rule of the operator is called so. */
    public static final String OF_MANDATE = "strikes";

    /** Whose strikes are added up. */
    public enum Over {
        MANDATE,
        INSTANCE,
        AGENT
    }

    /** What is stopped. */
    public enum Then {
        /** The mandate that the last strike overstepped is revoked. */
        REVOKE_MANDATE,
        /** The instance is suspended, and whatever hangs from it. */
        SUSPEND_INSTANCE,
        /** The agent is suspended, with all its instances and whatever hangs from them. */
        SUSPEND_AGENT
    }

    public Tolerance {
        if (strikes < 1) {
            throw new IllegalArgumentException("at least one strike is borne");
        }
    }

    /** What this strike was too much of; empty if it was not. */
    public Optional<Excess> exceededBy(Strike last, Function<Subject, Conduct> books) {
        Optional<Subject> counted = counted(last);
        Optional<Subject> stopped = stopped(last);
        if (counted.isEmpty() || stopped.isEmpty()) {
            return Optional.empty();
        }
        List<Strike> counting =
                books.apply(counted.get()).counting(books).stream()
                        .filter(one -> isRecent(one, last.at()))
                        .toList();
        long weight = counting.stream().mapToLong(Strike::weight).sum();
        return weight < strikes
                ? Optional.empty()
                : Optional.of(
                        new Excess(
                                counted.get(),
                                stopped.get(),
                                name,
                                strikes,
                                weight,
                                counting.stream().map(Strike::entry).toList()));
    }

    private boolean isRecent(Strike one, Instant now) {
        return within.stream().allMatch(time -> one.at().isAfter(now.minus(time)));
    }

    private Optional<Subject> counted(Strike last) {
        return switch (over) {
            case MANDATE -> last.mandate().map(Subject.OfMandate::new);
            case INSTANCE -> Optional.of(new Subject.OfInstance(last.instance()));
            case AGENT -> last.agent().map(Subject.OfAgent::new);
        };
    }

    private Optional<Subject> stopped(Strike last) {
        return switch (then) {
            case REVOKE_MANDATE -> last.mandate().map(Subject.OfMandate::new);
            case SUSPEND_INSTANCE -> Optional.of(new Subject.OfInstance(last.instance()));
            case SUSPEND_AGENT ->
                    Optional.of(
                            last.agent()
                                    .<Subject>map(Subject.OfAgent::new)
                                    .orElseGet(() -> new Subject.OfInstance(last.instance())));
        };
    }
}
