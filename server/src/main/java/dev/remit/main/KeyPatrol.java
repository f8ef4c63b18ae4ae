package dev.remit.main;

import dev.remit.identity.KeyUse;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.registry.ActRefused;
import dev.remit.vault.KeysUnusable;
import dev.remit.vault.Locksmith;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has keys that are old replaced, until it is closed. */
final class KeyPatrol implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyPatrol.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Patrol patrol;

    KeyPatrol(Locksmith locksmith, Map<KeyUse, Duration> ages) {
        patrol =
                new Patrol(
                        Thread.ofVirtual().name("keys"), PAUSE, () -> replaceOld(locksmith, ages));
    }

    private static void replaceOld(Locksmith locksmith, Map<KeyUse, Duration> ages) {
        try {
            int replaced = locksmith.replaceOld(ages);
            if (replaced > 0) {
                LOG.info("{} keys were old and are replaced", replaced);
            }
        } catch (LedgerUnavailable | ActRefused | KeysUnusable | UncheckedIOException e) {
            LOG.warn("old keys were not replaced: {}", e.getMessage());
        }
    }

    /** Waits for what is under way: a key is replaced or not. */
    @Override
    public void close() {
        patrol.close();
    }
}
