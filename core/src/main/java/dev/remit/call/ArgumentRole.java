package dev.remit.call;

import java.util.Locale;
import java.util.stream.Stream;

/** What an argument is for; declared from the most consequential to the least. */
public enum ArgumentRole {
    /** Who or what receives: a person, an address, an account, a channel. */
    DESTINATION,
    /** How much. */
    AMOUNT,
    /** Which object is meant. */
    TARGET,
    /** A password, a token, a code. */
    SECRET,
    /** What is said or written. */
    CONTENT,
    /** Anything else: times, switches, choices. */
    PLAIN;

    /** As it is written: in small letters. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one that is written so.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ArgumentRole of(String code) {
        for (ArgumentRole one : values()) {
            if (one.code().equals(code)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "`"
                        + Quotation.of(code)
                        + "` is not what an argument is for: "
                        + String.join(", ", Stream.of(values()).map(ArgumentRole::code).toList()));
    }
}
