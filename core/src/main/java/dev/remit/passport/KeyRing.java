package dev.remit.passport;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One issuer's keys, fetched when they are needed and kept for a while. A signature by none of them
 * has them fetched again, not more often than once a minute; a failure is not remembered, only not
 * repeated at once. Not for several threads at once.
 */
final class KeyRing {
    static final Duration LIFE = Duration.ofMinutes(10);
    static final Duration PAUSE = Duration.ofMinutes(1);
    static final Duration RETRY = Duration.ofSeconds(5);
    private static final int MOST_KEYS = 16;

    private final KeySource source;
    private final Documents documents;
    private List<Jwk> held = List.of();
    private Instant heldUntil = Instant.MIN;
    private Instant nextLook = Instant.MIN;

    KeyRing(KeySource source, Documents documents) {
        this.source = source;
        this.documents = documents;
    }

    /** Whether one of the issuer's keys made the signature. */
    boolean made(Jws jws, Instant now) {
        if (!now.isBefore(heldUntil)) {
            held = List.of();
        }
        if (signed(jws)) {
            return true;
        }
        if (now.isBefore(nextLook)) {
            return false;
        }
        fetch(now);
        return signed(jws);
    }

    private boolean signed(Jws jws) {
        return held.stream().anyMatch(jws::isSignedBy);
    }

    private void fetch(Instant now) {
        Optional<List<Jwk>> keys = fetched();
        nextLook = now.plus(keys.isPresent() ? PAUSE : RETRY);
        if (keys.isPresent()) {
            held = keys.get();
            heldUntil = now.plus(LIFE);
        }
    }

    private Optional<List<Jwk>> fetched() {
        return switch (source) {
            case KeySource.Given(List<Jwk> keys) -> Optional.of(keys);
            case KeySource.OfDid(Did did) -> new DidResolver(documents).keys(did);
            case KeySource.AtUrl at ->
                    documents
                            .get(at.jwks(), "application/json", "application/jwk-set+json")
                            .flatMap(KeyRing::read);
        };
    }

    private static Optional<List<Jwk>> read(byte[] json) {
        try {
            List<Jwk> keys = new ArrayList<>();
            for (Value one : JsonReader.readFields(json).items("keys")) {
                if (one instanceof Value.Fields jwk
                        && jwk.text("use").orElse("sig").equals("sig")) {
                    Jwk.of(jwk).ifPresent(keys::add); // of other kinds, for others
                }
            }
            return keys.size() > MOST_KEYS ? Optional.empty() : Optional.of(keys);
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }
}
