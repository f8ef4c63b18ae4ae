package dev.remit.gate;

import dev.remit.call.Call;
import dev.remit.decision.Case;
import dev.remit.decision.Decision;
import dev.remit.decision.Judge;
import dev.remit.decision.Refusal;
import dev.remit.identity.Caller;
import dev.remit.ledger.LedgerUnavailable;
import java.util.Optional;

/**
 * Says what would become of a call, by the same clerk and the same judge as the {@link Gate}.
 * Nothing is spent, nobody is asked, nothing is written down.
 */
public final class Foresight {
    private final Clerk clerk;
    private final Judge judge;

    public Foresight(Clerk clerk, Judge judge) {
        this.clerk = clerk;
        this.judge = judge;
    }

    /** What would stand in the way of the call; empty if it would be made. */
    public Optional<Answer> obstacle(Caller caller, Call call) {
        Optional<StopSwitch.Stop> stopped = clerk.stop().stopped();
        if (stopped.isPresent()) {
            return refused(call, Refusal.STOPPED, stopped.get().why());
        }
        try {
            Case file = clerk.gather(caller, call);
            return switch (judge.decide(file)) {
                case Decision.Refuse refuse -> Optional.of(Warden.told(refuse, 1));
                case Decision.Ask ask -> Optional.of(Gate.told(ask));
                case Decision.Allow _ ->
                        clerk.isStillAdmitted(caller)
                                ? Optional.empty()
                                : refused(call, Refusal.CALLER_REVOKED, "");
            };
        } catch (UpstreamUnavailable e) {
            return refused(call, Refusal.UPSTREAM_UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (LedgerUnavailable e) {
            return refused(call, Refusal.LEDGER_UNAVAILABLE, "");
        }
    }

    private static Optional<Answer> refused(Call call, Refusal refusal, String detail) {
        return Optional.of(new Answer.Refused(call.id(), refusal, detail));
    }
}
