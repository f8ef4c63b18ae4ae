package dev.remit.identity;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A credential that the gateway keeps for one upstream, as everybody may know it: whose it is and
 * where it goes. The secret itself is sealed elsewhere under the same id, and can be erased.
 *
 * @param origin the only place that the secret is ever sent to
 * @param person on whose behalf alone it is used; empty means on everybody's
 */
public record Credential(
        CredentialId id,
        String upstream,
        Origin origin,
        Optional<PersonId> person,
        Kind kind,
        Instant since) {

    /** Which upstream it is for and on whose behalf; there is at most one of each. */
    public record Place(String upstream, Optional<PersonId> person) {}

    public Place place() {
        return new Place(upstream, person);
    }

    /** How what is sent comes about. */
    public enum Kind {
        /** The same header each time. */
        STATIC,
        /** A token had with the gateway's own client id and secret (RFC 6749, section 4.4). */
        CLIENT_CREDENTIALS,
        /** A token had for a configured subject token (RFC 8693). */
        EXCHANGE,
        /** A token that a person agreed to (RFC 6749, section 4.1), renewed with its own. */
        CONSENT;

        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Kind of(String text) {
            return Stream.of(values())
                    .filter(kind -> kind.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such kind of credential"));
        }
    }
}
