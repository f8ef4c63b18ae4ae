package dev.remit.ledger;

import dev.remit.call.Value;
import java.util.Optional;

/** A refusal as names and values. */
final class RefusedText {
    static final String RULING = "refused";

    private RefusedText() {}

    static EventText write(EventText text, Event.Ruling.Refused refused) {
        return text.with("ruling", RULING)
                .with("refusal", refused.refusal())
                .with("weight", refused.weight())
                .with("times", refused.times())
                .with("more", refused.more() == 0 ? Optional.empty() : more(refused))
                .saying("detail", Value.of(refused.detail()));
    }

    private static Optional<String> more(Event.Ruling.Refused refused) {
        return Optional.of(Long.toString(refused.more()));
    }

    static Event.Ruling.Refused read(EventText text) {
        return new Event.Ruling.Refused(
                text.get("refusal"),
                text.said("detail"),
                text.number("weight"),
                text.number("times"),
                text.maybe("more").isEmpty() ? 0 : text.number("more"));
    }
}
