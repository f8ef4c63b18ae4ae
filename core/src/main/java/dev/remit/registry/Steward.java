package dev.remit.registry;

import dev.remit.call.Digest;
import dev.remit.identity.Account;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.Passkey;
import dev.remit.identity.Person;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.identity.SignInLink;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Adds people, gives them roles and ways to sign in, suspends and restores them. */
public final class Steward {
    /** How long a link to add a passkey can be used. */
    public static final Duration LINK_LIFE = Duration.ofMinutes(15);

    private static final int LONGEST_NAME = 200;

    private final PersonBook people;
    private final Ledger ledger;
    private final Supplier<String> names;
    private final Supplier<String> secrets;
    private final InstantSource clock;

    /**
     * @param names gives fresh unique names, letters and digits
     * @param secrets gives fresh words that cannot be guessed
     */
    public Steward(
            PersonBook people,
            Ledger ledger,
            Supplier<String> names,
            Supplier<String> secrets,
            InstantSource clock) {
        this.people = people;
        this.ledger = ledger;
        this.names = names;
        this.secrets = secrets;
        this.clock = clock;
    }

    public Account add(String name, Set<Role> roles, Optional<ExternalIdentity> who, String by) {
        return add(new Person(new PersonId("per_" + names.get()), checked(name)), roles, who, by);
    }

    /** Adds a person whose name here is known already; one who is here stays as they are. */
    public Account addOnce(Person person, Set<Role> roles, String by) {
        Optional<Account> known = people.account(person.id());
        return known.isPresent() ? known.get() : add(person, roles, Optional.empty(), by);
    }

    private Account add(Person person, Set<Role> roles, Optional<ExternalIdentity> who, String by) {
        write(new Event.PersonAdded(person, roles, who, by), "somebody is that already");
        return find(person.id());
    }

    private static String checked(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new ActRefused("a person's name has 1 to " + LONGEST_NAME + " characters");
        }
        return name;
    }

    /** A new link's word, to add a passkey with; the word itself is nowhere else. */
    public String issueLink(PersonId person, String by) {
        String word = secrets.get();
        Instant now = clock.instant();
        write(
                new Event.LinkIssued(
                        new SignInLink(hash(word), person, now, now.plus(LINK_LIFE)), by),
                "there is no such person, or they are suspended");
        return word;
    }

    /** Who may add a passkey with this word, if it was issued, not used, and is not too old. */
    public Optional<SignInLink> link(String word) {
        return people.link(hash(word)).filter(one -> clock.instant().isBefore(one.expiresAt()));
    }

    /** Adds a passkey; false if it is known already, the link is used, or the person suspended. */
    public boolean addPasskey(PersonId person, Passkey passkey, Optional<Digest> link) {
        return ledger.append(new Event.PasskeyAdded(person, passkey, link), clock.instant())
                instanceof Receipt;
    }

    public void removePasskey(PersonId person, String passkey, String by) {
        write(new Event.PasskeyRemoved(person, passkey, by), "there is no such passkey");
    }

    public Account bind(PersonId person, ExternalIdentity who, String by) {
        write(
                new Event.IdentityBound(person, who, by),
                "the person is bound to a provider already, or somebody else is that");
        return find(person);
    }

    public Account changeRoles(PersonId person, Set<Role> roles, String by) {
        write(new Event.RolesChanged(person, roles, by), "there is no such person");
        return find(person);
    }

    public Account suspend(PersonId person, String why, String by) {
        write(new Event.PersonSuspended(person, why, by), "there is no such person");
        return find(person);
    }

    public Account restore(PersonId person, String by) {
        write(new Event.PersonRestored(person, by), "there is no such person");
        return find(person);
    }

    /** A person by id or, if only one is called so, by name. */
    public Account find(String named) {
        if (named.startsWith("per_")) {
            return find(new PersonId(named));
        }
        List<Account> called =
                people.accounts().stream()
                        .filter(account -> account.person().name().equals(named))
                        .toList();
        if (called.size() == 1) {
            return called.getFirst();
        }
        throw new ActRefused(
                called.isEmpty()
                        ? "there is no person `" + named + "`; `remit person list` shows them"
                        : "several people are called `" + named + "`; name one by id (per_…)");
    }

    private Account find(PersonId id) {
        return people.account(id).orElseThrow(() -> new ActRefused("there is no person " + id));
    }

    private void write(Event event, String objection) {
        if (!(ledger.append(event, clock.instant()) instanceof Receipt)) {
            throw new ActRefused(objection);
        }
    }

    private static Digest hash(String word) {
        return Digest.of(("remit/link/v1\0" + word).getBytes(StandardCharsets.UTF_8));
    }
}
