package dev.remit.authority;

import dev.remit.identity.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How often a person typed a wrong code: after a few of them within a minute no code of theirs is
 * looked at, right or wrong (RFC 8628, section 5.1).
 */
final class Tries {
    private static final int MOST = 5;
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private final Map<PersonId, List<Instant>> failures = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Tries(InstantSource clock) {
        this.clock = clock;
    }

    boolean mayTry(PersonId person) {
        return recent(failures.getOrDefault(person, List.of())).size() < MOST;
    }

    void failed(PersonId person) {
        failures.merge(
                person,
                List.of(clock.instant()),
                (before, now) -> Stream.concat(recent(before).stream(), now.stream()).toList());
    }

    private List<Instant> recent(List<Instant> all) {
        Instant from = clock.instant().minus(WITHIN);
        return all.stream().filter(one -> one.isAfter(from)).toList();
    }
}
