package dev.remit.identity;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list, in its order.
 *
 * @param next where the next part begins; empty if there is none
 */
public record Page<T>(List<T> items, Optional<String> next) {
    /** How long a page is at most. */
    public static final int LONGEST = 1_000;

    /** Where the first part begins. */
    public static final String START = "";

    public Page {
        items = List.copyOf(items);
    }
}
