package dev.remit.ledger;

import java.util.Optional;

/**
 * Where the log is kept, and what its events add up to. The only thing in Remit that is written.
 *
 * <p>Contract, the same for every store (a suite in {@code testkit} holds them to it):
 *
 * <ul>
 *   <li>When {@link #append} returns a place, the entry is durable and every book shows it.
 *   <li>An event that {@link Books#objection} objects to, as the books are at its place in the log,
 *       is not written.
 *   <li>When it throws, the entry was not acknowledged; whether it is in the log shows after the
 *       next start.
 * </ul>
 */
public interface LedgerStore {

    /** What a store answers. */
    sealed interface Stored {
        record At(long index) implements Stored {}

        record Objected(String what) implements Stored {}
    }

    /**
     * Appends, and waits until it is durable.
     *
     * @throws LedgerUnavailable if it cannot be made durable now
     */
    Stored append(Draft draft);

    /** The entry at this place, with its event if its body is still there. */
    Optional<Entry> entry(long index);

    /** How many entries there are. */
    long size();
}
