package dev.remit.ledger;

import dev.remit.identity.Credential;
import java.util.Optional;

/** Where the pages about upstream credentials lie; part of {@link Books.Shelf}. */
public interface CredentialShelf {
    Optional<Credential> credential(Credential.Place place);

    void put(Credential credential);

    void removeCredential(Credential.Place place);
}
