package dev.remit.passport;

/** What an issuer says of a passport right now. */
enum Standing {
    VALID,
    /** Revoked, suspended, or anything else that is not valid. */
    REVOKED,
    /** It cannot be seen now, which counts against the passport. */
    UNKNOWN
}
