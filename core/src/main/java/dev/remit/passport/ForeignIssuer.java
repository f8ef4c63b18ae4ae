package dev.remit.passport;

import dev.remit.call.Value;
import dev.remit.identity.Jws;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A trusted issuer with its keys and status lists, as last read. That a list was read is written
 * down before anybody relies on it.
 */
final class ForeignIssuer implements Issuer {
    /** How long what a list said holds after it should have been read again. */
    static final Duration GRACE = Duration.ofMinutes(10);

    static final Duration USUAL_LIFE = Duration.ofMinutes(15);
    static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);
    static final Duration LONGEST_LIFE = Duration.ofHours(1);
    private static final int MOST_HELD = 64;
    private static final long SKEW_SECONDS = 60;
    private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999

    private final TrustedIssuer terms;
    private final Documents documents;
    private final Ledger ledger;
    private final KeyRing keys;
    private final Map<String, Reading> lists = new HashMap<>();
    private final Map<String, Instant> nextLook = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock(); // guards keys, lists, nextLook

    /** A list as it was read: when to read it again, and until when it may be relied on. */
    private record Reading(StatusList list, Instant due, Instant until) {}

    ForeignIssuer(TrustedIssuer terms, Documents documents, Ledger ledger) {
        this.terms = terms;
        this.documents = documents;
        this.ledger = ledger;
        this.keys = new KeyRing(terms.keys(), documents);
    }

    TrustedIssuer terms() {
        return terms;
    }

    @Override
    public String name() {
        return terms.issuer();
    }

    @Override
    public String kind() {
        return terms.kind();
    }

    @Override
    public boolean made(Jws jws, Instant now) {
        lock.lock();
        try {
            return keys.made(jws, now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Standing standing(Place place, Instant now) {
        return list(place.list(), now)
                .map(list -> list.isValid(place.index()) ? Standing.VALID : Standing.REVOKED)
                .orElse(Standing.UNKNOWN);
    }

    /** The list as it may be relied on now, read anew if it is time. */
    Optional<StatusList> list(String address, Instant now) {
        lock.lock();
        try {
            Optional<Reading> held = Optional.ofNullable(lists.get(address));
            boolean look =
                    held.filter(one -> now.isBefore(one.due())).isEmpty()
                            && !now.isBefore(nextLook.getOrDefault(address, Instant.MIN));
            if (look) {
                Optional<Reading> fresh = read(address, now);
                nextLook.clear(); // a short memory: only against asking again at once
                nextLook.put(address, now.plus(KeyRing.RETRY));
                fresh.ifPresent(one -> hold(address, one));
                held = fresh.or(() -> Optional.ofNullable(lists.get(address)));
            }
            return held.filter(one -> now.isBefore(one.until())).map(Reading::list);
        } finally {
            lock.unlock();
        }
    }

    private void hold(String address, Reading reading) {
        if (lists.size() >= MOST_HELD) {
            lists.clear();
        }
        lists.put(address, reading);
    }

    private Optional<Reading> read(String address, Instant now) {
        Optional<Reading> reading =
                url(address)
                        .flatMap(url -> documents.get(url, "application/statuslist+jwt"))
                        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                        .flatMap(text -> Jws.read(text, StatusList.LONGEST))
                        .filter(jws -> isOfThisList(jws, address, now) && keys.made(jws, now))
                        .flatMap(jws -> reading(jws.claims(), now));
        return reading.filter(
                one ->
                        ledger.append(new Event.StatusListRead(name(), address, one.until()), now)
                                instanceof Receipt);
    }

    private boolean isOfThisList(Jws jws, String address, Instant now) {
        Value.Fields claims = jws.claims();
        long second = now.getEpochSecond();
        OptionalLong issuedAt = claims.whole("iat");
        return jws.header().text("typ").equals(Optional.of("statuslist+jwt"))
                && claims.text("sub").equals(Optional.of(address))
                && claims.get("iss").orElse(Value.of(name())).equals(Value.of(name()))
                && issuedAt.isPresent()
                && issuedAt.getAsLong() <= second + SKEW_SECONDS;
    }

    private static Optional<Reading> reading(Value.Fields claims, Instant now) {
        Duration life = USUAL_LIFE;
        if (claims.get("ttl").isPresent()) {
            long seconds = claims.whole("ttl").orElse(0);
            life = Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_LIFE.toSeconds()));
            life = life.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : life;
        }
        Instant until = now.plus(life).plus(GRACE);
        if (claims.get("exp").isPresent()) {
            Instant end =
                    Instant.ofEpochSecond(
                            Math.clamp(claims.whole("exp").orElse(0), 0, LAST_SECOND));
            until = end.isBefore(until) ? end : until;
        }
        if (!now.isBefore(until)) {
            return Optional.empty();
        }
        Instant due = now.plus(life).isBefore(until) ? now.plus(life) : until;
        Instant end = until;
        return claims.fields("status_list")
                .flatMap(StatusList::read)
                .map(list -> new Reading(list, due, end));
    }

    private static Optional<URI> url(String address) {
        try {
            return Optional.of(URI.create(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
