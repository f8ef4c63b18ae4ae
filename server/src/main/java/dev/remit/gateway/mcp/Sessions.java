package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gateway.wire.Revision;
import dev.remit.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of this process. An instance that opens too many loses its oldest; one that is not
 * used is forgotten. A client that is told so opens another.
 */
final class Sessions {
    private static final int MOST_OF_ONE = 32;
    private static final int MOST = 10_000;
    private static final Duration LIFE = Duration.ofHours(1);

    private final Map<String, Session> all = new ConcurrentHashMap<>();

    /**
     * @param name at least 128 random bits
     */
    Session open(
            String name,
            Caller caller,
            String path,
            Revision revision,
            Value.Fields capabilities,
            Instant now) {
        forgetUnused(now);
        List<Session> mine =
                all.values().stream()
                        .filter(one -> one.isOf(caller.instance().id()))
                        .sorted(Comparator.comparing(Session::usedAt))
                        .toList();
        if (mine.size() >= MOST_OF_ONE) {
            forget(mine.getFirst());
        } else if (all.size() >= MOST) {
            all.values().stream()
                    .min(Comparator.comparing(Session::usedAt))
                    .ifPresent(this::forget);
        }
        Session session = new Session(name, caller, path, revision, capabilities, now);
        all.put(name, session);
        return session;
    }

    /** The session of this name, if it is this caller's at this path. */
    Optional<Session> find(String name, Caller caller, String path, Instant now) {
        Optional<Session> found =
                Optional.ofNullable(all.get(name)).filter(one -> one.isOf(caller, path));
        found.ifPresent(session -> session.use(now));
        return found;
    }

    void forget(Session session) {
        all.remove(session.name(), session);
        session.end();
    }

    private void forgetUnused(Instant now) {
        Instant since = now.minus(LIFE);
        for (Session session : all.values()) {
            if (session.usedAt().isBefore(since)) {
                forget(session);
            }
        }
    }

    void endAll() {
        all.values().forEach(this::forget);
    }
}
