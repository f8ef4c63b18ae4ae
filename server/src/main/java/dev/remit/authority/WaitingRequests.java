package dev.remit.authority;

import dev.remit.identity.Doubt;
import dev.remit.identity.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Requests that wait for a person, by names that nobody can guess. They are not authority: a
 * restart forgets them, and the client asks again.
 */
final class WaitingRequests {
    /** What the name of a request looks like to a client that pushed it (RFC 9126). */
    static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

    /** How long a request waits for its person to come and to answer, if it does not say. */
    static final Duration LIFE = Duration.ofMinutes(10);

    /** How many of one client's can wait that did not come with a browser. */
    static final int MOST_OF_ONE = 5;

    /** How many can wait for one person. */
    static final int MOST_FOR_ONE = 20;

    private static final int MOST = 10_000;

    private final ReentrantLock lock = new ReentrantLock(); // guards `waiting`
    private final Map<String, Waiting> waiting = new LinkedHashMap<>(); // the oldest first
    private final Supplier<String> secrets;
    private final InstantSource clock;

    WaitingRequests(Supplier<String> secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * A request and where it waits.
     *
     * @param name what the page calls it
     * @param code what a person types, or compares
     * @param whom the person it waits for, or what the client called them; empty if for whoever
     *     brings it
     */
    record Waiting(
            String name,
            TypedCode code,
            AuthorizationRequest request,
            Optional<String> whom,
            Instant since,
            Instant until) {

        /** Whether this person may see and answer it. */
        boolean isFor(PersonId person) {
            return switch (request.way()) {
                case AuthorizationRequest.Way.ByRedirect _, AuthorizationRequest.Way.ByCode _ ->
                        true;
                case AuthorizationRequest.Way.ByInbox(Optional<PersonId> named, _) ->
                        named.equals(Optional.of(person));
            };
        }
    }

    /** Keeps one that came with a browser, or was pushed for one. */
    Waiting add(AuthorizationRequest request) {
        return add(request, Optional.empty(), LIFE);
    }

    /**
     * Keeps one that its client will ask about.
     *
     * @throws OauthRefused if too many of its client or for its person wait already; whether there
     *     is such a person makes no difference
     */
    Waiting addAsked(AuthorizationRequest request, Optional<String> whom, Duration life) {
        lock.lock();
        try {
            dropExpired();
            boolean crowded =
                    count(one -> one.whom.isPresent() == whom.isPresent() && isSame(one, request))
                                    >= MOST_OF_ONE
                            || (whom.isPresent()
                                    && count(one -> one.whom.equals(whom)) >= MOST_FOR_ONE);
            if (crowded) {
                throw new OauthRefused(
                        429,
                        "temporarily_unavailable",
                        Doubt.REQUEST_REFUSED,
                        "too many requests wait for their answer; try again when some have it");
            }
            return add(request, whom, life);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isSame(Waiting one, AuthorizationRequest request) {
        return switch (request.client()) {
            case Clients.Client.Enrolled asking ->
                    one.request.client() instanceof Clients.Client.Enrolled other
                            && other.instance().agent().equals(asking.instance().agent());
            case Clients.Client.Published _ -> // anybody can name it; the key is its own
                    one.request.client() instanceof Clients.Client.Published
                            && one.request.key().equals(request.key());
        };
    }

    private Waiting add(AuthorizationRequest request, Optional<String> whom, Duration life) {
        Instant now = clock.instant();
        lock.lock();
        try {
            if (waiting.size() >= MOST) {
                makeRoom();
            }
            Waiting added =
                    new Waiting(
                            PREFIX + secrets.get(),
                            freshCode(),
                            request,
                            whom,
                            now,
                            now.plus(life));
            waiting.put(added.name, added);
            return added;
        } finally {
            lock.unlock();
        }
    }

    private TypedCode freshCode() {
        while (true) {
            TypedCode code = TypedCode.of(secrets.get());
            if (count(one -> one.code.equals(code)) == 0) {
                return code;
            }
        }
    }

    /** What anybody may bring goes first; an enrolled agent's requests are few already. */
    private void makeRoom() {
        dropExpired();
        Iterator<Waiting> all = waiting.values().iterator();
        while (waiting.size() >= MOST && all.hasNext()) {
            if (all.next().request.client() instanceof Clients.Client.Published) {
                all.remove();
            }
        }
        if (waiting.size() >= MOST) {
            throw new OauthRefused(
                    503,
                    "temporarily_unavailable",
                    Doubt.REQUEST_REFUSED,
                    "too many requests wait for their answer; try again later");
        }
    }

    private void dropExpired() {
        Instant now = clock.instant();
        waiting.values().removeIf(one -> !now.isBefore(one.until));
    }

    private long count(Predicate<Waiting> which) {
        return waiting.values().stream().filter(which).count();
    }

    /** The request of this name, if it waits for this person. */
    Optional<Waiting> find(String name, PersonId person) {
        return find(name).filter(one -> one.isFor(person));
    }

    /** The request of this name, whomever it waits for. */
    Optional<Waiting> find(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(waiting.get(name)).filter(this::isAlive);
        } finally {
            lock.unlock();
        }
    }

    /** The request that a person brings by this code. */
    Optional<Waiting> brought(TypedCode code) {
        return list(
                        one ->
                                one.code.equals(code)
                                        && one.request.way()
                                                instanceof AuthorizationRequest.Way.ByCode)
                .stream()
                .findFirst();
    }

    /** What waits for this person to find it, the oldest first. */
    List<Waiting> inboxOf(PersonId person) {
        return list(
                one ->
                        one.request.way() instanceof AuthorizationRequest.Way.ByInbox
                                && one.isFor(person));
    }

    private List<Waiting> list(Predicate<Waiting> which) {
        lock.lock();
        try {
            return waiting.values().stream().filter(this::isAlive).filter(which).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Takes it away; only one gets it. */
    Optional<Waiting> take(String name, PersonId person) {
        lock.lock();
        try {
            Optional<Waiting> found = find(name, person);
            found.ifPresent(one -> waiting.remove(one.name));
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** It waits again, as if it had not been taken. */
    void putBack(Waiting taken) {
        lock.lock();
        try {
            waiting.putIfAbsent(taken.name, taken);
        } finally {
            lock.unlock();
        }
    }

    private boolean isAlive(Waiting one) {
        return clock.instant().isBefore(one.until);
    }
}
