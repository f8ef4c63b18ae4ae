package dev.remit.identity;

import java.util.Optional;

/** What the ledger says of revoked keys and issuers. */
public interface RevocationBook {
    Optional<Revocation> revocation(Revocation.Of what);
}
