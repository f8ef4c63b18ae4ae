package dev.remit.mandate;

import java.util.Locale;

/** Why a delegation is not taken. {@code docs/reference/delegation.md} is the manual. */
public enum ChainFault {
    UNREADABLE("it is not strictly a chain of delegations"),
    ROOT("its first step is not by an instance that could do all of it by itself"),
    AUDIENCE("a step is for another gateway"),
    MANDATE("its steps are not all for one mandate in force that the first holder acts under"),
    SIGNATURE("a step is not signed by the key of the one before it"),
    PARENT("a step does not follow the one before it"),
    DEPTH("a step goes further than the one before it allows"),
    TIME("a step is too old, from the future, too long, or outlives the one before it"),
    USES("a step is good for more calls than the one before it"),
    SHARE("a step's share cannot be read, is too long, or holds what no share can hold"),
    WIDER("a step's share is not plainly a part of the one before it"),
    NOTHING("the mandate includes nothing of it now"),
    KEY("the last step is for another key than was proven"),
    ENDED("one of those whose hands it came through has ended");

    private final String sentence;

    ChainFault(String sentence) {
        this.sentence = sentence;
    }

    /** The stable name. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String sentence() {
        return sentence;
    }
}
