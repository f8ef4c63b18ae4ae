package dev.remit.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a person last showed who they are, and how ({@code auth_time} and {@code acr}; OpenID
 * Connect Core, section 2; RFC 9470, section 6.1).
 *
 * @param at {@link Instant#EPOCH} if it is not known
 * @param acr the authentication context class; empty if nothing is known that one could rely on
 */
public record Authentication(Instant at, Optional<String> acr) {
    /**
     * By a passkey whose device verified the person: nothing that a phisher could pass on (OpenID
     * Connect Extended Authentication Profile ACR Values 1.0, section 2).
     */
    public static final String PHISHING_RESISTANT = "phr";

    public static Authentication byPasskey(Instant at) {
        return new Authentication(at, Optional.of(PHISHING_RESISTANT));
    }

    /** In a way of which nothing more is known. */
    public static Authentication at(Instant at) {
        return new Authentication(at, Optional.empty());
    }

    /** The time as tokens have it; empty if it is not known. */
    public OptionalLong authTime() {
        return at.equals(Instant.EPOCH)
                ? OptionalLong.empty()
                : OptionalLong.of(at.getEpochSecond());
    }
}
