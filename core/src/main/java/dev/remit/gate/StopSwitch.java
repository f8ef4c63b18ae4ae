package dev.remit.gate;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stops every agent at once. It stands beside the books, in memory, so that it works when nothing
 * can be read or written; what is pulled stays pulled until it is released, whatever the file says.
 */
public final class StopSwitch {
    private final AtomicReference<Optional<Stop>> pulled = new AtomicReference<>(Optional.empty());
    private volatile Optional<Stop> found = Optional.empty();

    /** Since when, by whom and why. */
    public record Stop(Instant since, String by, String why) {}

    /** Why all agents are stopped, if they are. */
    public Optional<Stop> stopped() {
        return pulled.get().or(() -> found);
    }

    /** Stops them; the first word counts. */
    public void pull(Stop why) {
        pulled.compareAndSet(Optional.empty(), Optional.of(why));
    }

    /** What a file says that is looked at again and again; nothing, if there is none. */
    public void found(Optional<Stop> now) {
        found = now;
    }

    /** Lets them go on, unless there is a file that stops them. */
    public void release() {
        pulled.set(Optional.empty());
    }
}
