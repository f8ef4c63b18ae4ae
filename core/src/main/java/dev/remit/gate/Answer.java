package dev.remit.gate;

import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.decision.Refusal;

/** What the gate tells an edge about a call; the edge tells the agent in its own protocol. */
public sealed interface Answer {
    CallId call();

    /** It was allowed and sent; this is how it ended. */
    record Ended(CallId call, Outcome outcome) implements Answer {}

    /** It was refused and not sent. */
    record Refused(CallId call, Refusal refusal, String detail) implements Answer {}
}
