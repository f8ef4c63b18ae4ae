package dev.remit.testkit;

import static dev.remit.testkit.StoreContract.assertObjected;
import static dev.remit.testkit.StoreContract.assertStored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.identity.Account;
import dev.remit.identity.ExternalIdentity;
import dev.remit.identity.Passkey;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.identity.SignInLink;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.StoreContract.Check;
import dev.remit.testkit.StoreContract.Opened;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of {@link StoreContract} that is about people. */
final class PeopleContract {
    static final Map<String, Check> CHECKS =
            Map.of(
                    "aPersonIsAddedOnceAndListedByName", PeopleContract::added,
                    "aLinkAddsOnePasskeyOfItsPerson", PeopleContract::links,
                    "aPasskeyIsOnePersons", PeopleContract::passkeys,
                    "aPasskeysCounterGoesOnlyForward", PeopleContract::counters,
                    "anIdentityAtAProviderIsOnePersons", PeopleContract::identities,
                    "rolesAreThoseOfTheLastChange", PeopleContract::roles,
                    "aSuspensionEndsThePersonsMandatesForGood", PeopleContract::suspended);

    private static final Person ADA = new Person(new PersonId("per_1"), "Ada");
    private static final Person BEA = new Person(new PersonId("per_2"), "Bea");
    private static final ExternalIdentity AT_ACME =
            new ExternalIdentity("https://login.acme.example", "a1");

    private PeopleContract() {}

    private static Event.PersonAdded adding(Person person) {
        return new Event.PersonAdded(person, EnumSet.of(Role.PERSON), Optional.empty(), "x");
    }

    private static Passkey passkey(String id) {
        return new Passkey(id, "a2V5", 0, "laptop", Sample.START);
    }

    private static SignInLink link(Person person, String word) {
        return new SignInLink(
                Digest.of(word.getBytes(StandardCharsets.UTF_8)),
                person.id(),
                Sample.START.plusSeconds(10),
                Sample.START.plusSeconds(900));
    }

    private static Event.PasskeyAdded adding(Person person, String passkey, SignInLink link) {
        return new Event.PasskeyAdded(person.id(), passkey(passkey), Optional.of(link.hash()));
    }

    private static void added(Opened store, Sample sample) {
        assertThat(store.people().accounts()).isEmpty();
        assertStored(sample.append(adding(BEA)));
        assertStored(sample.append(adding(ADA)));
        assertObjected(sample.append(adding(ADA)));
        assertObjected(sample.append(new Event.RolesChanged(new PersonId("per_9"), Set.of(), "x")));
        assertThat(store.people().accounts())
                .extracting(account -> account.person().name())
                .containsExactly("Ada", "Bea");
        Account ada = store.people().account(ADA.id()).orElseThrow();
        assertThat(ada.roles()).containsExactly(Role.PERSON);
        assertThat(ada.canSignIn()).isFalse();
    }

    private static void links(Opened store, Sample sample) {
        sample.append(adding(ADA));
        sample.append(adding(BEA));
        SignInLink link = link(ADA, "1");
        assertObjected(sample.append(adding(ADA, "p1", link)));
        assertStored(sample.append(new Event.LinkIssued(link, "x")));
        assertThat(store.people().link(link.hash())).contains(link);
        assertObjected(sample.append(adding(BEA, "p1", link)));
        assertStored(sample.append(adding(ADA, "p1", link)));
        assertThat(store.people().link(link.hash())).isEmpty();
        assertObjected(sample.append(adding(ADA, "p2", link)));
        assertThat(store.people().account(ADA.id()).orElseThrow().passkeys())
                .containsExactly(passkey("p1"));
    }

    private static void passkeys(Opened store, Sample sample) {
        sample.append(adding(ADA));
        sample.append(adding(BEA));
        Event adas = new Event.PasskeyAdded(ADA.id(), passkey("p1"), Optional.empty());
        assertStored(sample.append(adas));
        assertObjected(
                sample.append(new Event.PasskeyAdded(BEA.id(), passkey("p1"), Optional.empty())));
        assertThat(store.people().accountWithPasskey("p1").map(Account::person)).contains(ADA);
        assertThat(store.people().accountWithPasskey("p2")).isEmpty();
        assertObjected(sample.append(new Event.PasskeyRemoved(BEA.id(), "p1", "x")));
        assertStored(sample.append(new Event.PasskeyRemoved(ADA.id(), "p1", "x")));
        assertThat(store.people().accountWithPasskey("p1")).isEmpty();
        assertObjected(signIn(sample, ADA, "p1", 0));
        assertStored(
                sample.append(new Event.PasskeyAdded(BEA.id(), passkey("p1"), Optional.empty())));
        assertThat(store.people().accountWithPasskey("p1").map(Account::person)).contains(BEA);
    }

    private static Stored signIn(Sample sample, Person person, String passkey, long count) {
        return sample.append(
                new Event.SignedIn(person.id(), new Event.Way.ByPasskey(passkey, count)));
    }

    private static void counters(Opened store, Sample sample) {
        sample.append(adding(ADA));
        sample.append(new Event.PasskeyAdded(ADA.id(), passkey("p1"), Optional.empty()));
        assertStored(signIn(sample, ADA, "p1", 0));
        assertStored(signIn(sample, ADA, "p1", 5));
        assertObjected(signIn(sample, ADA, "p1", 5));
        assertObjected(signIn(sample, ADA, "p1", 0));
        assertStored(signIn(sample, ADA, "p1", 6));
        assertObjected(signIn(sample, BEA, "p1", 7));
        assertThat(
                        store.people()
                                .account(ADA.id())
                                .flatMap(account -> account.passkey("p1"))
                                .map(Passkey::count))
                .contains(6L);
    }

    private static void identities(Opened store, Sample sample) {
        Event bound = new Event.PersonAdded(ADA, Set.of(), Optional.of(AT_ACME), "x");
        assertStored(sample.append(bound));
        assertObjected(
                sample.append(new Event.PersonAdded(BEA, Set.of(), Optional.of(AT_ACME), "x")));
        assertStored(sample.append(adding(BEA)));
        assertObjected(sample.append(new Event.IdentityBound(BEA.id(), AT_ACME, "x")));
        ExternalIdentity other = new ExternalIdentity("https://other.example", "a1");
        assertStored(sample.append(new Event.IdentityBound(BEA.id(), other, "x")));
        assertThat(store.people().accountOf(AT_ACME).map(Account::person)).contains(ADA);
        assertThat(store.people().accountOf(other).map(Account::person)).contains(BEA);
        assertThat(store.people().accountOf(new ExternalIdentity(AT_ACME.issuer(), "a"))).isEmpty();
        assertObjected(
                sample.append(
                        new Event.SignedIn(BEA.id(), new Event.Way.ByProvider(AT_ACME.issuer()))));
    }

    private static void roles(Opened store, Sample sample) {
        sample.append(adding(ADA));
        Set<Role> roles = EnumSet.of(Role.APPROVER, Role.AUDITOR);
        assertStored(sample.append(new Event.RolesChanged(ADA.id(), roles, "x")));
        assertThat(store.people().account(ADA.id()).orElseThrow().roles()).isEqualTo(roles);
    }

    private static void suspended(Opened store, Sample sample) {
        sample.append(adding(ADA));
        sample.append(new Event.PasskeyAdded(ADA.id(), passkey("p1"), Optional.empty()));
        Mandate mandate = sample.ready("a");
        assertStored(sample.append(sample.allowed(mandate, "free", "1")));
        assertStored(sample.append(new Event.PersonSuspended(ADA.id(), "left", "x")));
        assertObjected(sample.append(sample.allowed(mandate, "free", "2")));
        assertObjected(sample.append(new Event.MandateGiven(later(sample.mandate("a", "b")))));
        assertObjected(signIn(sample, ADA, "p1", 0));
        assertObjected(sample.append(new Event.LinkIssued(link(ADA, "1"), "x")));
        assertStored(sample.append(new Event.PersonRestored(ADA.id(), "x")));
        assertObjected(sample.append(sample.allowed(mandate, "free", "3")));
        assertStored(signIn(sample, ADA, "p1", 0));
        Mandate anew = later(sample.mandate("a", "b"));
        assertStored(sample.append(new Event.MandateGiven(anew)));
        assertStored(sample.append(sample.allowed(anew, "free", "4")));
        Account ada = store.people().account(ADA.id()).orElseThrow();
        assertThat(ada.stillHolds(Sample.START)).isFalse();
        assertThat(ada.stillHolds(anew.givenAt())).isTrue();
    }

    private static Mandate later(Mandate mandate) {
        Instant then = Sample.START.plus(Duration.ofMinutes(10));
        return new Mandate(
                mandate.id(),
                mandate.giver(),
                mandate.agent(),
                mandate.task(),
                mandate.permissions(),
                mandate.limits(),
                then,
                mandate.status(),
                1);
    }
}
