package dev.remit.mandate;

import java.time.Instant;
import java.util.OptionalLong;

/** A mandate and what has been used of it. */
public record Sheet(Mandate mandate, Usage usage) {

    /** Whether it has not ended, by a word or by time, idleness included. */
    public boolean isInForce(Instant now) {
        return mandate.isInForce(now)
                && mandate.limits().idle().stream()
                        .allMatch(longest -> now.isBefore(usage.lastAllowedAt().plus(longest)));
    }

    /** The status, and what time and use have made of it, in one word. */
    public String state(Instant now) {
        return switch (mandate.status()) {
            case Mandate.Status.Revoked _ -> "revoked";
            case Mandate.Status.Completed _ -> "completed";
            case Mandate.Status.Active _ -> {
                if (!mandate.isInForce(now)) {
                    yield "expired";
                }
                if (!isInForce(now)) {
                    yield "idle";
                }
                OptionalLong uses = mandate.limits().uses();
                yield uses.isPresent() && usage.calls() >= uses.getAsLong() ? "spent" : "active";
            }
        };
    }
}
