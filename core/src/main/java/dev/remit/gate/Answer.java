package dev.remit.gate;

import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.decision.Refusal;
import dev.remit.identity.SignInDemand;

/** What the gate tells an edge about a call; the edge tells the agent in its own protocol. */
public sealed interface Answer {
    CallId call();

    /** It was allowed and sent; this is how it ended. */
    record Ended(CallId call, Outcome outcome) implements Answer {}

    /**
     * It was refused and not sent.
     *
     * @param demand the sign-in that it takes, if that is what is missing
     */
    record Refused(CallId call, Refusal refusal, String detail, SignInDemand demand)
            implements Answer {
        /** For another reason than the sign-in. */
        public Refused(CallId call, Refusal refusal, String detail) {
            this(call, refusal, detail, SignInDemand.NONE);
        }
    }
}
