package dev.remit.identity;

/** What came of asking a request who sent it. */
public sealed interface Introduction {
    record Known(Caller caller) implements Introduction {}

    record Stranger(Doubt doubt) implements Introduction {}
}
