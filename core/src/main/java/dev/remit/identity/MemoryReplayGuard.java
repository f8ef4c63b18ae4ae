package dev.remit.identity;

import dev.remit.call.Digest;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A replay guard of one process: two generations of keys, the older dropped when a third begins.
 * What was seen before a restart is forgotten, so whoever uses it refuses what was made before the
 * start.
 */
public final class MemoryReplayGuard implements ReplayGuard {
    private final int most;
    private final ReentrantLock turning =
            new ReentrantLock(); // held while a generation begins, never while one is used
    private volatile Generations generations = new Generations(Instant.MIN, Set.of(), Set.of());

    private record Generations(Instant endsAt, Set<Digest> young, Set<Digest> old) {}

    /** Remembers at most so many keys in each of two generations. */
    public MemoryReplayGuard(int most) {
        this.most = most;
    }

    @Override
    public Use use(Digest key, Instant now) {
        if (!now.isBefore(generations.endsAt())) {
            turn(now);
        }
        Generations held = generations;
        if (held.old().contains(key)) {
            return Use.AGAIN;
        }
        if (held.young().size() >= most) {
            return held.young().contains(key) ? Use.AGAIN : Use.FULL;
        }
        return held.young().add(key) ? Use.FIRST : Use.AGAIN;
    }

    private void turn(Instant now) {
        turning.lock();
        try {
            if (!now.isBefore(generations.endsAt())) {
                generations =
                        new Generations(
                                now.plus(MEMORY),
                                ConcurrentHashMap.newKeySet(),
                                generations.young());
            }
        } finally {
            turning.unlock();
        }
    }
}
