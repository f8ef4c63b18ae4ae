package dev.remit.passport;

import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import java.net.URI;
import java.util.List;

/**
 * Where the keys of an issuer or client are to be had. Of an issuer the operator says it, never a
 * passport; of a client its own document.
 */
public sealed interface KeySource {
    /** The keys themselves. */
    record Given(List<Jwk> keys) implements KeySource {
        public Given {
            keys = List.copyOf(keys);
        }
    }

    /** The keys of a JWK Set (RFC 7517, section 5) that are taken. */
    record Written(Value.Fields jwks) implements KeySource {
        /** Whether there is one. */
        public boolean isOfUse() {
            return KeyRing.isOfUse(jwks);
        }
    }

    /** What the issuer's own metadata name (OpenID Connect Discovery, section 4). */
    record Discovered(String issuer) implements KeySource {}

    /** A JWK Set (RFC 7517, section 5). */
    record AtUrl(URI jwks) implements KeySource {}

    record OfDid(Did did) implements KeySource {}
}
