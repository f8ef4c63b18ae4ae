package dev.remit.decision.intent;

import java.util.Set;

/** Where a text speaks of a value. */
final class Mention {
    private static final Set<String> MARKS =
            Set.of(
                    "id", "ids", "no", "number", "file", "email", "event", "order", "ticket",
                    "item", "message");
    private static final int FEW = 3; // digits
    private static final int LONGEST = 10; // characters of a mark
    private static final int BETWEEN = 4; // characters between a mark and its number

    private Mention() {}

    /**
     * The next place from here on; -1 if there is none. A number of few digits stands anywhere by
     * chance, and is spoken of only where the text says what it names: {@code file 13}, {@code
     * #13}.
     */
    static int at(String text, String value, int from) {
        return isShortNumber(value) ? marked(text, value, from) : Words.at(text, value, from);
    }

    private static boolean isShortNumber(String normal) {
        if (normal.isEmpty() || normal.length() > FEW) {
            return false;
        }
        for (int i = 0; i < normal.length(); i++) {
            if (!Character.isDigit(normal.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int marked(String text, String number, int from) {
        for (int at = text.indexOf(number, from); at >= 0; at = text.indexOf(number, at + 1)) {
            int end = at + number.length();
            if (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
                continue;
            }
            int before = at;
            while (before > 0
                    && at - before < BETWEEN
                    && !Character.isLetterOrDigit(text.charAt(before - 1))) {
                before--;
            }
            int word = before;
            while (word > 0
                    && before - word <= LONGEST
                    && Character.isLetterOrDigit(text.charAt(word - 1))) {
                word--;
            }
            if (text.substring(before, at).indexOf('#') >= 0
                    || (before < at && MARKS.contains(text.substring(word, before)))) {
                return at;
            }
        }
        return -1;
    }
}
