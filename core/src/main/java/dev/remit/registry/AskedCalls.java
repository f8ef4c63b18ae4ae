package dev.remit.registry;

import dev.remit.approval.Question;
import dev.remit.call.Arguments;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore;

/** The calls that people are asked about, as the log has them. */
public final class AskedCalls {
    private final LedgerStore log;

    public AskedCalls(LedgerStore log) {
        this.log = log;
    }

    /** What the call that asked was to be made with. */
    public Arguments arguments(Question question) {
        return log.entry(question.entry())
                .map(Entry::event)
                .filter(Event.Decided.class::isInstance)
                .map(event -> new Arguments(((Event.Decided) event).arguments()))
                .orElseThrow(
                        () -> new ActRefused("the call that asked is not in the log any more"));
    }
}
