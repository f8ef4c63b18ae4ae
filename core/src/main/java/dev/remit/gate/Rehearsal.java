package dev.remit.gate;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Tool;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Authenticator;
import dev.remit.identity.Binding;
import dev.remit.identity.Caller;
import dev.remit.identity.Doubt;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.Introduction;
import dev.remit.identity.MandateId;
import dev.remit.identity.Page;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries a call for a person who looks: by the same clerk and the same judge as the gate's, as if
 * the agent had made it now. Nothing is spent, nobody is asked, nothing is written down.
 */
public final class Rehearsal {
    /** What stands behind such a caller; the gate forwards nothing for it. */
    private static final Binding.Vouched WORD = new Binding.Vouched("rehearsal");

    private final Authenticator authenticator;
    private final AgentBook agents;
    private final Foresight foresight;
    private final Supplier<CallId> ids;
    private final InstantSource clock;

    public Rehearsal(
            Authenticator authenticator,
            AgentBook agents,
            Foresight foresight,
            Supplier<CallId> ids,
            InstantSource clock) {
        this.authenticator = authenticator;
        this.agents = agents;
        this.foresight = foresight;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Tried {
        /** The agent has no key yet, so it cannot call anything. */
        record NotEnrolled() implements Tried {}

        /** It would not be let in. */
        record NotLetIn(Doubt doubt) implements Tried {}

        /** It would be decided so. */
        record Decided(Foresight.Foreseen foreseen) implements Tried {}
    }

    /**
     * Tries it.
     *
     * @param mandate which one the agent would act under; if none is named, its current one
     */
    public Tried of(AgentId agent, Optional<MandateId> mandate, Tool tool, Arguments arguments) {
        Optional<Instance> instance =
                agents.instances(InstanceQuery.of(agent), Page.START, Page.LONGEST).items().stream()
                        .filter(one -> one.from().isEmpty() && !one.revoked())
                        .findFirst();
        if (instance.isEmpty()) {
            return new Tried.NotEnrolled();
        }
        return switch (authenticator.vouched(WORD, instance.get().id(), mandate, clock.instant())) {
            case Introduction.Stranger(Doubt doubt) -> new Tried.NotLetIn(doubt);
            case Introduction.Known(Caller caller) ->
                    new Tried.Decided(
                            foresight.foresee(
                                    caller, new Call(ids.get(), tool, arguments, clock.instant())));
        };
    }
}
