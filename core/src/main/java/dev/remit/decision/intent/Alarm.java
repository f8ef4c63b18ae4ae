package dev.remit.decision.intent;

/** How much a text tries to tell an agent what to do. */
enum Alarm {
    /** Not at all. */
    NONE,
    /** It asks its reader for something, as people do. */
    REQUEST,
    /** It addresses an agent, overrides the person, or poses as somebody it cannot be. */
    ORDER
}
