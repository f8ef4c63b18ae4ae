package dev.remit.ledger;

import dev.remit.identity.Revocation;
import java.util.Optional;

/** Where revoked keys and issuers stand; part of {@link Books.Shelf}. */
public interface RevocationShelf {
    Optional<Revocation> revocation(Revocation.Of what);

    void put(Revocation revocation);
}
