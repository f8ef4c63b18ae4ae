package dev.remit.testkit;

import dev.remit.identity.Jwk;
import dev.remit.identity.KeyPage;
import dev.remit.identity.KeyUse;
import dev.remit.identity.SigningKeys;
import java.security.KeyPair;
import java.time.Instant;

/** A gateway's own keys that are one key, which never changes. */
public final class OneKey {
    private OneKey() {}

    public static SigningKeys of(KeyUse use, KeyPair keys) {
        KeyPage page = KeyPage.empty(use).with(Jwk.of(keys.getPublic()), Instant.EPOCH, 0, false);
        return new SigningKeys(use, _ -> page, _ -> keys.getPrivate());
    }
}
