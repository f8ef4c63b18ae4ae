package dev.remit.testkit;

import static dev.remit.testkit.StoreContract.assertObjected;
import static dev.remit.testkit.StoreContract.assertStored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Digest;
import dev.remit.identity.Passkey;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateSignature;
import dev.remit.testkit.StoreContract.Check;
import dev.remit.testkit.StoreContract.Opened;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** The part of {@link StoreContract} that is about mandates that a passkey signed. */
final class SignedContract {
    static final Map<String, Check> CHECKS =
            Map.of("aMandateIsSignedByAPasskeyOfItsGiver", SignedContract::signed);

    private static final Person ADA = new Person(new PersonId("per_1"), "Ada");
    private static final Person BEA = new Person(new PersonId("per_2"), "Bea");
    private static final SoftPasskey.Telling THERE =
            new SoftPasskey.Telling("https://remit.example", "remit.example", true);

    private SignedContract() {}

    private static Stored add(Sample sample, Person person, SoftPasskey passkey) {
        Passkey added = new Passkey(passkey.id(), passkey.key(), 0, "laptop", Sample.START);
        return sample.append(new Event.PasskeyAdded(person.id(), added, Optional.empty()));
    }

    private static Stored give(Sample sample, Mandate mandate, MandateSignature by) {
        return sample.append(new Event.MandateGiven(mandate, Optional.of(by)));
    }

    /** What a passkey signs of a mandate. */
    static MandateSignature signature(SoftPasskey passkey, Mandate mandate) {
        byte[] nonce = new byte[32];
        Digest challenge = MandateSignature.challenge(nonce, mandate);
        return new MandateSignature(
                passkey.id(), passkey.key(), "A".repeat(43), passkey.approving(challenge, THERE));
    }

    private static void signed(Opened store, Sample sample) {
        for (Person one : new Person[] {ADA, BEA}) {
            sample.append(
                    new Event.PersonAdded(one, EnumSet.of(Role.PERSON), Optional.empty(), "x"));
        }
        sample.append(new Event.AgentAdded(sample.agent("a"), "x"));
        SoftPasskey adas = new SoftPasskey();
        SoftPasskey beas = new SoftPasskey();
        Mandate first = sample.mandate("a", "1");
        MandateSignature before = signature(adas, first);
        assertObjected(give(sample, first, before));
        assertStored(add(sample, ADA, adas));
        assertStored(add(sample, BEA, beas));
        assertObjected(give(sample, first, signature(beas, first)));
        MandateSignature mixed =
                new MandateSignature(before.passkey(), beas.key(), before.nonce(), before.answer());
        assertObjected(give(sample, first, mixed));
        assertStored(give(sample, first, before));
        assertThat(store.mandates().find(first.id())).isPresent();

        Mandate second = sample.mandate("a", "2");
        MandateSignature then = signature(adas, second);
        Mandate third = sample.mandate("a", "3");
        assertStored(give(sample, third, signature(adas, third)));
        assertObjected(give(sample, second, then));
        assertThat(
                        store.people()
                                .account(ADA.id())
                                .flatMap(account -> account.passkey(adas.id()))
                                .map(Passkey::count))
                .contains(3L);
        assertThat(store.mandates().given(ADA.id(), 9))
                .extracting(one -> one.mandate().id())
                .containsExactly(third.id(), first.id());
        assertThat(store.mandates().given(ADA.id(), 1)).hasSize(1);
        assertThat(store.mandates().given(BEA.id(), 9)).isEmpty();
        Event.SignedIn back = new Event.SignedIn(ADA.id(), new Event.Way.ByPasskey(adas.id(), 3));
        assertObjected(sample.append(back));
        MandateSignature last = signature(adas, second);
        assertStored(sample.append(new Event.PasskeyRemoved(ADA.id(), adas.id(), "x")));
        assertObjected(give(sample, second, last));
    }
}
