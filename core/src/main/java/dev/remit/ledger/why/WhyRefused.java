package dev.remit.ledger.why;

import dev.remit.ledger.Event;

/** A refusal as the ledger has it, in words. */
public final class WhyRefused {
    private WhyRefused() {}

    /** The refusal, and what it counts. */
    public static String said(Event.Ruling.Refused refused) {
        StringBuilder said = new StringBuilder(refused.refusal());
        if (!refused.detail().isEmpty()) {
            said.append(". ").append(refused.detail());
        }
        if (refused.weight() > 0) {
            said.append(" (a strike");
            said.append(refused.weight() > 1 ? " of weight " + refused.weight() + ")" : ")");
        }
        if (refused.times() > 1) {
            said.append("; time ").append(refused.times()).append(" in a row");
        }
        if (refused.more() > 0) {
            said.append(", ").append(refused.more()).append(" of them not written down");
        }
        return said.toString();
    }
}
