package dev.remit.operator;

import dev.remit.call.Value;
import dev.remit.identity.Account;
import dev.remit.identity.AccountText;
import dev.remit.identity.Person;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Steward;
import dev.remit.session.Sessions;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operator's acts on people's accounts, by name, on JSON. */
public final class PeopleActs {
    private final Person operator;
    private final Steward steward;
    private final PersonBook people;
    private final Sessions sessions;
    private final Optional<String> origin;

    /**
     * @param origin what people's browsers use, if there is such a thing
     */
    public PeopleActs(
            Person operator,
            Steward steward,
            PersonBook people,
            Sessions sessions,
            Optional<String> origin) {
        this.operator = operator;
        this.steward = steward;
        this.people = people;
        this.sessions = sessions;
        this.origin = origin;
    }

    /** Where a person adds a passkey with a link's word; browsers keep what follows the hash. */
    public static URI address(String origin, String word) {
        return URI.create(origin + "/welcome#" + word);
    }

    Optional<Value> act(String name, Value.Fields asked) {
        String by = operator.id().text();
        return Optional.ofNullable(
                switch (name) {
                    case "people/list" ->
                            new Value.Items(
                                    people.accounts().stream()
                                            .map(account -> (Value) shown(account))
                                            .toList());
                    case "people/add" ->
                            link(
                                    steward.add(
                                            text(asked, "name"),
                                            roles(asked),
                                            Optional.empty(),
                                            by));
                    case "people/link" -> link(person(asked));
                    case "people/suspend" ->
                            shown(
                                    steward.suspend(
                                            person(asked).id(),
                                            asked.text("why").orElse("suspended by the operator"),
                                            by));
                    case "people/restore" -> shown(steward.restore(person(asked).id(), by));
                    case "people/roles" ->
                            shown(steward.changeRoles(person(asked).id(), roles(asked), by));
                    default -> null;
                });
    }

    /** A person by name or id. */
    public PersonId find(String named) {
        return steward.find(named).id();
    }

    private Account person(Value.Fields asked) {
        return steward.find(text(asked, "person"));
    }

    private Value.Fields shown(Account account) {
        return AccountText.write(account)
                .with("sessions", Value.of(sessions.of(account.id()).size()));
    }

    private Value link(Account account) {
        String where =
                origin.orElseThrow(
                        () ->
                                new ActRefused(
                                        "people have no address here; set `public_url: https://…`"));
        String word = steward.issueLink(account.id(), operator.id().text());
        return shown(account)
                .with("link", Value.of(address(where, word).toString()))
                .with("link_lives_seconds", Value.of(Steward.LINK_LIFE.toSeconds()));
    }

    private static Set<Role> roles(Value.Fields asked) {
        List<Value> words = asked.items("roles");
        return words.isEmpty() ? EnumSet.of(Role.PERSON) : AccountText.readRoles(words);
    }

    private static String text(Value.Fields asked, String name) {
        return asked.text(name)
                .orElseThrow(() -> new IllegalArgumentException("`" + name + "` is missing"));
    }
}
