package dev.remit.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The public half of one of the gateway's own signing keys, and what it is still good for.
 *
 * @param number the first key of a use has number 1
 * @param since when it began to sign
 * @param entry the place in the log of the entry that introduced it
 * @param replacedAt when the next one began to sign in its place
 * @param refused whether nothing that it signed is taken any more, however young
 */
public record OwnKey(
        KeyUse use,
        long number,
        Jwk key,
        Instant since,
        long entry,
        Optional<Instant> replacedAt,
        boolean refused) {

    /**
     * Whether it may have signed what is good now.
     *
     * @param life how long what it signs is good at most
     */
    public boolean vouches(Duration life, Instant now) {
        return !refused && replacedAt.map(end -> now.isBefore(end.plus(life))).orElse(true);
    }

    OwnKey replaced(Instant at, boolean refuse) {
        return new OwnKey(
                use,
                number,
                key,
                since,
                entry,
                Optional.of(replacedAt.orElse(at)),
                refused || refuse);
    }
}
