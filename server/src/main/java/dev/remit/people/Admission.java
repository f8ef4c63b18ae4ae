package dev.remit.people;

import dev.remit.http.Exchange;
import dev.remit.identity.Account;
import dev.remit.identity.Authentication;
import dev.remit.identity.PersonBook;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import dev.remit.session.Sessions;
import dev.remit.web.Cookies;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where every way of signing in ends: written down first, then a session under a fresh secret, in
 * place of the one that the browser had.
 */
final class Admission {
    private final Sessions sessions;
    private final Cookies cookies;
    private final PersonBook people;
    private final Ledger ledger;
    private final InstantSource clock;

    Admission(PeopleEdge.Tools tools) {
        this.sessions = tools.sessions();
        this.cookies = tools.signIns().cookies();
        this.people = tools.people();
        this.ledger = tools.ledger();
        this.clock = tools.clock();
    }

    /** Signs the person in; or says why the books object at the last moment. */
    Optional<TurnedAway> admit(
            Exchange exchange, PersonId person, Event.Way way, Authentication shown) {
        Instant now = clock.instant();
        if (!(ledger.append(new Event.SignedIn(person, way), now) instanceof Receipt)) {
            return Optional.of(
                    people.account(person).filter(Account::isActive).isPresent()
                            ? TurnedAway.PASSKEY_REFUSED
                            : TurnedAway.PERSON_SUSPENDED);
        }
        String secret =
                sessions.start(
                        person,
                        now,
                        shown,
                        exchange.header("User-Agent").orElse(""),
                        cookies.read(exchange, SignIns.COOKIE));
        cookies.set(exchange, SignIns.COOKIE, secret, Sessions.LONGEST);
        return Optional.empty();
    }
}
