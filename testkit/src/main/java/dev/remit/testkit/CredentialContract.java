package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.Credential;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import java.util.List;
import java.util.Optional;

/** What the book of credentials is held to, in every store. */
final class CredentialContract {
    private CredentialContract() {}

    static void lastOneSet(StoreContract.Opened store, Sample sample) {
        Credential shared = sample.credential("up", "1", Optional.empty());
        Credential hers = sample.credential("up", "2", Optional.of(new PersonId("per_1")));
        Credential other = sample.credential("another", "3", Optional.empty());
        for (Credential one : List.of(hers, shared, other)) {
            StoreContract.assertStored(sample.append(new Event.CredentialSet(one, "x")));
            assertThat(store.credentials().credential(one.place())).contains(one);
        }
        assertThat(store.credentials().credentials()).containsExactly(other, shared, hers);
        Credential newer = sample.credential("up", "4", Optional.empty());
        StoreContract.assertStored(sample.append(new Event.CredentialSet(newer, "x")));
        assertThat(store.credentials().credentials()).containsExactly(other, newer, hers);
        StoreContract.assertObjected(sample.append(Sample.removed(shared)));
        StoreContract.assertStored(sample.append(Sample.removed(newer)));
        assertThat(store.credentials().credential(newer.place())).isEmpty();
        assertThat(store.credentials().credentials()).containsExactly(other, hers);
        StoreContract.assertObjected(sample.append(Sample.removed(newer)));
    }
}
