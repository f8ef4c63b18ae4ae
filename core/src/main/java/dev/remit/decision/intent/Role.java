package dev.remit.decision.intent;

/** What an argument is for; declared from the most consequential to the least. */
public enum Role {
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
    PLAIN
}
