package dev.remit.ledger;

import java.time.Instant;

/** Proof that an event is durably in the ledger. Only the {@link Ledger} makes one. */
public final class Receipt implements Appended {
    private final long index;
    private final Event event;
    private final Instant at;

    Receipt(long index, Event event, Instant at) {
        this.index = index;
        this.event = event;
        this.at = at;
    }

    /** The entry's place in the log, from 0. */
    public long index() {
        return index;
    }

    public Event event() {
        return event;
    }

    public Instant at() {
        return at;
    }
}
