package dev.remit.identity;

import dev.remit.call.Digest;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A replay guard of one process: two generations of keys, the older dropped when a third begins. A
 * {@link Notebook} carries them over a restart.
 *
 * <p>A generation ends when the clock leaves it, in whichever direction. What might have been used
 * in one that was dropped is not vouched for ({@link #unsureUntil}); as long as the clock runs
 * forward, that is nothing that is still valid.
 */
public final class MemoryReplayGuard implements ReplayGuard {
    private final int most;
    private final Notebook notebook;
    private final ReentrantLock turning =
            new ReentrantLock(); // held while a generation begins, never while one is used
    private volatile Generations held;

    /**
     * @param oldEndsAt when the older generation ended, in the time of the clock
     */
    private record Generations(
            long number,
            Instant began,
            Instant endsAt,
            Set<Digest> young,
            Set<Digest> old,
            Instant oldEndsAt,
            Instant unsureUntil) {
        boolean isOf(Instant now) {
            Instant about =
                    began.minusSeconds(Proofs.WINDOW_SECONDS); // a clock that is set a little
            return !now.isBefore(about) && now.isBefore(endsAt);
        }
    }

    /** Remembers at most so many keys in each of two generations, and nothing from before. */
    public MemoryReplayGuard(int most) {
        this(most, Notebook.NONE, Set.of(), Instant.EPOCH, Instant.EPOCH);
    }

    /**
     * @param before what was used before this process started
     * @param now when it started
     * @param unsureUntil what was made up to then may have been used and not be among {@code
     *     before}
     */
    public MemoryReplayGuard(
            int most, Notebook notebook, Set<Digest> before, Instant now, Instant unsureUntil) {
        this.most = most;
        this.notebook = notebook;
        this.held = new Generations(0, now, now, Set.of(), Set.of(), now, unsureUntil);
        if (!before.isEmpty()) {
            held = new Generations(0, now, now.plus(MEMORY), fresh(), before, now, unsureUntil);
        }
    }

    @Override
    public Use use(Digest key, Instant now) {
        if (!held.isOf(now)) {
            turn(now);
        }
        Generations at = held;
        if (at.young().size() >= most) {
            return at.young().contains(key) || at.old().contains(key) ? Use.AGAIN : Use.FULL;
        }
        if (!at.young().add(key) || at.old().contains(key)) {
            return Use.AGAIN;
        }
        Generations after = held;
        if (after.number() != at.number()
                && (after.young().contains(key) || after.number() > at.number() + 1)) {
            return Use.AGAIN; // a generation began meanwhile, and another may have been first there
        }
        return notebook.note(key) ? Use.FIRST : Use.FULL;
    }

    @Override
    public Instant unsureUntil() {
        return held.unsureUntil();
    }

    @Override
    public long generation() {
        return held.number();
    }

    private void turn(Instant now) {
        turning.lock();
        try {
            Generations ended = held;
            if (ended.isOf(now)) {
                return;
            }
            Instant lost =
                    ended.old().isEmpty()
                            ? Instant.MIN
                            : ended.oldEndsAt().plusSeconds(Proofs.WINDOW_SECONDS);
            notebook.turn();
            held =
                    new Generations(
                            ended.number() + 1,
                            now,
                            now.plus(MEMORY),
                            fresh(),
                            ended.young(),
                            ended.endsAt(),
                            lost.isAfter(ended.unsureUntil()) ? lost : ended.unsureUntil());
        } finally {
            turning.unlock();
        }
    }

    private static Set<Digest> fresh() {
        return ConcurrentHashMap.newKeySet();
    }
}
