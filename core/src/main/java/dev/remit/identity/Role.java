package dev.remit.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do here, besides being somebody whom agents act for. */
public enum Role {
    /** Gives mandates, and sees and ends the own ones. */
    PERSON,
    /** Answers calls that wait for a person. */
    APPROVER,
    /** Manages agents, people and what they may reach at most. */
    ADMINISTRATOR,
    /** Reads everything, and changes nothing. */
    AUDITOR;

    /** The word in the log, in configurations and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
