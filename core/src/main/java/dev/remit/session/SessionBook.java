package dev.remit.session;

import dev.remit.call.Digest;
import dev.remit.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where sessions are kept, so that a restart signs nobody out. It is no part of the books: losing
 * it signs everybody out, and changes nothing else.
 */
public interface SessionBook {
    Optional<Session> find(Digest id);

    /** Keeps a session, in place of one with the same id. */
    void keep(Session session);

    void remove(Digest id);

    /** A person's sessions, the latest first. */
    List<Session> of(PersonId person);

    /** Forgets all that were started before this, or last seen before that. */
    void forget(Instant startedBefore, Instant seenBefore);
}
