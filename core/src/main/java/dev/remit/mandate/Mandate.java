package dev.remit.mandate;

import dev.remit.identity.Actor;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authentication;
import dev.remit.identity.Caller;
import dev.remit.identity.MandateId;
import dev.remit.identity.Person;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The authority a person gave one agent for one task (OAuth grant).
 *
 * @param delegates other agents that it may be passed on to
 * @param signIn how its giver had signed in then; empty if it was not given on a page for people
 * @param basis what it was made from; empty if from its giver's words alone
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
        Set<AgentId> delegates,
        Optional<Authentication> signIn,
        Optional<Basis> basis,
        long version) {

    public Mandate {
        delegates = Set.copyOf(delegates);
    }

    /** A mandate from its giver's words alone. */
    public Mandate(
            MandateId id,
            Person giver,
            AgentId agent,
            Task task,
            Permissions permissions,
            Limits limits,
            Instant givenAt,
            Status status,
            Set<AgentId> delegates,
            Optional<Authentication> signIn,
            long version) {
        this(
                id,
                giver,
                agent,
                task,
                permissions,
                limits,
                givenAt,
                status,
                delegates,
                signIn,
                Optional.empty(),
                version);
    }

    /** A mandate that is not passed on. */
    public Mandate(
            MandateId id,
            Person giver,
            AgentId agent,
            Task task,
            Permissions permissions,
            Limits limits,
            Instant givenAt,
            Status status,
            long version) {
        this(
                id,
                giver,
                agent,
                task,
                permissions,
                limits,
                givenAt,
                status,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                version);
    }

    /** Whether it is in force; expiry and idleness are told by the time, not here. */
    public sealed interface Status {
        record Active() implements Status {}

        /** The task is done. */
        record Completed(Instant at) implements Status {}

        /** A person ended it, or the agent overstepped it. */
        record Revoked(String by, Instant at, String why) implements Status {}
    }

    /** The same, which may be passed on to these. */
    public Mandate delegatedTo(Set<AgentId> others) {
        return new Mandate(
                id,
                giver,
                agent,
                task,
                permissions,
                limits,
                givenAt,
                status,
                others,
                signIn,
                basis,
                version);
    }

    public Mandate with(Status changed) {
        return new Mandate(
                id,
                giver,
                agent,
                task,
                permissions,
                limits,
                givenAt,
                changed,
                delegates,
                signIn,
                basis,
                version + 1);
    }

    public Mandate with(Permissions changed, Limits changedLimits) {
        return new Mandate(
                id,
                giver,
                agent,
                task,
                changed,
                changedLimits,
                givenAt,
                status,
                delegates,
                signIn,
                basis,
                version + 1);
    }

    /** Whether it neither ended nor expired; how idle it was is not looked at. */
    public boolean isInForce(Instant now) {
        return status instanceof Status.Active && now.isBefore(limits.expiresAt());
    }

    /** Whether this agent may act under it, if it has it from the agent it was given to. */
    public boolean reaches(AgentId other) {
        return other.equals(agent) || delegates.contains(other);
    }

    /** Whether it is this caller's: given to its agent, or passed on to it by leave. */
    public boolean isOf(Caller caller) {
        for (Actor one : caller.behind()) {
            if (!reaches(one.agent())) {
                return false;
            }
        }
        return agent.equals(caller.root()) && reaches(caller.agent());
    }
}
