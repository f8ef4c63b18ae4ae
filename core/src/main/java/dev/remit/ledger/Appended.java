package dev.remit.ledger;

/** What came of appending an event. */
public sealed interface Appended permits Receipt, Appended.Stale {

    /**
     * Nothing was written: what the event builds on has changed since it was read, or what it
     * spends is no longer there. Read again and decide again.
     */
    record Stale(String what) implements Appended {}
}
