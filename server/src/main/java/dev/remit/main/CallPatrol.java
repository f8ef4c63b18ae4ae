package dev.remit.main;

import dev.remit.gate.UnderWay;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the calls under way looked at again and again, until it is closed: one for all of them. */
public final class CallPatrol implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallPatrol.class);

    private final Semaphore closed = new Semaphore(0);
    private final Thread walking;

    public CallPatrol(UnderWay calls) {
        // a thread of the platform: it must come to its turn however many calls there are
        this.walking = Thread.ofPlatform().daemon().name("calls").start(() -> walk(calls));
    }

    private void walk(UnderWay calls) {
        try {
            do {
                try {
                    calls.look();
                } catch (RuntimeException e) {
                    LOG.error("the calls under way could not be looked at", e);
                }
            } while (!closed.tryAcquire(UnderWay.PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.release();
        try {
            walking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
