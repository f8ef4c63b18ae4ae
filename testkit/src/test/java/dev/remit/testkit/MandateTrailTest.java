package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.identity.MandateId;
import dev.remit.identity.Passkey;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.audit.MandateTrail;
import dev.remit.ledger.audit.MandateTrail.Approval;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class MandateTrailTest {
    private final SoftPasskey passkey = new SoftPasskey();
    private final Mandate mandate = new Sample(new MemoryStore()).mandate("a", "1");
    private final PersonId giver = mandate.giver().id();
    private final Event added =
            new Event.PasskeyAdded(
                    giver,
                    new Passkey(passkey.id(), passkey.key(), 0, "laptop", Sample.START),
                    Optional.empty());
    private final Event given =
            new Event.MandateGiven(
                    mandate, Optional.of(SignedContract.signature(passkey, mandate)));

    private static MandateTrail trail(Optional<String> page, Event... events) {
        MandateTrail trail = new MandateTrail(new MandateId("mdt_1"), page);
        for (int i = 0; i < events.length; i++) {
            trail.observe(new Entry(i, Sample.START.plusSeconds(i), events[i]));
        }
        return trail;
    }

    private static Approval approval(Event... events) {
        return trail(Optional.empty(), events).given().orElseThrow().approval();
    }

    @Test
    void itIsTheGiversPasskeyAsOfThen() {
        assertThat(approval(added, given)).isInstanceOf(Approval.Signed.class);
        Event removed = new Event.PasskeyRemoved(giver, passkey.id(), "x");
        assertThat(approval(added, given, removed)).isInstanceOf(Approval.Signed.class);
        Event others =
                new Event.PasskeyAdded(
                        new PersonId("per_2"),
                        new Passkey(passkey.id(), passkey.key(), 0, "laptop", Sample.START),
                        Optional.empty());
        Event otherKey =
                new Event.PasskeyAdded(
                        giver,
                        new Passkey(passkey.id(), new SoftPasskey().key(), 0, "l", Sample.START),
                        Optional.empty());
        Event again =
                new Event.MandateGiven(
                        mandate, Optional.of(SignedContract.signature(passkey, mandate)));
        Event later = new Event.SignedIn(giver, new Event.Way.ByPasskey(passkey.id(), 9));
        List<Event[]> wrong = new ArrayList<>();
        wrong.add(new Event[] {given});
        wrong.add(new Event[] {given, added});
        wrong.add(new Event[] {added, removed, given});
        wrong.add(new Event[] {others, given});
        wrong.add(new Event[] {otherKey, given});
        wrong.add(new Event[] {added, later, given});
        wrong.add(new Event[] {added, given, again});
        for (Event[] one : wrong) {
            assertThat(approval(one))
                    .as(List.of(one).toString())
                    .isInstanceOf(Approval.Wrong.class);
        }
        assertThat(approval(added, new Event.MandateGiven(mandate)))
                .isInstanceOf(Approval.Unsigned.class);
        assertThat(trail(Optional.empty(), added).given()).isEmpty();
    }

    @Test
    void thePageIsTheOneThatIsAskedFor() {
        assertThat(trail(Optional.of("https://remit.example"), added, given).given())
                .map(MandateTrail.Given::approval)
                .containsInstanceOf(Approval.Signed.class);
        assertThat(trail(Optional.of("https://other.example"), added, given).given())
                .map(MandateTrail.Given::approval)
                .contains(new Approval.Wrong("the passkey was used on another page"));
    }

    @Test
    void whatCameLaterSaysHowFarTheSignatureReaches() {
        List<Permission> more = new ArrayList<>(mandate.permissions().all());
        more.add(new Permission("w1-3", new Glob("up.more"), Map.of(), OptionalLong.empty()));
        Mandate wider = mandate.with(new Permissions(more), mandate.limits());
        Mandate narrower =
                wider.with(new Permissions(mandate.permissions().all()), mandate.limits());
        Mandate ended = wider.with(new Mandate.Status.Revoked("per_1", Sample.START, "enough"));
        MandateTrail trail =
                trail(
                        Optional.empty(),
                        added,
                        given,
                        new Event.MandateChanged(wider, "per_1"),
                        new Event.MandateChanged(narrower, "per_1"),
                        new Event.MandateChanged(ended, "per_1"));
        assertThat(trail.acts()).extracting(MandateTrail.Act::version).containsExactly(2L, 3L, 3L);
        assertThat(trail.acts())
                .extracting(MandateTrail.Act::beyond)
                .containsExactly(
                        List.of("permission w1-3 for up.more"),
                        List.of(),
                        List.of("permission w1-3 for up.more"));
        assertThat(trail.acts().getLast().what()).isEqualTo("revoked by per_1");
    }
}
