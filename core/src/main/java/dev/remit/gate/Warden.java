package dev.remit.gate;

import dev.remit.call.Call;
import dev.remit.decision.Decision;
import dev.remit.decision.Refusal;
import dev.remit.identity.Caller;
import dev.remit.identity.SignInDemand;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.Receipt;
import java.util.List;
import java.util.Optional;

/** Tells a refusal, and writes it down. */
final class Warden {
    private final Clerk clerk;
    private final Ledger ledger;
    private final Overseer overseer;
    private final Loops loops = new Loops();

    Warden(Clerk clerk, Ledger ledger, Overseer overseer) {
        this.clerk = clerk;
        this.overseer = overseer;
        this.ledger = ledger;
    }

    /** Nothing that a refusal builds on can be stale: it stays one whatever has moved. */
    Answer refuse(Decision.Refuse refuse) {
        Refusal refusal = refuse.refusal();
        Loops.Turn turn = loops.another(refuse, Records.under(refuse.file()));
        if (turn.isWritten()) {
            long weight = turn.weight(refusal);
            Event.Ruling ruling =
                    new Event.Ruling.Refused(
                            refusal.code(), refuse.detail(), weight, turn.times(), turn.more());
            Event.Decided decided = Records.decided(refuse, ruling);
            if (ledger.append(decided, refuse.file().now()) instanceof Receipt written
                    && weight > 0) {
                overseer.consider(written, decided.instance());
            }
        }
        return told(refuse, turn.times());
    }

    /** The refusal as the edge gets it, when it comes for so many times in a row. */
    static Answer told(Decision.Refuse refuse, long times) {
        return new Answer.Refused(
                refuse.file().call().id(),
                refuse.refusal(),
                refuse.detail(),
                refuse.refusal() == Refusal.STEP_UP_NEEDED
                        ? refuse.file().demand()
                        : SignInDemand.NONE,
                times);
    }

    /** Refuses a call that no decision could be made on, and writes that down. */
    Answer refuseUndecided(Caller caller, Call call, Refusal refusal, String detail) {
        Event.Ruling ruling = new Event.Ruling.Refused(refusal.code(), detail, 0, 1, 0);
        ledger.append(
                new Event.Decided(
                        call.id(),
                        caller.instance().id(),
                        caller.agent(),
                        caller.behind(),
                        caller.binding(),
                        Optional.empty(),
                        call.tool(),
                        Optional.empty(),
                        ruling,
                        call.arguments().fields(),
                        List.of(),
                        Optional.empty()),
                clerk.now());
        return new Answer.Refused(call.id(), refusal, detail);
    }
}
