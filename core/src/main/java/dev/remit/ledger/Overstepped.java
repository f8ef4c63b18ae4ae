package dev.remit.ledger;

import dev.remit.conduct.Excess;

/**
 * Strikes came to more than is borne, and something is stopped because of it: a mandate is revoked,
 * an instance or an agent suspended until a person restores it.
 */
public record Overstepped(Excess excess) implements Event.OfConduct {

    /** Why it was stopped, in a sentence's words. */
    public String why() {
        return "overstepping: strikes of weight "
                + excess.weight()
                + ", of which "
                + excess.borne()
                + " end it, by the rule `"
                + excess.rule()
                + "`";
    }
}
