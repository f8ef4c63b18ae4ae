package dev.remit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.identity.KeyUse;
import dev.remit.identity.OwnKey;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is sealed under a newer key, or stopped at any moment on the way. */
final class SealAnewTest {
    private static final String SEALING = "sealing.key";

    @TempDir Path folder;

    private final MemoryStore store = new MemoryStore();
    private final Ledger ledger = new Ledger(store, () -> new byte[16]);

    /** The process is gone; what was written is written. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Wraps so many keys, then stops. */
    private record Stopping(KeyKeeper keys, AtomicInteger left, boolean beforeRetiring)
            implements KeyKeeper {
        @Override
        public byte[] wrap(byte[] key) throws GeneralSecurityException {
            if (left.getAndDecrement() == 0) {
                throw new Stopped();
            }
            return keys.wrap(key);
        }

        @Override
        public byte[] unwrap(byte[] wrapped) throws GeneralSecurityException {
            return keys.unwrap(wrapped);
        }

        @Override
        public void renew() {
            keys.renew();
        }

        @Override
        public void retire() {
            if (beforeRetiring) {
                throw new Stopped();
            }
            keys.retire();
        }
    }

    private KeyKeeper keys() {
        return FileKeys.at(folder.resolve(SEALING), true);
    }

    private Locksmith locksmith(KeyKeeper keys) {
        Locksmith.Log log =
                new Locksmith.Log() {
                    @Override
                    public void hold(KeyPair pair) {}

                    @Override
                    public void sign() {}
                };
        OwnKeys own = new OwnKeys(folder, new Sealer(keys));
        return new Locksmith(own, keys, store, ledger, log, () -> Instant.EPOCH);
    }

    /** Everything opens for a process that starts now, and is what the ledger says. */
    private void opens(byte[] secret) {
        OwnKeys own = new OwnKeys(folder, new Sealer(keys()));
        for (KeyUse use : KeyUse.values()) {
            OwnKey newest = store.keys(use).newest().orElseThrow();
            assertThat(own.of(newest).getEncoded()).isNotEmpty();
        }
        assertThat(own.secret("state", false)).isEqualTo(secret);
    }

    private List<String> sealingKeys() throws IOException {
        return Files.readAllLines(folder.resolve(SEALING));
    }

    @Test
    @AttackCase("KEYS-005")
    void whereverItIsStoppedEverythingOpensAndItCanBeDoneAgain() throws IOException {
        OwnKeys own = new OwnKeys(folder, new Sealer(keys()));
        KeyPair ofLog = own.make(KeyUse.LOG, 1);
        assertThat(ofLog.getPrivate()).isNotNull();
        byte[] secret = own.secret("state", true);
        locksmith(keys()).begin();
        for (int after = 0; after <= 4; after++) {
            KeyKeeper stopping = new Stopping(keys(), new AtomicInteger(after), after == 4);
            assertThatThrownBy(() -> locksmith(stopping).sealAnew(() -> 0, "per_1"))
                    .isInstanceOf(Stopped.class);
            assertThat(sealingKeys()).hasSizeGreaterThan(1);
            opens(secret);
        }
        String newestBefore = sealingKeys().getFirst();
        assertThat(locksmith(keys()).sealAnew(() -> 3, "per_1")).isEqualTo(7);
        assertThat(sealingKeys()).hasSize(1).doesNotContain(newestBefore);
        opens(secret);
        assertThat(store.entries().getLast().event()).isEqualTo(new Event.SealedAnew(7, "per_1"));
    }

    @Test
    @AttackCase("KEYS-006")
    void noTwoSealsShareANonce() throws GeneralSecurityException {
        Set<String> wrapped = new HashSet<>();
        Set<String> sealed = new HashSet<>();
        int seals = Integer.getInteger("remit.seals", 50_000);
        LocalKeys sealing = LocalKeys.fresh();
        Sealer sealer = new Sealer(sealing);
        Label label = Label.ofSecret("x");
        byte[] content = new byte[1];
        for (int i = 0; i < seals; i++) {
            byte[] one = sealer.seal(label, content);
            // length of the wrapped key u32 · number of the sealing key, 5 bytes · nonce, 12 bytes
            wrapped.add(HexFormat.of().formatHex(Arrays.copyOfRange(one, 9, 21)));
            sealed.add(
                    HexFormat.of().formatHex(Arrays.copyOfRange(one, one.length - 29, one.length)));
        }
        assertThat(wrapped).as("under the sealing key").hasSize(seals);
        assertThat(sealed).as("nonce, content and tag").hasSize(seals);
    }
}
