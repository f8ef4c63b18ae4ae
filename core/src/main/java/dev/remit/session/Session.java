package dev.remit.session;

import dev.remit.call.Digest;
import dev.remit.identity.Authentication;
import dev.remit.identity.PersonId;
import java.time.Instant;

/**
 * One browser in which a person has signed in. The browser holds the secret, this only its hash.
 *
 * @param shown when the person last showed who they are, and how: by passkey or at their provider
 * @param device what the browser called itself, cut
 */
public record Session(
        Digest id,
        PersonId person,
        Instant startedAt,
        Authentication shown,
        Instant seenAt,
        String device) {

    Session seen(Instant now) {
        return new Session(id, person, startedAt, shown, now, device);
    }
}
