package dev.remit.decision.intent;

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
    PAY
}
