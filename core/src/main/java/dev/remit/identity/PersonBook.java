package dev.remit.identity;

import dev.remit.call.Digest;
import java.util.List;
import java.util.Optional;

/** What the ledger says of people, for reading; it changes only by appending to the ledger. */
public interface PersonBook {
    Optional<Account> account(PersonId id);

    /** Whose passkey this is, by the credential's id. */
    Optional<Account> accountWithPasskey(String credential);

    /** Who this is that a provider vouches for. */
    Optional<Account> accountOf(ExternalIdentity external);

    /** The link with this hash, if it was issued and not used. */
    Optional<SignInLink> link(Digest hash);

    /** All people by name. */
    List<Account> accounts();
}
