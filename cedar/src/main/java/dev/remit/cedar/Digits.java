package dev.remit.cedar;

/** Decimal digits in a text; only those of ASCII count. */
final class Digits {
    private Digits() {}

    /** Whether there is a digit between the two places, and nothing else. */
    static boolean are(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!is(text.charAt(at))) {
                return false;
            }
        }
        return from < to;
    }

    static boolean is(char one) {
        return one >= '0' && one <= '9';
    }
}
