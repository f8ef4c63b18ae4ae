package dev.remit.identity;

/** What is done with clients that have no key to bind their tokens to. */
public enum Unbound {
    /** They get no token, and one that they have is not taken. */
    REFUSED,

    /** They get tokens that allow no more than reading. */
    CAPPED
}
