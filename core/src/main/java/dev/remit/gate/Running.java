package dev.remit.gate;

import dev.remit.call.Value;
import dev.remit.decision.Permit;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One call under way, and the line to its agent with one more reason to be taken back: that the
 * call was cut short.
 */
final class Running implements Line {
    private final Permit permit;
    private final Line line;
    private final CompletableFuture<UnderWay.Cut> cut = new CompletableFuture<>();
    private volatile Instant seenAt;
    private Optional<Thread> asking = Optional.empty(); // guarded by this

    Running(Permit permit, Line line, Instant now) {
        this.permit = permit;
        this.line = line;
        this.seenAt = now;
    }

    Permit permit() {
        return permit;
    }

    /** When what it stands on was last seen to be there. */
    Instant seenAt() {
        return seenAt;
    }

    void seen(Instant now) {
        seenAt = now;
    }

    /** Why it was cut short, if it was. */
    Optional<UnderWay.Cut> cut() {
        return Optional.ofNullable(cut.getNow(null));
    }

    /** Cuts it short, however far it has got; the first reason counts. */
    void cut(UnderWay.Cut why) {
        if (cut.complete(why)) {
            synchronized (this) {
                asking.ifPresent(Thread::interrupt);
            }
        }
    }

    @Override
    public Value.Fields aside() {
        return line.aside();
    }

    /** Nothing is passed on any more once it was cut short. */
    @Override
    public void tell(Value.Fields notification) {
        if (!cut.isDone()) {
            line.tell(notification);
        }
    }

    /** Waits no longer than until it is cut short. */
    @Override
    public Optional<Value.Fields> ask(Value.Fields request) {
        synchronized (this) {
            if (cut.isDone()) {
                return Optional.empty();
            }
            asking = Optional.of(Thread.currentThread());
        }
        try {
            return line.ask(request).filter(_ -> !cut.isDone());
        } finally {
            synchronized (this) {
                asking = Optional.empty();
                if (cut.isDone()) {
                    boolean _ = Thread.interrupted(); // it has done its work
                }
            }
        }
    }

    @Override
    public void whenCancelled(Runnable then) {
        line.whenCancelled(then);
        var _ = cut.thenRun(then);
    }
}
