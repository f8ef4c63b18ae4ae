package dev.remit.access;

import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.gate.Foresight;
import dev.remit.gate.Gate;
import dev.remit.gate.LeftToPoints;
import dev.remit.gate.Line;
import dev.remit.identity.Caller;
import dev.remit.identity.Doubt;
import dev.remit.ledger.LedgerUnavailable;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one question. A point's is put to the gate: it is decided, spent and on record like any
 * call, which the point then makes. An agent's own changes nothing.
 */
final class DecisionDesk {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionDesk.class);

    private final Gate gate;
    private final Foresight foresight;
    private final Subjects subjects;
    private final BiConsumer<Point, Doubt> unasked;
    private final Supplier<CallId> ids;
    private final InstantSource clock;

    /**
     * @param unasked writes down a point's question that was not put to the gate
     */
    DecisionDesk(
            Gate gate,
            Foresight foresight,
            Subjects subjects,
            BiConsumer<Point, Doubt> unasked,
            Supplier<CallId> ids,
            InstantSource clock) {
        this.gate = gate;
        this.foresight = foresight;
        this.subjects = subjects;
        this.unasked = unasked;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whatever breaks, the answer is no. */
    Value.Fields decide(Asker asker, Evaluation asked) {
        try {
            return switch (asker) {
                case Asker.OfAgent _ -> foresee(asker, asked);
                case Asker.OfPoint(Point point) -> decide(asker, point, asked);
            };
        } catch (LedgerUnavailable e) {
            return Words.no(Refusal.LEDGER_UNAVAILABLE);
        } catch (RuntimeException | Error e) {
            LOG.error("a question could not be decided; the answer was no", e);
            return Words.no(Refusal.INTERNAL);
        }
    }

    private Value.Fields foresee(Asker asker, Evaluation asked) {
        if (!(subjects.find(asker, asked.subject(), Optional.empty())
                instanceof Subjects.Meant.One(Caller caller))) {
            return Words.unknown();
        }
        Optional<Tool> tool = asked.tool();
        if (tool.isEmpty()) {
            return Words.foreseenNo(Refusal.NOT_PERMITTED);
        }
        return foresight
                .obstacle(caller, call(tool.get(), asked))
                .map(
                        answer ->
                                switch (answer) {
                                    case Answer.Refused refused -> Words.foreseenNo(refused);
                                    case Answer.Asked waiting -> Words.foreseenAsked(waiting);
                                    case Answer.Ended _, Answer.CutShort _ ->
                                            throw new IllegalStateException("nothing was made");
                                })
                .orElseGet(Words::foreseenYes);
    }

    private Value.Fields decide(Asker asker, Point point, Evaluation asked) {
        return switch (subjects.find(asker, asked.subject(), asked.mandate())) {
            case Subjects.Meant.Nobody() -> {
                unasked.accept(point, Doubt.REQUEST_REFUSED);
                yield Words.unknown();
            }
            case Subjects.Meant.Several(String advice) -> {
                unasked.accept(point, Doubt.REQUEST_REFUSED);
                yield Words.unclear(advice);
            }
            case Subjects.Meant.Gone(Doubt doubt) -> {
                unasked.accept(point, doubt);
                yield Words.no(Refusal.CALLER_REVOKED);
            }
            case Subjects.Meant.One(Caller caller) -> decide(point, caller, asked);
        };
    }

    private Value.Fields decide(Point point, Caller caller, Evaluation asked) {
        Optional<Tool> tool = asked.tool().filter(point::reaches);
        if (tool.isEmpty()) {
            unasked.accept(point, Doubt.REQUEST_REFUSED);
            return Words.no(Refusal.NOT_PERMITTED);
        }
        return told(point, gate.call(caller, call(tool.get(), asked), Line.closed()));
    }

    /** Only a call that was left to this very point, and is on record as that, is a yes. */
    private static Value.Fields told(Point point, Answer answer) {
        return switch (answer) {
            case Answer.Ended(CallId call, Outcome outcome)
                    when outcome.equals(LeftToPoints.to(point.name())) ->
                    Words.yes(call);
            case Answer.Ended(CallId call, _) ->
                    Words.no(new Answer.Refused(call, Refusal.LEDGER_UNAVAILABLE, ""));
            case Answer.CutShort(CallId call, Refusal refusal, String detail, _) ->
                    Words.no(new Answer.Refused(call, refusal, detail));
            case Answer.Asked asked -> Words.asked(asked);
            case Answer.Refused refused -> Words.no(refused);
        };
    }

    private Call call(Tool tool, Evaluation asked) {
        return new Call(ids.get(), tool, asked.arguments(), clock.instant());
    }
}
