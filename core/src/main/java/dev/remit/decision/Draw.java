package dev.remit.decision;

import dev.remit.ledger.RuleSaid;

/**
 * A rule's own yes to a call that its mandate does not include, instead of its giver's.
 *
 * @param rule its id
 * @param most how many calls under one mandate it says yes to
 * @param sentence what it says to people
 */
public record Draw(String rule, long most, String sentence) {
    static final String PREFIX = RuleSaid.DRAWN;

    /** As its uses are counted; no permission of a mandate can be called so. */
    public String name() {
        return PREFIX + rule;
    }
}
