package dev.remit.main;

import dev.remit.ledger.LedgerUnavailable;
import dev.remit.passport.StatusKeeper;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the status lists looked at again and again, until it is closed. */
final class StatusPatrol implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusPatrol.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Thread walking;

    StatusPatrol(StatusKeeper keeper, InstantSource clock) {
        this.walking = Thread.ofVirtual().name("status-lists").start(() -> walk(keeper, clock));
    }

    private static void walk(StatusKeeper keeper, InstantSource clock) {
        try {
            while (true) {
                try {
                    int revoked = keeper.refresh(clock.instant());
                    if (revoked > 0) {
                        LOG.info("{} instances were revoked by their issuers", revoked);
                    }
                } catch (LedgerUnavailable e) {
                    LOG.warn("status lists were not looked at: {}", e.getMessage());
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    @Override
    public void close() {
        walking.interrupt();
        try {
            walking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
