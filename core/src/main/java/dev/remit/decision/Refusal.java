package dev.remit.decision;

import java.util.Locale;

/**
 * Every reason to refuse a call, in order of precedence: when several hold, the first is the one
 * that is told, so that one call in one situation always gets the same answer. {@code
 * docs/reference/refusals.md} is the manual.
 */
public enum Refusal {
    UNREADABLE("the request cannot be read", Weight.NONE),
    TOO_LARGE("the request is too large", Weight.NONE),
    STOPPED("the operator has stopped all agents", Weight.NONE),
    AGENT_SUSPENDED("the agent is suspended until a person restores it", Weight.NONE),
    INSTANCE_SUSPENDED(
            "this running copy of the agent is suspended until a person restores it", Weight.NONE),
    CALLER_REVOKED(
            "the agent's key or token has been revoked or has ended, or that of one it has its"
                    + " authority from",
            Weight.NONE),
    NO_MANDATE("no person has given this agent a task", Weight.NONE),
    MANDATE_OF_ANOTHER("the mandate was given to another agent", Weight.TRESPASS),
    GIVER_SUSPENDED(
            "the person who gave the mandate was suspended, which ended it", Weight.REPEATED),
    MANDATE_REVOKED("the mandate was revoked", Weight.REPEATED),
    MANDATE_COMPLETED("the task is completed", Weight.NONE),
    MANDATE_EXPIRED("the mandate has expired", Weight.NONE),
    MANDATE_IDLE("the mandate ended because nothing was done under it for too long", Weight.NONE),
    MANDATE_GIVEN("a person has given this agent a task", Weight.NONE),
    TOOL_UNKNOWN("no such tool", Weight.OVERSTEP),
    TOOL_CHANGED("the tool's definition has changed since it was accepted", Weight.REPEATED),
    NOT_PERMITTED("the task does not include this tool", Weight.OVERSTEP),
    KEY_NEEDED(
            "a client that proves no key may only call tools that the operator marked as reading",
            Weight.NONE),
    DENIED("a person was asked about this very call, and said no", Weight.REPEATED),
    STEP_UP_NEEDED(
            "the person who gave the mandate must sign in again for this tool, and give it anew",
            Weight.NONE),
    NOT_ASKED("nothing was asked that this answers, or no longer", Weight.NONE),
    ARGUMENTS_UNFIT("the tool does not take these arguments", Weight.NONE),
    ARGUMENT_NOT_PERMITTED(
            "the task does not include this tool with these arguments", Weight.OVERSTEP),
    CONDITION_UNMET(
            "the task allows this only after something else, or no longer after it", Weight.NONE),
    PERMISSION_SPENT("this permission has been used up", Weight.NONE),
    DELEGATION_SPENT(
            "all calls have been made that the signature was good for by which this was passed on",
            Weight.NONE),
    MANDATE_SPENT("all calls that the mandate was good for have been made", Weight.NONE),
    BUDGET_EXCEEDED("the call would go beyond what the mandate is good for in all", Weight.NONE),
    TOO_OFTEN("the mandate allows only so many calls in that time", Weight.NONE),
    TOO_MANY_AT_ONCE("as many calls as the mandate allows at a time are under way", Weight.NONE),
    INTENT_REFUSES(
            "nobody asked for this, and a text that the agent read orders it", Weight.OVERSTEP),
    INTENT_ASKS("it may not be what the person meant", Weight.NONE),
    RULE_FORBIDS("a rule of the organisation forbids it", Weight.NONE),
    RULE_FAILED(
            "a rule of the organisation could not be judged, which counts as a no", Weight.NONE),
    RULE_MISSING("no rule of the organisation permits it", Weight.NONE),
    RULE_ASKS("a rule of the organisation wants a person's yes to each such call", Weight.NONE),
    CONTENDED("the mandate changed while the call was being decided, again and again", Weight.NONE),
    CROWDED("too many calls are under way", Weight.NONE),
    UPSTREAM_UNAVAILABLE("the upstream cannot be reached", Weight.NONE),
    LEDGER_UNAVAILABLE("the call could not be written down, so it was not made", Weight.NONE),
    INTERNAL("something went wrong inside the gateway, so the call was not made", Weight.NONE);

    private final String sentence;
    private final Weight weight;

    Refusal(String sentence, Weight weight) {
        this.sentence = sentence;
        this.weight = weight;
    }

    /** The stable name, as the log, the wire and the manual have it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String sentence() {
        return sentence;
    }

    /**
     * Whether a call that is under way is cut short for it. One that is under way is not idle; and
     * what it may do was seen to when it began.
     */
    public boolean endsCalls() {
        return compareTo(AGENT_SUSPENDED) >= 0 && compareTo(MANDATE_EXPIRED) <= 0;
    }

    /** How much it counts against whoever asked. */
    public Weight weight() {
        return weight;
    }
}
