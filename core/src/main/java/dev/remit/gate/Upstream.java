package dev.remit.gate;

import dev.remit.call.Outcome;
import dev.remit.decision.Permit;

/** A system that agents act on. Its only verb takes a permit, and sends exactly the call inside. */
public interface Upstream {
    /**
     * Sends the call and waits for its end. Does not throw: what went wrong before anything was
     * sent is {@link Outcome.Failed}, whatever may have had its effect is {@link Outcome.Unknown}.
     */
    Outcome forward(Permit permit, Line line);
}
