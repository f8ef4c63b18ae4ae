package dev.remit.identity;

import dev.remit.call.Digest;
import java.time.Instant;

/** What was revoked wherever it may turn up, now and later; it does not come back. */
public record Revocation(Of what, String why, Instant at) {

    public sealed interface Of {
        /** A key by its thumbprint (RFC 7638), whoever has it. */
        record Key(Digest thumbprint) implements Of {}

        /** Whoever vouches for agents, and everybody it vouched for. */
        record Issuer(String name) implements Of {}
    }
}
