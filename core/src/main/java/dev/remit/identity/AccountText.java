package dev.remit.identity;

import dev.remit.call.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An account as JSON: the one form in the store and in listings. */
public final class AccountText {
    private AccountText() {}

    public static Value.Fields write(Account account) {
        Value.Building text =
                Value.object()
                        .put("person", account.id().text())
                        .put("name", account.person().name())
                        .put("roles", roles(account.roles()))
                        .put("since", account.since().toString());
        switch (account.standing()) {
            case Account.Standing.Active() -> text.put("standing", "active");
            case Account.Standing.Suspended(String why, Instant at) ->
                    text.put("standing", "suspended")
                            .put("why", why)
                            .put("suspended_at", at.toString());
        }
        List<Value> passkeys = new ArrayList<>();
        account.passkeys().forEach(passkey -> passkeys.add(passkey(passkey)));
        text.put("passkeys", new Value.Items(passkeys));
        account.external()
                .ifPresent(
                        external ->
                                text.put(
                                        "provider",
                                        Value.object()
                                                .put("issuer", external.issuer())
                                                .put("subject", external.subject())
                                                .build()));
        account.endedAt().ifPresent(end -> text.put("ended", end.toString()));
        return text.build();
    }

    public static Account read(Value.Fields text) {
        Account.Standing standing =
                string(text, "standing").equals("active")
                        ? new Account.Standing.Active()
                        : new Account.Standing.Suspended(
                                string(text, "why"), Instant.parse(string(text, "suspended_at")));
        List<Passkey> passkeys = new ArrayList<>();
        for (Value one : text.items("passkeys")) {
            passkeys.add(readPasskey((Value.Fields) one));
        }
        return new Account(
                new Person(new PersonId(string(text, "person")), string(text, "name")),
                readRoles(text.items("roles")),
                standing,
                passkeys,
                text.fields("provider")
                        .map(
                                at ->
                                        new ExternalIdentity(
                                                string(at, "issuer"), string(at, "subject"))),
                Instant.parse(string(text, "since")),
                text.text("ended").map(Instant::parse));
    }

    private static Value.Fields passkey(Passkey passkey) {
        return Value.object()
                .put("id", passkey.id())
                .put("key", passkey.key())
                .put("count", passkey.count())
                .put("label", passkey.label())
                .put("since", passkey.since().toString())
                .build();
    }

    private static Passkey readPasskey(Value.Fields text) {
        return new Passkey(
                string(text, "id"),
                string(text, "key"),
                text.whole("count").orElseThrow(),
                string(text, "label"),
                Instant.parse(string(text, "since")));
    }

    public static Value roles(Set<Role> roles) {
        return Value.ofTexts(roles.stream().map(Role::word).toList());
    }

    /** Reads roles; a word that is none is an {@link IllegalArgumentException} that says so. */
    public static Set<Role> readRoles(List<Value> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Value word : words) {
            Optional<Role> role =
                    word instanceof Value.Text(String text) ? Role.of(text) : Optional.empty();
            roles.add(
                    role.orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "a role is one of person, approver, administrator,"
                                                    + " auditor, not "
                                                    + word.json())));
        }
        return roles;
    }

    private static String string(Value.Fields text, String name) {
        return text.text(name)
                .orElseThrow(() -> new IllegalArgumentException("`" + name + "` is missing"));
    }
}
