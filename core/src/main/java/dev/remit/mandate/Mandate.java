package dev.remit.mandate;

import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import java.time.Instant;

/**
 * The authority a person gave one agent for one task (OAuth grant).
 *
 * @param version counts its changes from 1; a decision holds only for the version it was made on
 */
public record Mandate(
        MandateId id,
        Person giver,
        AgentId agent,
        Task task,
        Permissions permissions,
        Limits limits,
        Instant givenAt,
        Status status,
        long version) {

    /** Whether it is in force; expiry and idleness are told by the time, not here. */
    public sealed interface Status {
        record Active() implements Status {}

        /** The task is done. */
        record Completed(Instant at) implements Status {}

        /** A person ended it, or the agent overstepped it. */
        record Revoked(String by, Instant at, String why) implements Status {}
    }

    public Mandate with(Status changed) {
        return new Mandate(
                id, giver, agent, task, permissions, limits, givenAt, changed, version + 1);
    }

    public Mandate with(Permissions changed, Limits changedLimits) {
        return new Mandate(
                id, giver, agent, task, changed, changedLimits, givenAt, status, version + 1);
    }
}
