package dev.remit.ledger;

import java.time.Instant;

/** What the log tells of the switch that stops all agents, which itself stands beside the books. */
public sealed interface StopEvent extends Event.OfFleet {
    /** All agents were stopped at that moment. */
    record AllStopped(Instant since, String why, String by) implements StopEvent {}

    /** They may go on. */
    record AllResumed(String by) implements StopEvent {}
}
