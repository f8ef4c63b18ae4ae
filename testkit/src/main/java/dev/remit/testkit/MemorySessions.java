package dev.remit.testkit;

import dev.remit.call.Digest;
import dev.remit.identity.PersonId;
import dev.remit.session.Session;
import dev.remit.session.SessionBook;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions in memory, for tests. */
public final class MemorySessions implements SessionBook {
    private final Map<Digest, Session> sessions = new ConcurrentHashMap<>();

    @Override
    public Optional<Session> find(Digest id) {
        return Optional.ofNullable(sessions.get(id));
    }

    @Override
    public void keep(Session session) {
        sessions.put(session.id(), session);
    }

    @Override
    public void remove(Digest id) {
        sessions.remove(id);
    }

    @Override
    public List<Session> of(PersonId person) {
        return sessions.values().stream()
                .filter(session -> session.person().equals(person))
                .sorted(Comparator.comparing(Session::seenAt).reversed().thenComparing(Session::id))
                .toList();
    }

    @Override
    public void forget(Instant startedBefore, Instant seenBefore) {
        sessions.values()
                .removeIf(
                        session ->
                                session.startedAt().isBefore(startedBefore)
                                        || session.seenAt().isBefore(seenBefore));
    }
}
