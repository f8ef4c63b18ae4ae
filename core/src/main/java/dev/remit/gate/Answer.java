package dev.remit.gate;

import dev.remit.approval.QuestionId;
import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.decision.Refusal;
import dev.remit.identity.SignInDemand;
import java.time.Instant;

/** What the gate tells an edge about a call; the edge tells the agent in its own protocol. */
public sealed interface Answer {
    CallId call();

    /** It was allowed and sent; this is how it ended. */
    record Ended(CallId call, Outcome outcome) implements Answer {}

    /**
     * It was not sent; a person is asked. Repeating the identical call is all that is needed.
     *
     * @param refusal why it would have been refused
     * @param until when an answer is taken
     */
    record Asked(CallId call, QuestionId question, Refusal refusal, String detail, Instant until)
            implements Answer {}

    /**
     * It was allowed, and cut short before it had ended, because what it stood on had.
     *
     * @param refusal why it would be refused now
     * @param outcome what came of it until then; the agent hears nothing of an answer
     */
    record CutShort(CallId call, Refusal refusal, String detail, Outcome outcome)
            implements Answer {}

    /**
     * It was refused and not sent.
     *
     * @param demand the sign-in that it takes, if that is what is missing
     * @param times how often this very call has been refused so by now, one after the other
     */
    record Refused(CallId call, Refusal refusal, String detail, SignInDemand demand, long times)
            implements Answer {
        /** For another reason than the sign-in, and not in a row. */
        public Refused(CallId call, Refusal refusal, String detail) {
            this(call, refusal, detail, SignInDemand.NONE, 1);
        }

        /**
         * The same as whoever asked may hear it: whether a tool or a mandate exists is told only to
         * those who may use it.
         */
        public Refused told() {
            Refusal told =
                    switch (refusal) {
                        case MANDATE_OF_ANOTHER -> Refusal.NO_MANDATE;
                        case TOOL_UNKNOWN -> Refusal.NOT_PERMITTED;
                        default -> refusal;
                    };
            return new Refused(
                    call, told, told == Refusal.NOT_PERMITTED ? "" : detail, demand, times);
        }
    }
}
