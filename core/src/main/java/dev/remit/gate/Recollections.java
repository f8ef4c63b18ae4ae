package dev.remit.gate;

import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.call.Pin;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.decision.Case;
import dev.remit.decision.Permit;
import dev.remit.decision.intent.Memory;
import dev.remit.decision.intent.Modes;
import dev.remit.decision.intent.Plan;
import dev.remit.decision.intent.Provenance;
import dev.remit.decision.intent.Replies;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore;
import dev.remit.ledger.Receipt;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.MandateBook;
import dev.remit.mandate.Usage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What agents have seen under their mandates: a copy of what the log says, in memory. What does not
 * fit is dropped, that of the mandate first that was not used for longest, and read from the log
 * again when it is. What the log does not tell any more counts as read, and trusted by nobody.
 */
public final class Recollections implements Recall {
    /** Usual bound of {@code most}. */
    public static final long USUAL = 64_000_000;

    private final MandateBook mandates;
    private final ToolBook tools;
    private final LedgerStore log;
    private final Readings readings;
    private final Modes modes;
    private final long most;
    private final Map<MandateId, Recollection> held = new LinkedHashMap<>(16, 0.75f, true);
    private long characters; // of all that are held

    /**
     * @param most characters that are held, of all mandates together
     */
    public Recollections(
            MandateBook mandates,
            ToolBook tools,
            LedgerStore log,
            Readings readings,
            Modes modes,
            long most) {
        this.mandates = mandates;
        this.tools = tools;
        this.log = log;
        this.readings = readings;
        this.modes = modes;
        this.most = most;
    }

    @Override
    public Optional<Provenance> provenance(Mandate mandate, Pin pin) {
        Recollection one = held(mandate);
        one.begin(() -> past(mandate.id()));
        weigh(mandate.id(), one);
        return Optional.of(
                new Provenance(readings.of(pin), one.memory(), modes, pin.tool().upstream()));
    }

    @Override
    public void remember(Permit permit, Outcome outcome, Receipt written) {
        Case file = permit.file();
        MandateId mandate = file.sheet().orElseThrow().mandate().id();
        Optional<Recollection> one = known(mandate);
        if (one.isEmpty() || outcome instanceof Outcome.Failed) {
            return; // it is read from the log when it is needed, or there is nothing to know
        }
        one.get()
                .add(
                        new Recollection.Told(
                                written.index(),
                                Optional.of(
                                        new Memory.Answered(
                                                permit.call().id().text(),
                                                permit.call().tool().toString(),
                                                readings.of(file.pin().orElseThrow()),
                                                permit.call().arguments().fields(),
                                                seen(outcome),
                                                isFailed(outcome)))));
        weigh(mandate, one.get());
    }

    private static List<Value> seen(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(Value.Fields reply, _, _) -> Replies.seen(reply);
            case Outcome.Asked(Value.Fields reply, _) -> Replies.seen(reply);
            case Outcome.Failed _, Outcome.Unknown _ -> List.of();
        };
    }

    /** Whether it is known not to have done what it was to do. */
    private static boolean isFailed(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(_, _, boolean erred) -> erred;
            case Outcome.Asked _, Outcome.Failed _ -> true;
            case Outcome.Unknown _ -> false;
        };
    }

    private synchronized Recollection held(Mandate mandate) {
        return held.computeIfAbsent(mandate.id(), _ -> new Recollection(Plan.of(mandate.task())));
    }

    private synchronized Optional<Recollection> known(MandateId mandate) {
        return Optional.ofNullable(held.get(mandate));
    }

    private synchronized void weigh(MandateId mandate, Recollection one) {
        if (held.get(mandate) != one) {
            return;
        }
        characters += one.grown();
        Iterator<Recollection> longestUnused = held.values().iterator();
        while (characters > most && held.size() > 1 && longestUnused.hasNext()) {
            characters -= longestUnused.next().weighed();
            longestUnused.remove();
        }
    }

    private List<Recollection.Told> past(MandateId mandate) {
        List<Usage.Answer> answers =
                mandates.find(mandate).map(sheet -> sheet.usage().answers()).orElse(List.of());
        List<Recollection.Told> past = new ArrayList<>();
        if (answers.size() == Usage.MOST_ANSWERS) {
            past.add(new Recollection.Told(0, Optional.empty())); // there may be older ones
        }
        answers.forEach(one -> past.add(new Recollection.Told(one.ended(), read(one))));
        return past;
    }

    private Optional<Memory.Answered> read(Usage.Answer place) {
        Optional<Event> decided = log.entry(place.decided()).map(Entry::event);
        Optional<Event> ended = log.entry(place.ended()).map(Entry::event);
        if (decided.isEmpty() || !(decided.get() instanceof Event.Decided call)) {
            return Optional.empty();
        }
        if (ended.isPresent()
                && ended.get()
                        instanceof Event.Concluded(CallId _, Event.End end, _, _, var reply, _)) {
            return end == Event.End.UNKNOWN
                    ? answered(call, List.of(), false)
                    : reply.flatMap(
                            one -> answered(call, Replies.seen(one), end == Event.End.ERRED));
        }
        if (ended.isPresent() && ended.get() instanceof Event.Asked asked) {
            return asked.reply().flatMap(one -> answered(call, Replies.seen(one), true));
        }
        return Optional.empty();
    }

    private Optional<Memory.Answered> answered(
            Event.Decided call, List<Value> seen, boolean failed) {
        return tools.pin(call.tool())
                .map(
                        pin ->
                                new Memory.Answered(
                                        call.call().text(),
                                        call.tool().toString(),
                                        readings.of(pin),
                                        call.arguments(),
                                        seen,
                                        failed));
    }
}
