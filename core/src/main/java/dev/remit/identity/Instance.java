package dev.remit.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * One running copy of an agent, known by the one key it made itself and keeps.
 *
 * @param key empty for a client that has none: it is known by a person's consent, and goes on with
 *     nothing but its refresh token
 * @param tokensFrom access tokens made before this moment are not valid any more
 * @param renewals how many refresh tokens of it were used; the number of the only one that is valid
 * @param suspension set if it may do nothing until a person restores it
 * @param from what it hangs from, if another instance's signature enrolled it
 */
public record Instance(
        InstanceId id,
        AgentId agent,
        Optional<Jwk> key,
        Instant since,
        boolean revoked,
        Instant tokensFrom,
        long renewals,
        Optional<Suspension> suspension,
        Optional<Descent> from) {

    /** That it may do nothing until a person restores it. */
    public record Suspension(String why, Instant at) {}

    /** An instance that has just enrolled. */
    public static Instance enrolled(InstanceId id, AgentId agent, Jwk key, Instant now) {
        return enrolled(id, agent, Optional.of(key), now);
    }

    /** An instance that has just enrolled, with its key if it has one. */
    public static Instance enrolled(InstanceId id, AgentId agent, Optional<Jwk> key, Instant now) {
        return new Instance(
                id, agent, key, now, false, Instant.EPOCH, 0, Optional.empty(), Optional.empty());
    }

    /** The same, hanging from another. */
    public Instance hangingFrom(Descent parent) {
        return new Instance(
                id,
                agent,
                key,
                since,
                revoked,
                tokensFrom,
                renewals,
                suspension,
                Optional.of(parent));
    }

    /** Whether it has this key. */
    public boolean has(Jwk other) {
        return key.filter(other::equals).isPresent();
    }

    public Instance asRevoked() {
        return new Instance(id, agent, key, since, true, tokensFrom, renewals, suspension, from);
    }

    /** Without the tokens that were made before this moment. */
    public Instance withTokensFrom(Instant moment) {
        return new Instance(id, agent, key, since, revoked, moment, renewals, suspension, from);
    }

    /** With its refresh token used, and the next one valid. */
    public Instance renewed() {
        return new Instance(
                id, agent, key, since, revoked, tokensFrom, renewals + 1, suspension, from);
    }

    public Instance suspended(Suspension now) {
        return with(Optional.of(now));
    }

    public Instance restored() {
        return with(Optional.empty());
    }

    private Instance with(Optional<Suspension> changed) {
        return new Instance(id, agent, key, since, revoked, tokensFrom, renewals, changed, from);
    }

    /** Whether it is neither revoked nor suspended; its agent may be. */
    public boolean mayAct() {
        return !revoked && suspension.isEmpty();
    }
}
