package dev.remit.call;

import java.util.Locale;
import java.util.stream.Stream;

/** What a call does to the world, as far as a tool's definition tells. */
public enum Effect {
    /** Nothing. */
    READ,
    /** Reads what somebody else serves under an address, who sees that it was asked for. */
    FETCH,
    /** Makes something new. */
    CREATE,
    /** Changes what is there. */
    CHANGE,
    /** Takes away what is there. */
    REMOVE,
    /** Says something to others. */
    SEND,
    /** Lets others do or see more than before. */
    SHARE,
    /** Moves money, or promises it. */
    PAY;

    /** As it is written: in small letters. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one that is written so.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Effect of(String code) {
        for (Effect one : values()) {
            if (one.code().equals(code)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "`"
                        + Quotation.of(code)
                        + "` is not an effect: "
                        + String.join(", ", Stream.of(values()).map(Effect::code).toList()));
    }
}
