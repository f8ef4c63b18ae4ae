package dev.remit.identity;

/** What the sender of a request has shown besides its access token. */
public enum Binding {
    /** The key that the token is bound to (RFC 9449). */
    KEY,

    /** Nothing: whoever has the token can use it (RFC 6750). */
    NONE
}
