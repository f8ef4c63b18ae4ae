package dev.remit.testkit.simulation;

/** A fault planted on purpose, to see that an invariant notices it. */
public enum Fault {
    NONE,
    /** The store writes what its books object to. */
    STORE_IGNORES_OBJECTIONS,
    /** A crash takes records with it that were acknowledged. */
    STORE_LOSES_ACKNOWLEDGED,
    /** The upstream gets other arguments than were judged. */
    ARGUMENTS_CHANGE_ON_THE_WAY,
    /** A call that could not be written down is made all the same. */
    SENT_WITHOUT_A_RECORD,
    /** An agent's calls are decided under another agent's mandate. */
    MANDATES_ARE_MIXED_UP
}
