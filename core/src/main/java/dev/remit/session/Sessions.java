package dev.remit.session;

import dev.remit.call.Digest;
import dev.remit.identity.Account;
import dev.remit.identity.Authentication;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Starts, finds and ends sessions. Nobody else makes a {@link SignedIn}. */
public final class Sessions {
    /** A session that nobody uses for so long ends. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** No session lasts longer. */
    public static final Duration LONGEST = Duration.ofHours(12);

    private static final Duration NOTED = Duration.ofMinutes(1); // not every request is a write
    private static final int LONGEST_DEVICE = 200;
    private static final int LONGEST_SECRET = 200;

    private final SessionBook book;
    private final PersonBook people;
    private final Supplier<String> secrets;
    private final InstantSource clock;

    /**
     * @param secrets gives fresh words of 256 random bits or more
     */
    public Sessions(
            SessionBook book, PersonBook people, Supplier<String> secrets, InstantSource clock) {
        this.book = book;
        this.people = people;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Starts a session for a person who has just signed in; always under a fresh secret, whatever
     * the browser sent.
     *
     * @param former the secret of the session that this browser had, which ends
     * @return the secret for the browser to keep
     */
    public String start(
            PersonId person,
            Instant startedAt,
            Authentication shown,
            String device,
            Optional<String> former) {
        former.ifPresent(this::end);
        book.forget(clock.instant().minus(LONGEST), clock.instant().minus(IDLE));
        String secret = secrets.get();
        String cut =
                device.length() <= LONGEST_DEVICE ? device : device.substring(0, LONGEST_DEVICE);
        book.keep(new Session(id(secret), person, startedAt, shown, startedAt, cut));
        return secret;
    }

    /** Who has signed in with this secret, if the session holds and the account is in order. */
    public Optional<SignedIn> find(String secret) {
        Optional<SignedIn> who = watch(secret);
        Instant now = clock.instant();
        who.map(SignedIn::session)
                .filter(session -> session.seenAt().plus(NOTED).isBefore(now))
                .ifPresent(session -> book.keep(session.seen(now)));
        return who;
    }

    /**
     * The same for a page that keeps itself up to date: it is no sign that the person is still
     * there, so a session that nobody uses ends although such a page is open.
     */
    public Optional<SignedIn> watch(String secret) {
        if (secret.length() > LONGEST_SECRET) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return book.find(id(secret))
                .filter(session -> holds(session, now))
                .flatMap(
                        session ->
                                account(session)
                                        .map(
                                                account ->
                                                        new SignedIn(
                                                                account, session, csrf(secret))));
    }

    public void end(String secret) {
        book.remove(id(secret));
    }

    /** Ends one of a person's sessions; false if it is not one of theirs. */
    public boolean end(PersonId person, Digest id) {
        boolean own = book.find(id).filter(one -> one.person().equals(person)).isPresent();
        if (own) {
            book.remove(id);
        }
        return own;
    }

    /** A person's sessions that hold, the latest first. */
    public List<Session> of(PersonId person) {
        Instant now = clock.instant();
        return book.of(person).stream()
                .filter(session -> holds(session, now) && account(session).isPresent())
                .toList();
    }

    private static boolean holds(Session session, Instant now) {
        return now.isBefore(session.startedAt().plus(LONGEST))
                && now.isBefore(session.seenAt().plus(IDLE));
    }

    private Optional<Account> account(Session session) {
        return people.account(session.person())
                .filter(account -> account.stillHolds(session.startedAt()));
    }

    private static Digest id(String secret) {
        return Digest.of(("remit/session/v1\0" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String csrf(String secret) {
        return Digest.of(("remit/form/v1\0" + secret).getBytes(StandardCharsets.UTF_8)).base64Url();
    }
}
