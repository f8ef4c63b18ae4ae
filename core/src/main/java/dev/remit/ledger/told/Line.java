package dev.remit.ledger.told;

import dev.remit.call.CallId;
import dev.remit.call.Tool;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that the ledger tells, as small as a list of many needs it.
 *
 * @param entry its place in the log; of a call, where it was decided
 * @param person whose mandate it is about; who else may see it is for whoever shows it to say
 */
public record Line(
        long entry,
        Instant at,
        Optional<AgentId> agent,
        Optional<MandateId> mandate,
        Optional<PersonId> person,
        What what) {

    /** What happened. */
    public sealed interface What {

        /**
         * A call was decided.
         *
         * @param because the reason's code, or by what it was allowed
         * @param end how it ended; empty if it has not, or was not made
         */
        record OfCall(CallId call, Tool tool, Decided decided, String because, Optional<End> end)
                implements What {}

        /**
         * Anything else.
         *
         * @param kind in a word
         * @param said in a sentence's words; parts of it may be a stranger's
         */
        record Other(String kind, String said) implements What {}
    }

    /** What was decided of a call. */
    public enum Decided {
        ALLOWED,
        ASKED,
        REFUSED
    }

    /** How a call that was made ended. */
    public sealed interface End {
        record Over(Event.End how, Duration took) implements End {}

        /** With a question of the upstream, which a later call may answer. */
        record Questioned() implements End {}
    }

    public Line with(What changed) {
        return new Line(entry, at, agent, mandate, person, changed);
    }

    /** The call, if it is one. */
    public Optional<What.OfCall> call() {
        return what instanceof What.OfCall call ? Optional.of(call) : Optional.empty();
    }

    public boolean is(Decided decided) {
        return what instanceof What.OfCall call && call.decided() == decided;
    }
}
