package dev.remit.passport;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of one issuer or client, fetched when they are needed and kept for a while. A signature
 * by none of them has them fetched again, not more often than once a minute; a failure is not
 * remembered, only not repeated at once. A signature by a key that is held never waits for that.
 */
public final class KeyRing {
    static final Duration LIFE = Duration.ofMinutes(10);
    static final Duration PAUSE = Duration.ofMinutes(1);
    static final Duration RETRY = Duration.ofSeconds(5);
    private static final int MOST_KEYS = 16;
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final KeySource source;
    private final Documents documents;
    private final ReentrantLock fetching = new ReentrantLock(); // guards nextLook
    private volatile Held held = new Held(List.of(), Instant.MIN);
    private Instant nextLook = Instant.MIN;

    public KeyRing(KeySource source, Documents documents) {
        this.source = source;
        this.documents = documents;
    }

    /** Keys as they were fetched, and until when they may be relied on. */
    private record Held(List<IssuerKey> keys, Instant until) {
        boolean made(Jws jws, Instant now) {
            return now.isBefore(until) && keys.stream().anyMatch(key -> key.made(jws));
        }
    }

    /** Whether one of the keys made the signature. */
    public boolean made(Jws jws, Instant now) {
        Held before = held;
        if (before.made(jws, now)) {
            return true;
        }
        fetching.lock();
        try {
            if (!held.equals(before) && held.made(jws, now)) {
                return true; // somebody else has just fetched it
            }
            if (now.isBefore(nextLook)) {
                return false;
            }
            fetch(now);
            return held.made(jws, now);
        } finally {
            fetching.unlock();
        }
    }

    private void fetch(Instant now) {
        Optional<List<IssuerKey>> keys = fetched();
        nextLook = now.plus(keys.isPresent() ? PAUSE : RETRY);
        keys.ifPresent(some -> held = new Held(some, now.plus(LIFE)));
    }

    private Optional<List<IssuerKey>> fetched() {
        return switch (source) {
            case KeySource.Given(List<Jwk> keys) -> Optional.of(of(keys));
            case KeySource.Written(Value.Fields jwks) -> read(jwks);
            case KeySource.OfDid(Did did) -> new DidResolver(documents).keys(did).map(KeyRing::of);
            case KeySource.AtUrl(URI jwks) -> at(jwks);
            case KeySource.Discovered(String issuer) -> discovered(issuer).flatMap(this::at);
        };
    }

    private static List<IssuerKey> of(List<Jwk> keys) {
        return keys.stream().map(IssuerKey::of).toList();
    }

    private Optional<List<IssuerKey>> at(URI jwks) {
        return documents
                .get(jwks, "application/json", "application/jwk-set+json")
                .flatMap(KeyRing::json)
                .flatMap(KeyRing::read);
    }

    private Optional<URI> discovered(String issuer) {
        try {
            return documents
                    .get(URI.create(issuer + DISCOVERY), "application/json")
                    .flatMap(KeyRing::json)
                    .filter(said -> said.text("issuer").equals(Optional.of(issuer)))
                    .flatMap(said -> said.text("jwks_uri"))
                    .map(URI::create);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Value.Fields> json(byte[] json) {
        try {
            return Optional.of(JsonReader.readFields(json));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    /** Keys of other kinds are for others. */
    private static Optional<List<IssuerKey>> read(Value.Fields jwks) {
        List<IssuerKey> keys = new ArrayList<>();
        for (Value one : jwks.items("keys")) {
            if (one instanceof Value.Fields jwk) {
                IssuerKey.of(jwk).ifPresent(keys::add);
            }
        }
        return keys.isEmpty() || keys.size() > MOST_KEYS
                ? Optional.empty()
                : Optional.of(List.copyOf(keys));
    }

    /** Whether there is a key in it that is taken. */
    static boolean isOfUse(Value.Fields jwks) {
        return read(jwks).isPresent();
    }
}
