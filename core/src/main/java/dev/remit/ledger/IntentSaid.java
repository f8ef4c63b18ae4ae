package dev.remit.ledger;

import java.util.List;
import java.util.Locale;

/**
 * What the rules of intent came to for a call, in the ledger's own stable words.
 *
 * @param rule that decided, by its code
 * @param sentence what the rule says to people; this and what follows is kept in the body
 * @param evidence which value decided, and what it stands on; empty if none did
 * @param origins of the call's values of consequence
 */
public record IntentSaid(
        String rule, As as, String sentence, String evidence, List<Origin> origins) {
    private static final String CODE = "[a-z][a-z-]{0,63}";

    public IntentSaid {
        if (!rule.matches(CODE)) {
            throw new IllegalArgumentException("`" + rule + "` is no rule of intent");
        }
        origins = List.copyOf(origins);
    }

    /** What became of it. */
    public enum As {
        /** The call is part of what was asked for. */
        AGREED,
        /** A person is to be asked. */
        ASKED,
        REFUSED,
        /** It would have asked or refused, and only warns. */
        WARNED,
        /** It would have asked or refused, and is only watched. */
        OBSERVED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static As of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Where a value of the call came from.
     *
     * @param argument that it was given for
     * @param value as much of it as people are shown
     * @param standing what it stands on, in words
     * @param call whose answer held it; empty if none did
     */
    public record Origin(String argument, String value, String standing, String call) {}

    /** The sentence and its evidence, as a person is told them. */
    public String said() {
        return evidence.isEmpty() ? sentence : sentence + " (" + evidence + ")";
    }
}
