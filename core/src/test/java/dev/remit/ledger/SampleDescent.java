package dev.remit.ledger;

import dev.remit.call.Value;
import dev.remit.identity.Descent;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A child of an instance, for {@link SampleEvents}. */
final class SampleDescent {
    private SampleDescent() {}

    static Instance of(Instance parent, Instant at) {
        return Instance.enrolled(
                        new InstanceId("ins_dlg_1"), parent.agent(), parent.key().orElseThrow(), at)
                .hangingFrom(
                        new Descent(
                                parent.id(),
                                new MandateId("mdt_1"),
                                new Value.Items(List.of(Value.of("share"))),
                                2,
                                OptionalLong.of(5),
                                at.plusSeconds(60)));
    }
}
