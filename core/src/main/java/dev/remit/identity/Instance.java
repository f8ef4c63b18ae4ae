package dev.remit.identity;

import java.time.Instant;

/** One running copy of an agent, known by the one key it made itself and keeps. */
public record Instance(InstanceId id, AgentId agent, Jwk key, Instant since, boolean revoked) {

    /** An instance that has just enrolled. */
    public static Instance enrolled(InstanceId id, AgentId agent, Jwk key, Instant now) {
        return new Instance(id, agent, key, now, false);
    }

    public Instance asRevoked() {
        return new Instance(id, agent, key, since, true);
    }
}
