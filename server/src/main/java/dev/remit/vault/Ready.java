package dev.remit.vault;

import dev.remit.gate.Credentials.Attached;
import dev.remit.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What is sent, ready to be put on a request.
 *
 * @param until it is good for; a little before, another one is fetched
 */
record Ready(Attached attached, Instant until) {
    private static final Duration EARLY = Duration.ofSeconds(30);

    /** Sent from now on until it is set anew. */
    static Ready forGood(Recipe.Header header) {
        String value = header.template().replace(Recipe.Header.PLACE, header.secret().reveal());
        return new Ready(
                new Attached(Map.of(header.name(), new Secret(value)), List.of(header.secret())),
                Instant.MAX);
    }

    static Ready forGood(Recipe.Basic basic) {
        String pair = basic.user() + ":" + basic.password().reveal();
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return new Ready(
                new Attached(
                        Map.of("Authorization", new Secret("Basic " + encoded)),
                        List.of(basic.password(), new Secret(encoded))),
                Instant.MAX);
    }

    static Ready token(Secret access, Instant until) {
        return new Ready(
                new Attached(
                        Map.of("Authorization", new Secret("Bearer " + access.reveal())),
                        List.of(access)),
                until);
    }

    /** Whether it lasts at least a little longer: half a minute, or half of a short life. */
    boolean isGood(Instant now, Instant since) {
        if (until.equals(Instant.MAX)) {
            return true;
        }
        Duration half = Duration.between(since, until).dividedBy(2);
        return now.isBefore(until.minus(half.compareTo(EARLY) < 0 ? half : EARLY));
    }
}
