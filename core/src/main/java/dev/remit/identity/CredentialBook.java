package dev.remit.identity;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the ledger says of credentials for upstreams; never the secrets themselves. */
public interface CredentialBook {
    /** The order of {@link #credentials}: by upstream, the shared one first, then by person. */
    Comparator<Credential> BY_PLACE =
            Comparator.comparing(Credential::upstream)
                    .thenComparing(one -> one.person().map(PersonId::text).orElse(""));

    Optional<Credential> credential(Credential.Place place);

    /** All of them, by upstream and person. */
    List<Credential> credentials();
}
