package dev.remit.identity;

import java.time.Instant;

/**
 * One running copy of an agent, known by the one key it made itself and keeps.
 *
 * @param tokensFrom access tokens made before this moment are not valid any more
 * @param renewals how many refresh tokens of it were used; the number of the only one that is valid
 */
public record Instance(
        InstanceId id,
        AgentId agent,
        Jwk key,
        Instant since,
        boolean revoked,
        Instant tokensFrom,
        long renewals) {

    /** An instance that has just enrolled. */
    public static Instance enrolled(InstanceId id, AgentId agent, Jwk key, Instant now) {
        return new Instance(id, agent, key, now, false, Instant.EPOCH, 0);
    }

    public Instance asRevoked() {
        return new Instance(id, agent, key, since, true, tokensFrom, renewals);
    }

    /** Without the tokens that were made before this moment. */
    public Instance withTokensFrom(Instant moment) {
        return new Instance(id, agent, key, since, revoked, moment, renewals);
    }

    /** With its refresh token used, and the next one valid. */
    public Instance renewed() {
        return new Instance(id, agent, key, since, revoked, tokensFrom, renewals + 1);
    }
}
