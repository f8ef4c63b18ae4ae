package dev.remit.main;

import dev.remit.identity.KeyUse;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.registry.ActRefused;
import dev.remit.vault.KeysUnusable;
import dev.remit.vault.Locksmith;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has keys that are old replaced, until it is closed. */
final class KeyPatrol implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyPatrol.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Semaphore closed = new Semaphore(0);
    private final Thread walking;

    KeyPatrol(Locksmith locksmith, Map<KeyUse, Duration> ages) {
        this.walking = Thread.ofVirtual().name("keys").start(() -> walk(locksmith, ages));
    }

    private void walk(Locksmith locksmith, Map<KeyUse, Duration> ages) {
        try {
            do {
                try {
                    int replaced = locksmith.replaceOld(ages);
                    if (replaced > 0) {
                        LOG.info("{} keys were old and are replaced", replaced);
                    }
                } catch (LedgerUnavailable | ActRefused | KeysUnusable | UncheckedIOException e) {
                    LOG.warn("old keys were not replaced: {}", e.getMessage());
                }
            } while (!closed.tryAcquire(PAUSE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what is under way: a key is replaced or not. */
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
