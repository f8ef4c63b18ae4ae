package dev.remit.identity;

import dev.remit.call.Digest;
import java.time.Instant;

/**
 * A passport that this gateway issued (SD-JWT VC): one agent's, for the holder of one key.
 *
 * @param key the key's thumbprint (RFC 7638)
 */
public record Passport(
        PassportId id,
        AgentId agent,
        Digest key,
        Instant issuedAt,
        Instant expiresAt,
        boolean revoked) {

    public Passport asRevoked() {
        return new Passport(id, agent, key, issuedAt, expiresAt, true);
    }
}
