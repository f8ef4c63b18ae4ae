package dev.remit.console;

import dev.remit.approval.QuestionId;
import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.giving.GivingRig;
import dev.remit.identity.Binding;
import dev.remit.identity.Person;
import dev.remit.ledger.Event;
import dev.remit.ledger.IntentSaid;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** What agents do, as the ledger tells it, without an agent. */
final class Doings {
    /** That the rules of intent have nothing against a call. */
    static final IntentSaid AGREED =
            new IntentSaid("asked-for", IntentSaid.As.AGREED, "", "", List.of());

    private final GivingRig rig;
    private final AtomicInteger calls = new AtomicInteger();

    Doings(GivingRig rig) {
        this.rig = rig;
    }

    /** A mandate for reading files. */
    Mandate given(Person giver, String task) {
        return rig.grantor.give(
                giver,
                rig.agent.id(),
                new Task(task),
                new Permissions(
                        List.of(
                                new Permission(
                                        "p1",
                                        new Glob("files.read"),
                                        Map.of(),
                                        OptionalLong.empty()))),
                Limits.USUAL.until(rig.clock.instant().plus(Duration.ofHours(8))).asking(10));
    }

    CallId allowed(Mandate mandate, Tool tool, Value.Fields arguments) {
        return decided(
                mandate,
                tool,
                arguments,
                new Event.Ruling.Allowed("p1", Map.of()),
                Optional.empty());
    }

    CallId refused(Mandate mandate, Tool tool, Value.Fields arguments) {
        return decided(
                mandate,
                tool,
                arguments,
                new Event.Ruling.Refused("not-permitted", "it is not in the mandate", 0, 1, 0),
                Optional.empty());
    }

    /** A call that a person is asked about, with what the rules of intent said. */
    CallId asked(Mandate mandate, Tool tool, Value.Fields arguments, IntentSaid intent) {
        QuestionId question =
                QuestionId.about(
                        mandate.id(), rig.instance, Call.action(tool, new Arguments(arguments)));
        return decided(
                mandate,
                tool,
                arguments,
                new Event.Ruling.Asked(question, "intent-asks", "it is not in the mandate"),
                Optional.of(intent));
    }

    private CallId decided(
            Mandate mandate,
            Tool tool,
            Value.Fields arguments,
            Event.Ruling ruling,
            Optional<IntentSaid> intent) {
        CallId call = new CallId("call_c" + calls.incrementAndGet());
        rig.write(
                new Event.Decided(
                        call,
                        rig.instance,
                        rig.agent.id(),
                        List.of(),
                        Binding.NONE,
                        Optional.of(
                                new Event.Under(
                                        mandate.id(), mandate.giver().id(), mandate.version())),
                        tool,
                        rig.store.pin(tool).map(pin -> pin.accepted()),
                        ruling,
                        arguments,
                        List.of(),
                        intent));
        return call;
    }

    void ended(CallId call, String reply) {
        rig.write(
                new Event.Concluded(
                        call,
                        Event.End.ANSWERED,
                        Duration.ofMillis(12),
                        Digest.of(new byte[] {1}),
                        Optional.of(Value.object().put("text", reply).build()),
                        ""));
    }
}
