package dev.remit.cedar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/** A point in time (Cedar: datetime), in milliseconds from 1970 on. */
public record Datetime(long milliseconds) implements Value, Comparable<Datetime> {
    private static final long DAY = 86_400_000;
    private static final int DATE = "2026-11-22".length();
    private static final int TIME = "2026-11-22T10:20:30".length();

    /**
     * {@code 2026-11-22}, or with a time, milliseconds if wanted, and {@code Z} or {@code +0100}.
     */
    public static Optional<Datetime> read(String text) {
        try {
            if (!shaped(text, 0, "0000-00-00")) {
                return Optional.empty();
            }
            long day =
                    LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                            .toEpochDay();
            if (text.length() == DATE) {
                return Optional.of(new Datetime(day * DAY));
            }
            if (!shaped(text, DATE, "T00:00:00")) {
                return Optional.empty();
            }
            LocalTime time =
                    LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19));
            boolean fraction = shaped(text, TIME, ".000");
            int zone = fraction ? TIME + 4 : TIME;
            long within =
                    time.toSecondOfDay() * 1_000L + (fraction ? number(text, TIME + 1, zone) : 0);
            return offset(text, zone).map(before -> new Datetime(day * DAY + within - before));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Optional<Long> offset(String text, int at) {
        if (text.length() == at + 1 && text.charAt(at) == 'Z') {
            return Optional.of(0L);
        }
        boolean east = shaped(text, at, "+0000");
        if (text.length() != at + 5 || !(east || shaped(text, at, "-0000"))) {
            return Optional.empty();
        }
        int hours = number(text, at + 1, at + 3);
        int minutes = number(text, at + 3, at + 5);
        if (hours > 23 || minutes > 59) {
            return Optional.empty();
        }
        long length = (hours * 60L + minutes) * 60_000;
        return Optional.of(east ? length : -length);
    }

    /** Whether the text goes on like the model, in which 0 stands for a digit. */
    private static boolean shaped(String text, int from, String model) {
        if (text.length() < from + model.length()) {
            return false;
        }
        for (int at = 0; at < model.length(); at++) {
            char found = text.charAt(from + at);
            char wanted = model.charAt(at);
            if (wanted == '0' ? !Digits.is(found) : found != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    @Override
    public String kind() {
        return "datetime";
    }

    @Override
    public int compareTo(Datetime other) {
        return Long.compare(milliseconds, other.milliseconds);
    }
}
