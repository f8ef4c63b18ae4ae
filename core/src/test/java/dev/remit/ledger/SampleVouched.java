package dev.remit.ledger;

import dev.remit.call.CallId;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.AgentId;
import dev.remit.identity.Binding;
import dev.remit.identity.InstanceId;
import java.util.List;
import java.util.Optional;

/** A call that an enforcement point vouched for, for {@link SampleEvents}. */
final class SampleVouched {
    static final Event REFUSED =
            new Event.Decided(
                    new CallId("call_1"),
                    new InstanceId("ins_1"),
                    new AgentId("agt_1"),
                    List.of(),
                    new Binding.Vouched("edge-2"),
                    Optional.empty(),
                    Tool.of("mail.send"),
                    Optional.empty(),
                    new Event.Ruling.Refused("no-mandate", "there is none", 0, 1, 0),
                    Value.object().put("to", "ada@example.com").build(),
                    List.of(),
                    Optional.empty());

    private SampleVouched() {}
}
