package dev.remit.gate;

import dev.remit.decision.Case;
import dev.remit.decision.Decision;
import dev.remit.decision.Judge;
import dev.remit.decision.Permit;
import dev.remit.decision.Refusal;
import dev.remit.ledger.LedgerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that were allowed and have not ended. Each stands on its caller and on the mandate that
 * allowed it; {@link #look} cuts those short that no longer stand on anything.
 *
 * <p>It looks rather than is told, so that it sees what any process changes, and what time does.
 */
public final class UnderWay {
    /** How often somebody is to look. */
    public static final Duration PAUSE = Duration.ofMillis(200);

    /** How long it may be impossible to see what calls stand on, before they are cut short. */
    private static final Duration BLIND = Duration.ofSeconds(1);

    private final Clerk clerk;
    private final Judge judge;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();

    UnderWay(Clerk clerk, Judge judge) {
        this.clerk = clerk;
        this.judge = judge;
    }

    /**
     * Notes a call before it is sent, until it is {@link #over}; it is cut short at once if all are
     * stopped. Whoever stops them later finds it among those under way.
     */
    Running begin(Permit permit, Line line) {
        Running call = new Running(permit, line, clerk.now());
        running.add(call);
        stopped().ifPresent(call::cut);
        return call;
    }

    private Optional<Cut> stopped() {
        return clerk.stop().stopped().map(one -> new Cut(Refusal.STOPPED, one.why()));
    }

    /** Cuts all of them short if all are stopped; reads nothing. */
    public void stop() {
        stopped().ifPresent(why -> running.forEach(call -> call.cut(why)));
    }

    void over(Running call) {
        running.remove(call);
    }

    /** How many there are. */
    public int size() {
        return running.size();
    }

    /** Looks once at each of them. */
    public void look() {
        for (Running call : running) {
            Instant now = clerk.now();
            try {
                ground(call.permit()).ifPresentOrElse(call::cut, () -> call.seen(now));
            } catch (LedgerUnavailable e) {
                if (!now.isBefore(call.seenAt().plus(BLIND))) {
                    call.cut(new Cut(Refusal.LEDGER_UNAVAILABLE, String.valueOf(e.getMessage())));
                }
            }
        }
    }

    /** Why a call must not go on: by the same judgement that let it begin, on the books of now. */
    private Optional<Cut> ground(Permit permit) {
        Optional<Cut> stopped = stopped();
        if (stopped.isPresent()) {
            return stopped;
        }
        Case file = clerk.again(permit.file());
        Optional<Cut> barred =
                judge.decide(file) instanceof Decision.Refuse refuse && refuse.refusal().endsCalls()
                        ? Optional.of(new Cut(refuse.refusal(), refuse.detail()))
                        : Optional.empty();
        boolean first =
                barred.isPresent() && barred.get().refusal().compareTo(Refusal.CALLER_REVOKED) < 0;
        return first || clerk.isStillAdmitted(file.caller())
                ? barred
                : Optional.of(new Cut(Refusal.CALLER_REVOKED, ""));
    }

    /** Why a call was cut short. */
    record Cut(Refusal refusal, String detail) {}
}
