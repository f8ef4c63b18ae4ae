package dev.remit.identity;

import java.time.Instant;

/** Software with an identity of its own, acting for a person under that person's mandates. */
public record Agent(AgentId id, String name, Instant since, Standing standing) {

    /** What an agent may count on right now. */
    public sealed interface Standing {
        record Good() implements Standing {}

        /** Nothing it asks for is allowed until a person restores it. */
        record Suspended(String why, Instant at) implements Standing {}
    }

    public Agent with(Standing changed) {
        return new Agent(id, name, since, changed);
    }
}
