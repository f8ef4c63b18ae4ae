package dev.remit.main;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has something done again and again, at once and then after each pause, until it is closed. */
public final class Patrol implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Patrol.class);

    private final Semaphore closed = new Semaphore(0);
    private final Thread walking;

    /**
     * @param thread that it walks on
     * @param round what is done; if it fails, that is logged, and the next one comes all the same
     */
    public Patrol(Thread.Builder thread, Duration pause, Runnable round) {
        this.walking = thread.start(() -> walk(pause, round));
    }

    private void walk(Duration pause, Runnable round) {
        try {
            do {
                try {
                    round.run();
                } catch (RuntimeException e) {
                    LOG.error("{} failed", Thread.currentThread().getName(), e);
                }
            } while (!closed.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the round that is under way. */
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
