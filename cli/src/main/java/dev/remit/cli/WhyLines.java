package dev.remit.cli;

import dev.remit.ledger.why.Why;
import java.io.PrintStream;

/** Why a call was decided as it was, on a terminal. */
public final class WhyLines {
    private WhyLines() {}

    /** Tells it to a person. */
    public static void tell(Why why, PrintStream out) {
        why.told().forEach(one -> out.printf("%-9s%s%n", one.label(), Shown.plain(one.text())));
    }
}
