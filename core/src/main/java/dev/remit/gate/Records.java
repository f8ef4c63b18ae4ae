package dev.remit.gate;

import dev.remit.call.Pin;
import dev.remit.decision.Case;
import dev.remit.decision.Decision;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import java.util.Optional;

/** What is written down of a decision. */
final class Records {
    private Records() {}

    static Event.Decided decided(Decision decision, Event.Ruling ruling) {
        Case file = decision.file();
        return new Event.Decided(
                file.call().id(),
                file.caller().instance().id(),
                file.caller().agent(),
                file.caller().behind(),
                file.caller().binding(),
                under(file),
                file.call().tool(),
                file.pin().map(Pin::accepted),
                ruling,
                file.call().arguments().fields(),
                decision.heard().rules(),
                decision.heard().intent());
    }

    /** The mandate that it was decided on, if there was one. */
    static Optional<Event.Under> under(Case file) {
        return file.sheet()
                .map(
                        sheet -> {
                            Mandate mandate = sheet.mandate();
                            return new Event.Under(
                                    mandate.id(), mandate.giver().id(), mandate.version());
                        });
    }
}
