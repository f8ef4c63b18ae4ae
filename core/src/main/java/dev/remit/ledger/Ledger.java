package dev.remit.ledger;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * The tamper-evident log, as those see it who write to it. It alone makes a {@link Receipt}, and
 * only of what the store says is durable.
 */
public final class Ledger {
    private final LedgerStore store;
    private final Supplier<byte[]> salts;

    /**
     * @param salts gives 16 fresh random bytes each time
     */
    public Ledger(LedgerStore store, Supplier<byte[]> salts) {
        this.store = store;
        this.salts = salts;
    }

    /**
     * Appends an event and waits until it is durable.
     *
     * @throws LedgerUnavailable if it cannot be made durable now
     */
    public Appended append(Event event, Instant at) {
        return switch (store.append(new Draft(at, event, salts.get()))) {
            case LedgerStore.Stored.At(long index) -> new Receipt(index, event, at);
            case LedgerStore.Stored.Objected(String what) -> new Appended.Stale(what);
        };
    }
}
