package dev.remit.call;

import java.time.Duration;

/** How a call ended at the upstream. */
public sealed interface Outcome {
    Duration took();

    /**
     * The upstream answered; {@code reply} is what the agent gets.
     *
     * @param erred whether it answered that it failed; it may have had an effect all the same
     */
    record Answered(Value.Fields reply, Duration took, boolean erred) implements Outcome {}

    /**
     * The upstream wants to know more before it goes on; {@code reply} is its question. A call that
     * {@linkplain Call#continues continues} this one brings the answer.
     */
    record Asked(Value.Fields reply, Duration took) implements Outcome {}

    /** It provably had no effect: nothing was sent, or the upstream refused to take it. */
    record Failed(String reason, Duration took) implements Outcome {}

    /** It may have had its effect; nobody knows, and it is never tried again by itself. */
    record Unknown(String reason, Duration took) implements Outcome {}
}
