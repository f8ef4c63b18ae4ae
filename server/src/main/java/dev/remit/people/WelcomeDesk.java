package dev.remit.people;

import static dev.remit.web.Html.element;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.identity.Account;
import dev.remit.identity.Authentication;
import dev.remit.identity.Passkey;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import dev.remit.identity.SignInLink;
import dev.remit.ledger.Event;
import dev.remit.people.Ceremonies.Begun;
import dev.remit.registry.Steward;
import dev.remit.session.SignedIn;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Adds passkeys: the first one with a link, more of them by who has just shown one. The link's word
 * is behind the {@code #}, which browsers do not send, so that neither a log nor a program that
 * looks at links in mail can use it up.
 */
final class WelcomeDesk {
    /** How lately a person must have shown who they are to change how they do. */
    static final Duration FRESH = Duration.ofMinutes(5);

    private final SignIns signIns;
    private final Passkeys passkeys;
    private final Ceremonies ceremonies;
    private final Admission admission;
    private final Steward steward;
    private final PersonBook people;
    private final InstantSource clock;

    WelcomeDesk(
            PeopleEdge.Tools tools, Passkeys passkeys, Ceremonies ceremonies, Admission admission) {
        this.signIns = tools.signIns();
        this.passkeys = passkeys;
        this.ceremonies = ceremonies;
        this.admission = admission;
        this.steward = tools.steward();
        this.people = tools.people();
        this.clock = tools.clock();
    }

    void page(Exchange exchange) {
        Page.of(
                        "Welcome",
                        element(
                                "p",
                                "Add a passkey: your device keeps it, and you will sign in with it"
                                        + " from now on. The link works once, for 15 minutes."),
                        element(
                                "p",
                                element("label", "Name of this device ").with("for", "label"),
                                element("input")
                                        .with("id", "label")
                                        .with("name", "label")
                                        .with("maxlength", "100")
                                        .with("value", "my device")),
                        element(
                                "p",
                                element("button", "Add a passkey")
                                        .with("class", "first")
                                        .with("data-passkey", "/welcome")),
                        element("p").with("role", "alert"))
                .withScript("passkey.js")
                .answer(exchange);
    }

    /** Begins with a link. */
    void challengeForLink(Exchange exchange) {
        if (!signIns.maySend(exchange)) {
            return;
        }
        Optional<SignInLink> link =
                Answers.asked(exchange).flatMap(asked -> asked.text("link")).flatMap(steward::link);
        Optional<Account> account =
                link.flatMap(one -> people.account(one.person()))
                        .filter(one -> one.stillHolds(link.orElseThrow().issuedAt()));
        if (account.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.LINK_REFUSED);
            return;
        }
        begin(exchange, account.get(), link.map(SignInLink::hash));
    }

    /** Ends with a link: the passkey is added, and its person signed in. */
    void addByLink(Exchange exchange) {
        if (!signIns.maySend(exchange)) {
            return;
        }
        add(exchange, Optional.empty())
                .ifPresent(
                        person ->
                                admission
                                        .admit(
                                                exchange,
                                                person,
                                                new Event.Way.ByLink(),
                                                Authentication.at(clock.instant()))
                                        .ifPresentOrElse(
                                                why -> signIns.turnAway(exchange, why),
                                                () -> Answers.goOn(exchange, "/account")));
    }

    /** Begins for somebody who has signed in, and lately. */
    void challengeForMore(Exchange exchange) {
        signIns.forScript(exchange, Set.of())
                .filter(who -> signIns.isFresh(exchange, who, FRESH))
                .ifPresent(who -> begin(exchange, who.account(), Optional.empty()));
    }

    void addMore(Exchange exchange) {
        signIns.forScript(exchange, Set.of())
                .filter(who -> signIns.isFresh(exchange, who, FRESH))
                .flatMap(who -> add(exchange, Optional.of(who)))
                .ifPresent(_ -> Answers.goOn(exchange, "/account"));
    }

    private void begin(Exchange exchange, Account account, Optional<Digest> link) {
        var options = passkeys.adding(account);
        ceremonies.begin(exchange, new Begun.Adding(account.id(), link, options));
        Answers.answer(exchange, Passkeys.asked(options));
    }

    /** Whose passkey was added; empty if the exchange is answered. */
    private Optional<PersonId> add(Exchange exchange, Optional<SignedIn> who) {
        Optional<Begun.Adding> begun =
                ceremonies
                        .take(exchange, Begun.Adding.class)
                        .filter(one -> one.link().isPresent() == who.isEmpty())
                        .filter(
                                one ->
                                        who.map(by -> by.person().id().equals(one.person()))
                                                .orElse(true));
        if (begun.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.CHALLENGE_UNKNOWN);
            return Optional.empty();
        }
        Optional<Value.Fields> asked = Answers.asked(exchange);
        Optional<Passkey> made =
                asked.flatMap(one -> one.fields("credential"))
                        .flatMap(
                                credential ->
                                        passkeys.added(
                                                begun.get().options(),
                                                credential,
                                                asked.flatMap(one -> one.text("label")).orElse(""),
                                                clock.instant()));
        if (made.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.PASSKEY_REFUSED);
            return Optional.empty();
        }
        PersonId person = begun.get().person();
        if (!steward.addPasskey(person, made.get(), begun.get().link())) {
            signIns.turnAway(exchange, TurnedAway.LINK_REFUSED);
            return Optional.empty();
        }
        return Optional.of(person);
    }
}
