package dev.remit.identity;

import dev.remit.call.Digest;
import java.util.Optional;

/**
 * Which instances are meant; all that is said must be true of them.
 *
 * @param key the thumbprint of their key
 * @param issuer who vouched for them
 */
public record InstanceQuery(
        Optional<AgentId> agent, Optional<Digest> key, Optional<String> issuer) {
    public static final InstanceQuery ALL =
            new InstanceQuery(Optional.empty(), Optional.empty(), Optional.empty());

    public static InstanceQuery of(AgentId agent) {
        return new InstanceQuery(Optional.of(agent), Optional.empty(), Optional.empty());
    }
}
