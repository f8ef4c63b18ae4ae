package dev.remit.vault;

import dev.remit.gate.UpstreamUnavailable;
import dev.remit.identity.Jwk;
import dev.remit.identity.KeyBook;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.OwnKey;
import dev.remit.ledger.Endorsement;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.registry.ActRefused;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Makes and replaces the gateway's own keys. A key is sealed first, then written down, and signs
 * because it is; whatever stops in between leaves the one before it signing.
 */
public final class Locksmith {
    private final OwnKeys own;
    private final KeyKeeper sealing;
    private final KeyBook book;
    private final Ledger ledger;
    private final Log log;
    private final InstantSource clock;
    private final ReentrantLock acting = new ReentrantLock(); // one act at a time

    public Locksmith(
            OwnKeys own,
            KeyKeeper sealing,
            KeyBook book,
            Ledger ledger,
            Log log,
            InstantSource clock) {
        this.own = own;
        this.sealing = sealing;
        this.book = book;
        this.ledger = ledger;
        this.log = log;
        this.clock = clock;
    }

    /** The log, which signs with a key itself. */
    public interface Log {
        /** Has this key at hand when it is its turn. */
        void hold(KeyPair keys);

        /** Signs what there is with the key whose turn it is. */
        void sign();
    }

    /**
     * Makes whatever key there is none of yet, and makes sure of the others.
     *
     * @throws KeysUnusable if one that should sign is not at hand
     */
    public void begin() {
        acting.lock();
        try {
            for (KeyUse use : KeyUse.values()) {
                KeyPage page = book.keys(use);
                OwnKey newest = page.newest().orElseGet(() -> first(use));
                own.of(newest);
                if (use == KeyUse.LOG) {
                    log.sign(); // with the newest, so that the others are not needed
                }
                own.keepOnly(newest);
            }
        } finally {
            acting.unlock();
        }
    }

    private OwnKey first(KeyUse use) {
        KeyPair keys = use == KeyUse.LOG ? own.all(use).getFirst() : own.make(use, 1);
        return introduce(use, 1, keys, false, Optional.empty(), "remit");
    }

    /**
     * Replaces the key of a use by a fresh one.
     *
     * @param refuseOlder whether nothing that earlier ones signed is taken any more; else it is
     *     until its own end
     */
    OwnKey rotate(KeyUse use, boolean refuseOlder, String by) {
        if (use == KeyUse.LOG && refuseOlder) {
            throw new ActRefused("what the log's keys have signed stays signed");
        }
        acting.lock();
        try {
            OwnKey before = book.keys(use).newest().orElseThrow();
            long number = before.number() + 1;
            KeyPair keys = own.make(use, number);
            Optional<String> endorsement = Optional.empty();
            if (use == KeyUse.LOG) {
                log.hold(keys);
                endorsement =
                        Optional.of(
                                Endorsement.sign(own.of(before), number, Jwk.of(keys.getPublic())));
            }
            OwnKey now = introduce(use, number, keys, refuseOlder, endorsement, by);
            if (use == KeyUse.LOG) {
                log.sign();
            }
            own.keepOnly(now);
            return now;
        } finally {
            acting.unlock();
        }
    }

    private OwnKey introduce(
            KeyUse use,
            long number,
            KeyPair keys,
            boolean refuseOlder,
            Optional<String> endorsement,
            String by) {
        Jwk key = Jwk.of(keys.getPublic());
        Event introduced = new Event.KeyIntroduced(use, number, key, refuseOlder, endorsement, by);
        if (!(ledger.append(introduced, clock.instant()) instanceof Receipt)) {
            throw new ActRefused("another key was introduced in the meantime");
        }
        return book.keys(use).newest().orElseThrow();
    }

    /** Replaces every key that is older than its use allows; how many there were. */
    public int replaceOld(Map<KeyUse, Duration> ages) {
        int replaced = 0;
        for (Map.Entry<KeyUse, Duration> age : ages.entrySet()) {
            OwnKey newest = book.keys(age.getKey()).newest().orElseThrow();
            if (!clock.instant().isBefore(newest.since().plus(age.getValue()))) {
                rotate(age.getKey(), false, "remit");
                replaced++;
            }
        }
        return replaced;
    }

    /**
     * Seals everything again under a newer sealing key, and forgets the older ones; how much there
     * was. Stopped in between, all of it opens with the keys that are there, and doing it again
     * ends it.
     *
     * @param others seals whatever else there is under the newest key
     */
    int sealAnew(IntSupplier others, String by) {
        acting.lock();
        try {
            sealing.renew();
            int contents = own.sealAnew() + others.getAsInt();
            Event sealed = new Event.SealedAnew(contents, by);
            if (!(ledger.append(sealed, clock.instant()) instanceof Receipt)) {
                throw new IllegalStateException("nothing objects to sealing");
            }
            sealing.retire();
            return contents;
        } catch (UpstreamUnavailable | KeysUnusable e) {
            throw new ActRefused(
                    "something could not be sealed again, so all sealing keys are kept; the log"
                            + " says what");
        } finally {
            acting.unlock();
        }
    }

    KeyPage keys(KeyUse use) {
        return book.keys(use);
    }
}
