package dev.remit.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request. The event loop takes in what comes with the head, up to a few kilobytes,
 * so that a short body costs no way back to it; the rest stays with the sender until it is asked
 * for. Nobody looks at any of it before that.
 */
final class Body {
    private static final int UNASKED = 8 * 1024;

    private final HttpServerRequest request;
    private final ReentrantLock lock = new ReentrantLock(); // guards everything below
    private final Condition changed = lock.newCondition();
    private final Buffer taken = Buffer.buffer();
    private int most = UNASKED;
    private boolean paused;
    private boolean asked;
    private boolean ended;
    private @Nullable Throwable broken;

    /** Called on the event loop. */
    Body(HttpServerRequest request) {
        this.request = request;
        request.exceptionHandler(this::breakOff);
        request.handler(this::take);
        request.endHandler(_ -> end());
    }

    private void take(Buffer part) {
        lock.lock();
        try {
            if (taken.length() <= most) {
                taken.appendBuffer(part); // one part over the limit is enough to know
            }
            if (taken.length() > most) {
                changed.signalAll();
            }
            if (!asked && taken.length() >= UNASKED) {
                paused = true;
                request.pause();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void breakOff(Throwable why) {
        lock.lock();
        try {
            broken = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the whole.
     *
     * @throws BodyTooLarge if it is longer than this
     * @throws ExchangeBroken if it does not arrive in time
     */
    byte[] read(int longest, Duration patience) {
        lock.lock();
        try {
            asked = true;
            most = longest;
            if (paused) {
                paused = false;
                request.resume();
            }
            long left = patience.toNanos();
            while (!ended && taken.length() <= most) {
                if (broken != null) {
                    throw new ExchangeBroken("the other side went away", broken);
                }
                if (left <= 0) {
                    throw new ExchangeBroken("the other side stalled");
                }
                left = changed.awaitNanos(left);
            }
            if (taken.length() > most) {
                throw new BodyTooLarge(most);
            }
            return taken.getBytes();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExchangeBroken("the gateway is stopping", e);
        } finally {
            lock.unlock();
        }
    }
}
