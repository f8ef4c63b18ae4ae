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

    /**
     * What would become of a call.
     *
     * @param obstacle what would stand in its way; empty if it would be made
     * @param decision the judge's; empty if it would not even come before the judge
     */
    public record Foreseen(Optional<Answer> obstacle, Optional<Decision> decision) {}

    /** What would stand in the way of the call; empty if it would be made. */
    public Optional<Answer> obstacle(Caller caller, Call call) {
        return foresee(caller, call).obstacle();
    }

    /** What would become of the call, with all that would be said of it. */
    public Foreseen foresee(Caller caller, Call call) {
        Optional<StopSwitch.Stop> stopped = clerk.stop().stopped();
        if (stopped.isPresent()) {
            return unjudged(refused(call, Refusal.STOPPED, stopped.get().why()));
        }
        try {
            Case file = clerk.gather(caller, call);
            Decision decision = judge.decide(file);
            return new Foreseen(obstacle(decision), Optional.of(decision));
        } catch (UpstreamUnavailable e) {
            return unjudged(
                    refused(call, Refusal.UPSTREAM_UNAVAILABLE, String.valueOf(e.getMessage())));
        } catch (LedgerUnavailable e) {
            return unjudged(refused(call, Refusal.LEDGER_UNAVAILABLE, ""));
        }
    }

    private Optional<Answer> obstacle(Decision decision) {
        Case file = decision.file();
        return switch (decision) {
            case Decision.Refuse refuse -> Optional.of(Warden.told(refuse, 1));
            case Decision.Ask ask -> Optional.of(Gate.told(ask));
            case Decision.Allow _ ->
                    clerk.isStillAdmitted(file.caller())
                            ? Optional.empty()
                            : refused(file.call(), Refusal.CALLER_REVOKED, "");
        };
    }

    private static Foreseen unjudged(Optional<Answer> obstacle) {
        return new Foreseen(obstacle, Optional.empty());
    }

    private static Optional<Answer> refused(Call call, Refusal refusal, String detail) {
        return Optional.of(new Answer.Refused(call.id(), refusal, detail));
    }
}
