package dev.remit.approval;

import dev.remit.call.Tool;
import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import java.time.Duration;
import java.time.Instant;

/**
 * A call that its mandate does not include, which a person was asked about.
 *
 * @param giver whose mandate it is, who is asked
 * @param entry the place in the log of the call that asked; its arguments are there
 * @param refusal why it would have been refused
 * @param detail what was wrong with it, in words
 */
public record Question(
        QuestionId id,
        MandateId mandate,
        PersonId giver,
        AgentId agent,
        InstanceId instance,
        Tool tool,
        long entry,
        String refusal,
        String detail,
        Instant since,
        State state) {
    /** How long a question waits; silence is no. */
    public static final Duration WAITS = Duration.ofHours(1);

    /** How long a yes to one call may wait for the call, and a no is remembered. */
    public static final Duration HOLDS = Duration.ofHours(1);

    /** What has become of it; that time has run out is told by the time. */
    public sealed interface State {
        record Waiting() implements State {}

        record Answered(Verdict verdict, PersonId by, Instant at) implements State {}

        /** A yes to one call, and the call was made. */
        record Used(Instant at) implements State {}
    }

    public Question with(State changed) {
        return new Question(
                id, mandate, giver, agent, instance, tool, entry, refusal, detail, since, changed);
    }

    /** Until when an answer is taken. */
    public Instant waitsUntil() {
        return since.plus(WAITS);
    }

    public boolean isWaiting(Instant now) {
        return state instanceof State.Waiting && now.isBefore(waitsUntil());
    }

    /** Whether the call it is about may be made now, once. */
    public boolean isYes(Instant now) {
        return state instanceof State.Answered(Verdict verdict, _, Instant at)
                && verdict == Verdict.ONCE
                && now.isBefore(at.plus(HOLDS));
    }

    /** Whether a person has said no, and not so long ago that it might be asked again. */
    public boolean isNo(Instant now) {
        return state instanceof State.Answered(Verdict verdict, _, Instant at)
                && (verdict == Verdict.NO || verdict == Verdict.NEVER)
                && now.isBefore(at.plus(HOLDS));
    }
}
