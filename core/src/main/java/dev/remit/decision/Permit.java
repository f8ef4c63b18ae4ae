package dev.remit.decision;

import dev.remit.call.Call;
import dev.remit.ledger.Event;
import dev.remit.ledger.Receipt;

/**
 * Leave to send one call to its upstream: the judge allowed it, and the ledger has that durably.
 * The only thing an upstream accepts, and it accepts nothing but the call inside.
 */
public final class Permit {
    private final Decision.Allow allow;

    private Permit(Decision.Allow allow) {
        this.allow = allow;
    }

    /** Joins a decision and its own receipt; any other receipt is a fault of this program. */
    public static Permit of(Decision.Allow allow, Receipt receipt) {
        boolean own =
                receipt.event() instanceof Event.Decided decided
                        && decided.call().equals(allow.file().call().id())
                        && isAllowance(decided.ruling());
        if (!own) {
            throw new IllegalStateException("the receipt is not for this decision");
        }
        return new Permit(allow);
    }

    private static boolean isAllowance(Event.Ruling ruling) {
        return switch (ruling) {
            case Event.Ruling.Allowed _,
                    Event.Ruling.Continued _,
                    Event.Ruling.Approved _,
                    Event.Ruling.Drawn _ ->
                    true;
            case Event.Ruling.Asked _, Event.Ruling.Refused _ -> false;
        };
    }

    public Call call() {
        return allow.file().call();
    }

    /** The decision that it stands for. */
    public Decision.Allow allow() {
        return allow;
    }

    /** The case that was decided. */
    public Case file() {
        return allow.file();
    }
}
