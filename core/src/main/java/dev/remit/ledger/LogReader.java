package dev.remit.ledger;

import dev.remit.call.CallId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The log, for reading. What is read is durable. */
public interface LogReader {
    /** The entry at this place, if there is one. */
    Optional<Entry> entry(long index);

    /** How many entries there are. */
    long size();

    /** Gives the entries from this place on, in order, until there are no more or it says no. */
    default void read(long from, Predicate<Entry> more) {
        Optional<Entry> entry = entry(from);
        while (entry.isPresent() && more.test(entry.get())) {
            entry = entry(entry.get().index() + 1);
        }
    }

    /**
     * What the log says of one call, in order: its decision, and its end if it was allowed and has
     * ended.
     */
    default List<Entry> entries(CallId call) {
        List<Entry> found = new ArrayList<>();
        read(
                0,
                entry -> {
                    if (isOf(entry.event(), call)) {
                        found.add(entry);
                    }
                    return true;
                });
        return found;
    }

    private static boolean isOf(Event event, CallId call) {
        return (event instanceof Event.Decided decided && decided.call().equals(call))
                || (event instanceof Event.CallUnreadable one && one.call().equals(call))
                || (event instanceof Event.Concluded ended && ended.call().equals(call))
                || (event instanceof Event.Asked asked && asked.call().equals(call));
    }
}
