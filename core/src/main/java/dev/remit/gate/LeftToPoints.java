package dev.remit.gate;

import dev.remit.call.Outcome;
import dev.remit.decision.Permit;
import dev.remit.identity.Binding;
import java.time.Duration;

/**
 * The way out, with the calls left alone that an enforcement point makes itself: this gateway sends
 * nothing for those, and how they end is not seen here.
 */
public final class LeftToPoints implements Upstream {
    private final Upstream upstream;

    LeftToPoints(Upstream upstream) {
        this.upstream = upstream;
    }

    /** How a call ends, for this gateway, that was left to a point. */
    public static Outcome.Unknown to(String point) {
        return new Outcome.Unknown("it was left to " + point, Duration.ZERO);
    }

    @Override
    public Outcome forward(Permit permit, Line line) {
        return switch (permit.file().caller().binding()) {
            case Binding.Own _ -> upstream.forward(permit, line);
            case Binding.Vouched(String point) -> to(point);
        };
    }
}
