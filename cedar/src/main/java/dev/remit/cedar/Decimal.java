package dev.remit.cedar;

import java.util.Optional;

/** A number with at most four digits after its point (Cedar: decimal), kept in ten-thousandths. */
public record Decimal(long tenThousandths) implements Value, Comparable<Decimal> {
    private static final int DIGITS = 4;
    private static final long ONE = 10_000;

    /** {@code -12.3456}: digits on both sides of the point, at most four after it, in range. */
    public static Optional<Decimal> read(String text) {
        boolean negative = text.startsWith("-");
        int point = text.indexOf('.');
        int start = negative ? 1 : 0;
        int after = text.length() - point - 1;
        if (!Digits.are(text, start, point)
                || !Digits.are(text, point + 1, text.length())
                || after > DIGITS) {
            return Optional.empty();
        }
        try {
            // The sign goes first: the smallest decimal has no positive counterpart.
            long whole = Long.parseLong(text, 0, point, 10);
            long part = Long.parseLong(text, point + 1, text.length(), 10);
            for (int digit = after; digit < DIGITS; digit++) {
                part *= 10;
            }
            return Optional.of(
                    new Decimal(
                            Math.addExact(
                                    Math.multiplyExact(whole, ONE), negative ? -part : part)));
        } catch (ArithmeticException | NumberFormatException outOfRange) {
            return Optional.empty();
        }
    }

    @Override
    public String kind() {
        return "decimal";
    }

    @Override
    public int compareTo(Decimal other) {
        return Long.compare(tenThousandths, other.tenThousandths);
    }
}
