package dev.remit.ledger;

import java.util.Locale;

/**
 * What one of the organisation's rules came to for a call, in the ledger's own stable words.
 *
 * @param rule its id
 * @param sentence what the rule says to people, or why it could not be judged; kept in the body
 */
public record RuleSaid(String rule, As as, String sentence) {
    /** What the uses that a rule itself said yes to are counted under begins so. */
    public static final String DRAWN = "rule:";

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    public RuleSaid {
        if (!isName(rule)) {
            throw new IllegalArgumentException(
                    "a rule's id is 1 to 64 of A-Z, a-z, 0-9, ., _ and -");
        }
    }

    /** Whether a rule may be called this. */
    public static boolean isName(String text) {
        return text.matches(NAME);
    }

    /** What became of it. */
    public enum As {
        /** It permits, and no rule forbids. */
        PERMITTED,
        FORBADE,
        /** It could not be judged, which counts as a no. */
        FAILED,
        /** It wants a person's yes to each call. */
        ASKED,
        /** It said yes to a call that the mandate does not include, instead of the giver. */
        DREW,
        /** It would have refused, asked or failed, and only warns. */
        WARNED,
        /** It would have refused, asked or failed, and is only watched. */
        OBSERVED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static As of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public String toString() {
        return "the rule " + rule + (sentence.isEmpty() ? "" : ": " + sentence);
    }
}
