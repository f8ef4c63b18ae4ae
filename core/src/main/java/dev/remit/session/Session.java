package dev.remit.session;

import dev.remit.call.Digest;
import dev.remit.identity.PersonId;
import java.time.Instant;

/**
 * One browser in which a person has signed in. The browser holds the secret, this only its hash.
 *
 * @param shownAt when the person last showed who they are, by passkey or at their provider ({@code
 *     auth_time}); {@link Instant#EPOCH} if the provider did not say
 * @param device what the browser called itself, cut
 */
public record Session(
        Digest id,
        PersonId person,
        Instant startedAt,
        Instant shownAt,
        Instant seenAt,
        String device) {

    Session seen(Instant now) {
        return new Session(id, person, startedAt, shownAt, now, device);
    }
}
