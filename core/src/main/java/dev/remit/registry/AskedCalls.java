package dev.remit.registry;

import dev.remit.approval.Question;
import dev.remit.call.Arguments;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.IntentSaid;
import dev.remit.ledger.LedgerStore;
import java.util.Optional;

/** The calls that people are asked about, as the log has them. */
public final class AskedCalls {
    private final LedgerStore log;

    public AskedCalls(LedgerStore log) {
        this.log = log;
    }

    /** What the call that asked was to be made with. */
    public Arguments arguments(Question question) {
        return new Arguments(call(question).arguments());
    }

    /** What the rules of intent said of it, in words for a person; empty if they have no doubt. */
    public Optional<IntentSaid> doubt(Question question) {
        return intent(question).filter(said -> said.as() != IntentSaid.As.AGREED);
    }

    /**
     * What the rules of intent came to, and where the call's values came from; empty if they were
     * not heard.
     */
    public Optional<IntentSaid> intent(Question question) {
        return call(question).intent();
    }

    private Event.Decided call(Question question) {
        return log.entry(question.entry())
                .map(Entry::event)
                .filter(Event.Decided.class::isInstance)
                .map(Event.Decided.class::cast)
                .orElseThrow(
                        () -> new ActRefused("the call that asked is not in the log any more"));
    }
}
