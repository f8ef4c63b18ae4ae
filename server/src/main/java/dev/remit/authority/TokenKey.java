package dev.remit.authority;

import dev.remit.identity.Jwk;
import java.security.KeyPair;

/** The key that access tokens are signed with. */
public record TokenKey(KeyPair keys, Jwk jwk) {
    public TokenKey(KeyPair keys) {
        this(keys, Jwk.of(keys.getPublic()));
    }
}
