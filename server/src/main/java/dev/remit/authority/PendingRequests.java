package dev.remit.authority;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Requests that wait for a person (RFC 9126 and those that came with the browser), by names that
 * nobody can guess. They are not authority: a restart forgets them, and the client asks again.
 */
final class PendingRequests {
    static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

    /** How long a request waits for its person to come and to answer. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final int MOST = 10_000;

    private final Cache<String, AuthorizationRequest> waiting =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).build();
    private final Supplier<String> secrets;

    PendingRequests(Supplier<String> secrets) {
        this.secrets = secrets;
    }

    /** Keeps it; returns its name, a {@code request_uri}. */
    String add(AuthorizationRequest request) {
        String name = PREFIX + secrets.get();
        waiting.put(name, request);
        return name;
    }

    Optional<AuthorizationRequest> find(String name) {
        return Optional.ofNullable(waiting.getIfPresent(name));
    }

    /** Takes it away; only one gets it. */
    Optional<AuthorizationRequest> take(String name) {
        return Optional.ofNullable(waiting.asMap().remove(name));
    }
}
