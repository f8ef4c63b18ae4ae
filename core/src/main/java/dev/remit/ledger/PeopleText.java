package dev.remit.ledger;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.Passkey;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.identity.SignInLink;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The events of people's accounts as names and values; {@link EventText} has the others. */
final class PeopleText {
    private PeopleText() {}

    static EventText write(Event.OfPeople event) {
        return switch (event) {
            case Event.PersonAdded(
                            Person person,
                            Set<Role> roles,
                            Optional<ExternalIdentity> external,
                            String by) ->
                    of("person-added", person.id())
                            .with("roles", words(roles))
                            .with("issuer", external.map(ExternalIdentity::issuer))
                            .with("by", by)
                            .saying("name", Value.of(person.name()))
                            .saying("subject", external.map(one -> Value.of(one.subject())));
            case Event.RolesChanged(PersonId person, Set<Role> roles, String by) ->
                    of("roles-changed", person).with("roles", words(roles)).with("by", by);
            case Event.PersonSuspended(PersonId person, String why, String by) ->
                    of("person-suspended", person).with("by", by).saying("why", Value.of(why));
            case Event.PersonRestored(PersonId person, String by) ->
                    of("person-restored", person).with("by", by);
            case Event.IdentityBound(PersonId person, ExternalIdentity external, String by) ->
                    of("identity-bound", person)
                            .with("issuer", external.issuer())
                            .with("by", by)
                            .saying("subject", Value.of(external.subject()));
            case Event.LinkIssued(SignInLink link, String by) ->
                    of("link-issued", link.person())
                            .with("link", link.hash().hex())
                            .with("issued", link.issuedAt().toString())
                            .with("expires", link.expiresAt().toString())
                            .with("by", by);
            case Event.PasskeyAdded(PersonId person, Passkey passkey, Optional<Digest> link) ->
                    of("passkey-added", person)
                            .with("passkey", passkey.id())
                            .with("key", passkey.key())
                            .with("count", passkey.count())
                            .with("since", passkey.since().toString())
                            .with("link", link.map(Digest::hex))
                            .saying("label", Value.of(passkey.label()));
            case Event.PasskeyRemoved(PersonId person, String passkey, String by) ->
                    of("passkey-removed", person).with("passkey", passkey).with("by", by);
            case Event.SignedIn(PersonId person, Event.Way way) ->
                    switch (way) {
                        case Event.Way.ByPasskey(String passkey, long count) ->
                                of("signed-in", person)
                                        .with("way", "passkey")
                                        .with("passkey", passkey)
                                        .with("count", count);
                        case Event.Way.ByProvider(String issuer) ->
                                of("signed-in", person)
                                        .with("way", "provider")
                                        .with("issuer", issuer);
                        case Event.Way.ByLink() -> of("signed-in", person).with("way", "link");
                    };
            case Event.SignInRefused(String reason, String path, long more) ->
                    EventText.of("sign-in-refused")
                            .with("reason", reason)
                            .with("more", more)
                            .saying("path", Value.of(path));
        };
    }

    /** The event, if it is one of these. */
    static Optional<Event> read(EventText text) {
        return Optional.ofNullable(
                switch (text.kind()) {
                    case "person-added" ->
                            new Event.PersonAdded(
                                    new Person(person(text), text.said("name")),
                                    roles(text),
                                    text.maybe("issuer").map(issuer -> external(issuer, text)),
                                    text.get("by"));
                    case "roles-changed" ->
                            new Event.RolesChanged(person(text), roles(text), text.get("by"));
                    case "person-suspended" ->
                            new Event.PersonSuspended(
                                    person(text), text.said("why"), text.get("by"));
                    case "person-restored" ->
                            new Event.PersonRestored(person(text), text.get("by"));
                    case "identity-bound" ->
                            new Event.IdentityBound(
                                    person(text),
                                    external(text.get("issuer"), text),
                                    text.get("by"));
                    case "link-issued" ->
                            new Event.LinkIssued(
                                    new SignInLink(
                                            Digest.ofHex(text.get("link")),
                                            person(text),
                                            Instant.parse(text.get("issued")),
                                            Instant.parse(text.get("expires"))),
                                    text.get("by"));
                    case "passkey-added" ->
                            new Event.PasskeyAdded(
                                    person(text),
                                    new Passkey(
                                            text.get("passkey"),
                                            text.get("key"),
                                            text.number("count"),
                                            text.said("label"),
                                            Instant.parse(text.get("since"))),
                                    text.maybe("link").map(Digest::ofHex));
                    case "passkey-removed" ->
                            new Event.PasskeyRemoved(
                                    person(text), text.get("passkey"), text.get("by"));
                    case "signed-in" -> new Event.SignedIn(person(text), way(text));
                    case "sign-in-refused" ->
                            new Event.SignInRefused(
                                    text.get("reason"), text.said("path"), text.number("more"));
                    default -> null;
                });
    }

    private static Event.Way way(EventText text) {
        return switch (text.get("way")) {
            case "passkey" -> new Event.Way.ByPasskey(text.get("passkey"), text.number("count"));
            case "provider" -> new Event.Way.ByProvider(text.get("issuer"));
            case "link" -> new Event.Way.ByLink();
            case String other ->
                    throw new IllegalArgumentException("`" + other + "` is no way to sign in");
        };
    }

    private static EventText of(String kind, PersonId person) {
        return EventText.of(kind).with("person", person.text());
    }

    private static PersonId person(EventText text) {
        return new PersonId(text.get("person"));
    }

    private static ExternalIdentity external(String issuer, EventText text) {
        return new ExternalIdentity(issuer, text.said("subject"));
    }

    private static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::word).collect(Collectors.joining(" "));
    }

    private static Set<Role> roles(EventText text) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream(text.get("roles").split(" "))
                .filter(word -> !word.isEmpty())
                .forEach(
                        word ->
                                roles.add(
                                        Role.of(word)
                                                .orElseThrow(
                                                        () ->
                                                                new IllegalArgumentException(
                                                                        "`"
                                                                                + word
                                                                                + "` is no role"))));
        return roles;
    }
}
