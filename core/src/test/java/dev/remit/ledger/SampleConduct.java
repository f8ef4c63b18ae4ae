package dev.remit.ledger;

import dev.remit.conduct.Excess;
import dev.remit.conduct.Subject;
import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
import java.util.List;

/** What follows from how agents behave, for {@link SampleEvents}. */
final class SampleConduct {
    static final Event OVERSTEPPED =
            new Overstepped(
                    new Excess(
                            new Subject.OfMandate(new MandateId("mdt_1")),
                            new Subject.OfAgent(new AgentId("agt_1")),
                            "probing",
                            5,
                            6,
                            List.of(7L, 9L, 12L)));
    static final Event SUSPENDED =
            new InstanceSuspended(
                    new InstanceId("ins_1"), new AgentId("agt_1"), "looks odd", "per_1");
    static final Event RESTORED =
            new InstanceRestored(new InstanceId("ins_1"), new AgentId("agt_1"), "per_1");

    private SampleConduct() {}
}
