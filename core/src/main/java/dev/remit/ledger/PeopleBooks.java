package dev.remit.ledger;

import dev.remit.call.Digest;
import dev.remit.identity.Account;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.Passkey;
import dev.remit.identity.PersonId;
import dev.remit.identity.SignInLink;
import dev.remit.identity.SignInWay;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The part of the fold that is about people's accounts. */
final class PeopleBooks {
    private final PeopleShelf shelf;

    PeopleBooks(PeopleShelf shelf) {
        this.shelf = shelf;
    }

    Optional<String> objection(Event.OfPeople event) {
        return switch (event) {
            case Event.PersonAdded added ->
                    when(
                            shelf.account(added.person().id()).isPresent()
                                    || isBound(added.external()),
                            "the person exists");
            case Event.RolesChanged(PersonId person, _, _) -> unknown(person);
            case Event.PersonSuspended(PersonId person, _, _) -> unknown(person);
            case Event.PersonRestored(PersonId person, _) -> unknown(person);
            case Event.IdentityBound(PersonId person, ExternalIdentity external, _) ->
                    when(
                            shelf.account(person)
                                            .filter(account -> account.external().isEmpty())
                                            .isEmpty()
                                    || isBound(Optional.of(external)),
                            "the person or the identity is bound already");
            case Event.LinkIssued(SignInLink link, _) -> inactive(link.person());
            case Event.PasskeyAdded(PersonId person, Passkey passkey, Optional<Digest> link) ->
                    inactive(person)
                            .or(
                                    () ->
                                            when(
                                                    shelf.personBy(SignInWay.of(passkey))
                                                            .isPresent(),
                                                    "the passkey is known already"))
                            .or(() -> spent(link, person));
            case Event.PasskeyRemoved(PersonId person, String passkey, _) ->
                    when(
                            shelf.account(person)
                                    .flatMap(account -> account.passkey(passkey))
                                    .isEmpty(),
                            "no such passkey");
            case Event.SignedIn(PersonId person, Event.Way way) ->
                    inactive(person).or(() -> objection(person, way));
            case Event.SignInRefused _ -> Optional.empty();
        };
    }

    private boolean isBound(Optional<ExternalIdentity> external) {
        return external.flatMap(one -> shelf.personBy(SignInWay.of(one))).isPresent();
    }

    private Optional<String> unknown(PersonId person) {
        return when(shelf.account(person).isEmpty(), "no such person");
    }

    private Optional<String> inactive(PersonId person) {
        return when(
                shelf.account(person).filter(Account::isActive).isEmpty(),
                "no such person, or suspended");
    }

    private Optional<String> spent(Optional<Digest> link, PersonId person) {
        Account account = shelf.account(person).orElseThrow();
        return when(
                link.isPresent()
                        && link.flatMap(shelf::link)
                                .filter(issued -> issued.person().equals(person))
                                .filter(issued -> account.stillHolds(issued.issuedAt()))
                                .isEmpty(),
                "the link is used or unknown");
    }

    /** A mandate is signed by a passkey that its giver has at this very place in the log. */
    Optional<String> objection(Mandate mandate, MandateSignature by) {
        return when(
                shelf.account(mandate.giver().id())
                        .flatMap(account -> account.passkey(by.passkey()))
                        .filter(known -> known.key().equals(by.key()))
                        .filter(known -> known.mayCount(by.answer().count()))
                        .isEmpty(),
                "the passkey is not its giver's, or its counter went back");
    }

    private Optional<String> objection(PersonId person, Event.Way way) {
        Account account = shelf.account(person).orElseThrow();
        return switch (way) {
            case Event.Way.ByPasskey(String id, long count) ->
                    when(
                            account.passkey(id).filter(known -> known.mayCount(count)).isEmpty(),
                            "the passkey is unknown, or its counter went back");
            case Event.Way.ByProvider(String issuer) ->
                    when(
                            account.external()
                                    .filter(external -> external.issuer().equals(issuer))
                                    .isEmpty(),
                            "the person is nobody at this provider");
            case Event.Way.ByLink() -> Optional.empty();
        };
    }

    void apply(Entry entry, Event.OfPeople event) {
        switch (event) {
            case Event.PersonAdded added -> {
                shelf.put(Account.of(added.person(), added.roles(), added.external(), entry.at()));
                added.external()
                        .ifPresent(one -> shelf.put(SignInWay.of(one), added.person().id()));
            }
            case Event.RolesChanged changed ->
                    change(changed.person(), account -> account.with(changed.roles()));
            case Event.PersonSuspended(PersonId person, String why, _) ->
                    change(person, account -> account.suspended(why, entry.at()));
            case Event.PersonRestored(PersonId person, _) -> change(person, Account::restored);
            case Event.IdentityBound(PersonId person, ExternalIdentity external, _) -> {
                change(person, account -> account.with(external));
                shelf.put(SignInWay.of(external), person);
            }
            case Event.LinkIssued(SignInLink link, _) -> shelf.put(link);
            case Event.PasskeyAdded(PersonId person, Passkey passkey, Optional<Digest> link) -> {
                link.ifPresent(shelf::removeLink);
                change(person, account -> account.with(passkey));
                shelf.put(SignInWay.of(passkey), person);
            }
            case Event.PasskeyRemoved(PersonId person, String passkey, _) -> {
                change(person, account -> account.withoutPasskey(passkey));
                shelf.remove(SignInWay.ofPasskey(passkey));
            }
            case Event.SignedIn(PersonId person, Event.Way way) -> {
                switch (way) {
                    case Event.Way.ByPasskey(String id, long count) -> count(person, id, count);
                    case Event.Way.ByProvider _, Event.Way.ByLink _ -> {}
                }
            }
            case Event.SignInRefused _ -> {}
        }
    }

    /** A mandate was signed with a passkey. */
    void used(Mandate mandate, MandateSignature by) {
        count(mandate.giver().id(), by.passkey(), by.answer().count());
    }

    private void count(PersonId person, String passkey, long count) {
        change(
                person,
                account ->
                        account.passkey(passkey)
                                .map(one -> account.with(one.counted(count)))
                                .orElse(account));
    }

    private void change(PersonId person, UnaryOperator<Account> act) {
        shelf.account(person).map(act).ifPresent(shelf::put);
    }

    /** Whether a mandate counts no more because of what became of its giver. */
    boolean endedWithItsGiver(Mandate mandate) {
        return shelf.account(mandate.giver().id())
                .filter(giver -> !giver.stillHolds(mandate.givenAt()))
                .isPresent();
    }

    private static Optional<String> when(boolean objected, String what) {
        return objected ? Optional.of(what) : Optional.empty();
    }
}
