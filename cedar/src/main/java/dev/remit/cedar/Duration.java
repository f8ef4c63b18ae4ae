package dev.remit.cedar;

import java.util.Optional;

/** A stretch of time in milliseconds (Cedar: duration). */
public record Duration(long milliseconds) implements Value, Comparable<Duration> {
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] LENGTHS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    /** {@code -1d2h3m4s5ms}: any of the units, the largest first, with one sign before all. */
    public static Optional<Duration> read(String text) {
        boolean negative = text.startsWith("-");
        int at = negative ? 1 : 0;
        if (at == text.length()) {
            return Optional.empty();
        }
        long total = 0;
        int unit = 0;
        try {
            while (at < text.length()) {
                int end = at;
                while (end < text.length() && Digits.is(text.charAt(end))) {
                    end++;
                }
                int letters = end;
                while (letters < text.length() && !Digits.is(text.charAt(letters))) {
                    letters++;
                }
                String name = text.substring(end, letters);
                while (unit < UNITS.length && !UNITS[unit].equals(name)) {
                    unit++;
                }
                if (end == at || unit == UNITS.length) {
                    return Optional.empty();
                }
                // With its sign from the start: the longest negative one has no positive
                // counterpart.
                long count = Long.parseLong((negative ? "-" : "") + text.substring(at, end));
                total = Math.addExact(total, Math.multiplyExact(count, LENGTHS[unit]));
                unit++;
                at = letters;
            }
        } catch (ArithmeticException | NumberFormatException outOfRange) {
            return Optional.empty();
        }
        return Optional.of(new Duration(total));
    }

    @Override
    public String kind() {
        return "duration";
    }

    @Override
    public int compareTo(Duration other) {
        return Long.compare(milliseconds, other.milliseconds);
    }
}
