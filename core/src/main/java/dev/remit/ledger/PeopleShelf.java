package dev.remit.ledger;

import dev.remit.call.Digest;
import dev.remit.identity.Account;
import dev.remit.identity.PersonId;
import dev.remit.identity.SignInLink;
import dev.remit.identity.SignInWay;
import java.util.Optional;

/** Where the pages about people's accounts lie; part of {@link Books.Shelf}. */
public interface PeopleShelf {
    Optional<Account> account(PersonId id);

    void put(Account account);

    /** Whose way of signing in this is. */
    Optional<PersonId> personBy(SignInWay way);

    void put(SignInWay way, PersonId person);

    void remove(SignInWay way);

    Optional<SignInLink> link(Digest hash);

    void put(SignInLink link);

    void removeLink(Digest hash);
}
