package dev.remit.identity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the ledger says of a person: roles, standing, and the ways to sign in.
 *
 * @param external who the person is at a provider; their roles then come from there
 * @param endedAt the last time that everything the person had begun was ended
 */
public record Account(
        Person person,
        Set<Role> roles,
        Standing standing,
        List<Passkey> passkeys,
        Optional<ExternalIdentity> external,
        Instant since,
        Optional<Instant> endedAt) {

    /** What a person may count on right now. */
    public sealed interface Standing {
        record Active() implements Standing {}

        /** Nobody acts for this person, and the person does not sign in, until restored. */
        record Suspended(String why, Instant at) implements Standing {}
    }

    public Account {
        Set<Role> ordered = EnumSet.noneOf(Role.class);
        ordered.addAll(roles);
        roles = Collections.unmodifiableSet(ordered);
        passkeys = List.copyOf(passkeys);
    }

    public static Account of(
            Person person, Set<Role> roles, Optional<ExternalIdentity> external, Instant since) {
        return new Account(
                person, roles, new Standing.Active(), List.of(), external, since, Optional.empty());
    }

    public PersonId id() {
        return person.id();
    }

    public boolean isActive() {
        return standing instanceof Standing.Active;
    }

    /**
     * Whether what the person began then, a mandate or a session, still counts: a suspension ends
     * it, and a restoration does not bring it back. Times are those of the log, in milliseconds.
     */
    public boolean stillHolds(Instant begun) {
        Instant then = begun.truncatedTo(ChronoUnit.MILLIS);
        return isActive() && endedAt.filter(end -> !then.isAfter(end)).isEmpty();
    }

    /** Whether the person has any way to sign in. */
    public boolean canSignIn() {
        return isActive() && (!passkeys.isEmpty() || external.isPresent());
    }

    public Optional<Passkey> passkey(String id) {
        return passkeys.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    public Account with(Set<Role> changed) {
        return new Account(person, changed, standing, passkeys, external, since, endedAt);
    }

    public Account with(ExternalIdentity bound) {
        return new Account(person, roles, standing, passkeys, Optional.of(bound), since, endedAt);
    }

    public Account suspended(String why, Instant at) {
        return new Account(
                person,
                roles,
                new Standing.Suspended(why, at),
                passkeys,
                external,
                since,
                Optional.of(at));
    }

    /** Ends the suspension; what it ended stays ended. */
    public Account restored() {
        return new Account(
                person, roles, new Standing.Active(), passkeys, external, since, endedAt);
    }

    public Account with(Passkey passkey) {
        List<Passkey> changed = new ArrayList<>(passkeys);
        changed.replaceAll(one -> one.id().equals(passkey.id()) ? passkey : one);
        if (passkey(passkey.id()).isEmpty()) {
            changed.add(passkey);
        }
        return with(changed);
    }

    public Account withoutPasskey(String id) {
        return with(passkeys.stream().filter(one -> !one.id().equals(id)).toList());
    }

    private Account with(List<Passkey> changed) {
        return new Account(person, roles, standing, changed, external, since, endedAt);
    }
}
