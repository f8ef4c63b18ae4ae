package dev.remit.gate;

import dev.remit.approval.QuestionId;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.JsonWriter;
import dev.remit.call.Outcome;
import dev.remit.call.Value;
import dev.remit.decision.Case;
import dev.remit.decision.Decision;
import dev.remit.decision.Draw;
import dev.remit.decision.Judge;
import dev.remit.decision.Permit;
import dev.remit.decision.Refusal;
import dev.remit.decision.intent.SecondLook;
import dev.remit.identity.Caller;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Receipt;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Spending;
import dev.remit.mandate.Unanswered;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * The way of every call, on one page (the policy enforcement point).
 *
 * <ol>
 *   <li>The {@link Clerk} gathers the case.
 *   <li>The {@link Judge} decides it.
 *   <li>The {@link Ledger} writes the decision down, if nothing it builds on has moved; else, from
 *       the start.
 *   <li>Only an allowing decision and its receipt make a {@link Permit}; only with it the {@link
 *       Upstream} sends.
 *   <li>The outcome is written down, and remembered for later calls, before the agent hears of it.
 * </ol>
 */
public final class Gate {
    private static final int ATTEMPTS = 3;
    private static final int LONGEST_KEPT_REPLY = 64 * 1024;

    private final Clerk clerk;
    private final Recall recall;
    private final Counsel counsel;
    private final Judge judge;
    private final Ledger ledger;
    private final Upstream upstream;
    private final UnderWay underWay;
    private final Warden warden;

    /** A gate that looks at each call once. */
    public Gate(Clerk clerk, Judge judge, Ledger ledger, Upstream upstream, Overseer overseer) {
        this(clerk, judge, ledger, upstream, overseer, Counsel.none());
    }

    public Gate(
            Clerk clerk,
            Judge judge,
            Ledger ledger,
            Upstream upstream,
            Overseer overseer,
            Counsel counsel) {
        this.counsel = counsel;
        this.clerk = clerk;
        this.recall = clerk.recall();
        this.judge = judge;
        this.ledger = ledger;
        this.upstream = new LeftToPoints(upstream);
        this.warden = new Warden(clerk, ledger, overseer);
        this.underWay = new UnderWay(clerk, judge);
    }

    /** The calls that it has let through and that have not ended. */
    public UnderWay underWay() {
        return underWay;
    }

    /**
     * Decides the call and, if it is allowed, makes it; returns when it has ended and that is
     * written down.
     */
    public Answer call(Caller caller, Call call, Line line) {
        Optional<StopSwitch.Stop> stopped = clerk.stop().stopped();
        if (stopped.isPresent()) {
            return refuseStopped(caller, call, stopped.get().why());
        }
        try {
            Optional<SecondLook> look = Optional.empty();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Case file = clerk.gather(caller, call);
                Decision decision = judge.decide(file);
                if (attempt == 0) {
                    look = counsel.of(decision);
                }
                if (look.isPresent()) {
                    decision = judge.decide(file.with(look.get()));
                }
                switch (decision) {
                    case Decision.Refuse refuse -> {
                        return warden.refuse(refuse);
                    }
                    case Decision.Ask ask -> {
                        if (ledger.append(asked(ask), file.now()) instanceof Receipt) {
                            return told(ask);
                        }
                    }
                    case Decision.Allow allow -> {
                        if (ledger.append(allowed(allow), file.now()) instanceof Receipt receipt) {
                            return perform(Permit.of(allow, receipt), line);
                        }
                    }
                }
            }
            Refusal refusal =
                    clerk.isStillAdmitted(caller) ? Refusal.CONTENDED : Refusal.CALLER_REVOKED;
            return warden.refuseUndecided(caller, call, refusal, "");
        } catch (UpstreamUnavailable e) {
            return warden.refuseUndecided(
                    caller, call, Refusal.UPSTREAM_UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (LedgerUnavailable e) {
            return new Answer.Refused(call.id(), Refusal.LEDGER_UNAVAILABLE, "");
        }
    }

    static Answer told(Decision.Ask ask) {
        return new Answer.Asked(
                ask.file().call().id(), ask.question(), ask.refusal(), ask.detail(), ask.until());
    }

    private Answer perform(Permit permit, Line line) {
        Running running = underWay.begin(permit, line);
        Outcome outcome;
        Optional<UnderWay.Cut> cut;
        try {
            outcome =
                    running.cut().isEmpty()
                            ? upstream.forward(permit, running)
                            : new Outcome.Failed("", Duration.ZERO);
            cut = running.cut();
        } finally {
            underWay.over(running);
        }
        Outcome ended = cut.map(why -> ended(outcome, why)).orElse(outcome);
        try {
            if (ledger.append(concluded(permit, ended), clerk.now()) instanceof Receipt written) {
                recall.remember(permit, ended, written);
                return answer(permit, ended, cut);
            }
            throw new IllegalStateException("an open call was concluded by somebody else");
        } catch (LedgerUnavailable e) {
            // It was made: nobody may hear that it was not, nor an outcome that is not on record.
            String reason = "the call was made, but how it ended could not be written down";
            return answer(permit, new Outcome.Unknown(reason, ended.took()), cut);
        }
    }

    private static Answer answer(Permit permit, Outcome outcome, Optional<UnderWay.Cut> cut) {
        CallId call = permit.call().id();
        return cut.<Answer>map(
                        why -> new Answer.CutShort(call, why.refusal(), why.detail(), outcome))
                .orElseGet(() -> new Answer.Ended(call, outcome));
    }

    /** How a call that was cut short ended; what was answered all the same was answered. */
    private static Outcome ended(Outcome outcome, UnderWay.Cut why) {
        String reason = "it was cut short: " + why.refusal().code();
        return switch (outcome) {
            case Outcome.Answered answered -> answered;
            case Outcome.Asked asked -> asked;
            case Outcome.Failed(_, Duration took) -> new Outcome.Failed(reason, took);
            case Outcome.Unknown(_, Duration took) -> new Outcome.Unknown(reason, took);
        };
    }

    /** Refuses a call while all are stopped; also where nothing can be written down. */
    private Answer refuseStopped(Caller caller, Call call, String why) {
        try {
            return warden.refuseUndecided(caller, call, Refusal.STOPPED, why);
        } catch (LedgerUnavailable e) {
            return new Answer.Refused(call.id(), Refusal.STOPPED, why);
        }
    }

    private static Event.Decided asked(Decision.Ask ask) {
        return Records.decided(
                ask, new Event.Ruling.Asked(ask.question(), ask.refusal().code(), ask.detail()));
    }

    private static Event.Decided allowed(Decision.Allow allow) {
        Event.Ruling ruling =
                allow.file()
                        .call()
                        .continues()
                        .<Event.Ruling>map(
                                call -> new Event.Ruling.Continued(allow.by().name(), call))
                        .orElseGet(() -> paid(allow));
        return Records.decided(allow, ruling);
    }

    private static Event.Ruling paid(Decision.Allow allow) {
        Case file = allow.file();
        Map<String, BigDecimal> spent =
                Spending.amounts(
                        file.sheet().orElseThrow().mandate(),
                        file.allotments(),
                        file.call().tool(),
                        file.call().arguments());
        return switch (allow.by()) {
            case Decision.Leave.ByPermission(Permission permission) ->
                    new Event.Ruling.Allowed(permission.name(), spent);
            case Decision.Leave.ByRule(Draw draw) ->
                    new Event.Ruling.Drawn(draw.rule(), draw.most(), spent);
            case Decision.Leave.ByAnswer(QuestionId question) ->
                    new Event.Ruling.Approved(question, spent);
        };
    }

    private Event concluded(Permit permit, Outcome outcome) {
        Call call = permit.call();
        return switch (outcome) {
            case Outcome.Answered(Value.Fields reply, Duration took, boolean erred) -> {
                byte[] bytes = JsonWriter.canonical(reply);
                yield new Event.Concluded(
                        call.id(),
                        erred ? Event.End.ERRED : Event.End.ANSWERED,
                        took,
                        Digest.of(bytes),
                        kept(reply, bytes),
                        "");
            }
            case Outcome.Asked(Value.Fields reply, Duration took) -> {
                byte[] bytes = JsonWriter.canonical(reply);
                yield new Event.Asked(
                        call.id(),
                        permit.file().sheet().orElseThrow().mandate().id(),
                        question(permit),
                        took,
                        Digest.of(bytes),
                        kept(reply, bytes));
            }
            case Outcome.Failed(String reason, Duration took) ->
                    new Event.Concluded(
                            call.id(),
                            Event.End.FAILED,
                            took,
                            Digest.of(),
                            Optional.empty(),
                            reason);
            case Outcome.Unknown(String reason, Duration took) ->
                    new Event.Concluded(
                            call.id(),
                            Event.End.UNKNOWN,
                            took,
                            Digest.of(),
                            Optional.empty(),
                            reason);
        };
    }

    private Unanswered question(Permit permit) {
        return new Unanswered(
                permit.file().caller().instance().id(),
                permit.allow().by().name(),
                permit.call().action(),
                permit.allow().round(),
                clerk.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private static Optional<Value.Fields> kept(Value.Fields reply, byte[] bytes) {
        return bytes.length <= LONGEST_KEPT_REPLY ? Optional.of(reply) : Optional.empty();
    }
}
