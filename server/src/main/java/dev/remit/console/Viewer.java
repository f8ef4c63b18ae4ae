package dev.remit.console;

import dev.remit.ledger.told.Line;
import dev.remit.session.SignedIn;
import dev.remit.web.Section;

/** Somebody who looks, and what they may see: their own, or everything. */
record Viewer(SignedIn who) {
    boolean seesAll() {
        return Section.SEEING_ALL.stream().anyMatch(who::has);
    }

    /** Whether this is theirs, or they see everything. */
    boolean sees(Line line) {
        return seesAll() || line.person().filter(one -> one.equals(who.person().id())).isPresent();
    }
}
