package dev.remit.decision.intent;

/**
 * What a model makes of a call after the rules. It can hold a call back that they let through, and
 * explain; never let one through.
 *
 * @param fits whether the call looks like part of the task
 * @param why in the model's own words, which nobody vouches for
 */
public record SecondLook(boolean fits, String why) {
    private static final int MOST_WORDS = 300; // characters

    public SecondLook {
        why = why.length() > MOST_WORDS ? why.substring(0, MOST_WORDS) + "…" : why;
    }
}
