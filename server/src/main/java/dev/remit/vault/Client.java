package dev.remit.vault;

import dev.remit.identity.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The gateway as an OAuth client of an upstream's authorization server.
 *
 * @param secret a public client has none
 */
record Client(URI tokenEndpoint, String id, Optional<Secret> secret, Manner manner) {
    /** How the client says who it is (RFC 6749, section 2.3.1). */
    enum Manner {
        CLIENT_SECRET_BASIC,
        CLIENT_SECRET_POST,
        NONE;

        /** As metadata and registrations spell it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
