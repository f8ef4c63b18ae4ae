package dev.remit.testkit;

import static dev.remit.testkit.StoreContract.assertObjected;
import static dev.remit.testkit.StoreContract.assertStored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.Jwk;
import dev.remit.identity.KeyUse;
import dev.remit.identity.OwnKey;
import dev.remit.ledger.Endorsement;
import dev.remit.ledger.Event;
import dev.remit.testkit.StoreContract.Check;
import dev.remit.testkit.StoreContract.Opened;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of {@link StoreContract} that is about the gateway's own keys. */
final class KeyContract {
    static final Map<String, Check> CHECKS =
            Map.of(
                    "keysAreIntroducedInOrderAndOnce", KeyContract::introduced,
                    "aKeyForOneUseIsNotIntroducedForAnother", KeyContract::purposes,
                    "theLogsKeysAreEndorsed", KeyContract::endorsed);

    private KeyContract() {}

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Event next(KeyUse use, long number, KeyPair key, boolean refuse) {
        Jwk jwk = Jwk.of(key.getPublic());
        return new Event.KeyIntroduced(use, number, jwk, refuse, Optional.empty(), "x");
    }

    private static Event log(KeyPair before, long number, long said, KeyPair key, boolean refuse) {
        Jwk jwk = Jwk.of(key.getPublic());
        String endorsement = Endorsement.sign(before.getPrivate(), said, jwk);
        return new Event.KeyIntroduced(
                KeyUse.LOG, number, jwk, refuse, Optional.of(endorsement), "x");
    }

    private static void introduced(Opened store, Sample sample) {
        KeyPair first = keys();
        assertThat(store.keys().keys(KeyUse.TOKENS).newest()).isEmpty();
        assertObjected(sample.append(next(KeyUse.TOKENS, 2, first, false)));
        assertStored(sample.append(next(KeyUse.TOKENS, 1, first, false)));
        assertObjected(sample.append(next(KeyUse.TOKENS, 1, keys(), false)));
        assertObjected(sample.append(next(KeyUse.TOKENS, 2, first, false)));
        assertStored(sample.append(next(KeyUse.TOKENS, 2, keys(), false)));
        assertStored(sample.append(next(KeyUse.TOKENS, 3, keys(), true)));
        List<OwnKey> all = store.keys().keys(KeyUse.TOKENS).keys();
        assertThat(all).extracting(OwnKey::number).containsExactly(1L, 2L, 3L);
        assertThat(all).extracting(OwnKey::refused).containsExactly(true, true, false);
        assertThat(all.getFirst().key()).isEqualTo(Jwk.of(first.getPublic()));
        assertThat(all.getFirst().replacedAt()).contains(all.get(1).since());
        assertThat(all.getLast().replacedAt()).isEmpty();
    }

    private static void purposes(Opened store, Sample sample) {
        KeyPair key = keys();
        assertStored(sample.append(next(KeyUse.LOG, 1, key, false)));
        assertObjected(sample.append(next(KeyUse.TOKENS, 1, key, false)));
        assertObjected(sample.append(next(KeyUse.PASSPORTS, 1, key, false)));
        assertStored(sample.append(next(KeyUse.PASSPORTS, 1, keys(), false)));
        assertThat(store.keys().keys(KeyUse.TOKENS).keys()).isEmpty();
    }

    private static void endorsed(Opened store, Sample sample) {
        KeyPair first = keys();
        KeyPair second = keys();
        assertObjected(sample.append(log(first, 1, 1, first, false)));
        assertStored(sample.append(next(KeyUse.LOG, 1, first, false)));
        assertObjected(sample.append(next(KeyUse.LOG, 2, second, false)));
        assertObjected(sample.append(log(keys(), 2, 2, second, false)));
        assertObjected(sample.append(log(second, 2, 2, second, false)));
        assertObjected(sample.append(log(first, 2, 3, second, false)));
        assertObjected(sample.append(log(first, 2, 2, second, true)));
        assertStored(sample.append(log(first, 2, 2, second, false)));
        assertObjected(sample.append(log(first, 3, 3, keys(), false)));
        assertStored(sample.append(log(second, 3, 3, keys(), false)));
        assertThat(store.keys().keys(KeyUse.LOG).keys()).hasSize(3);
    }
}
