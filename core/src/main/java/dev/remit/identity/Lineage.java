package dev.remit.identity;

import dev.remit.call.Value;
import java.util.List;

/**
 * Where authority that was passed on comes from (RFC 8693).
 *
 * @param behind through whose hands it came, the nearest first; the last has the mandate
 * @param share what of the mandate was passed on, as the token carries it
 */
public record Lineage(List<Actor> behind, Value.Items share) {
    /** How often authority is passed on at most. */
    public static final int DEPTH = 4;

    public Lineage {
        behind = List.copyOf(behind);
        if (behind.isEmpty() || behind.size() > DEPTH) {
            throw new IllegalArgumentException("authority is passed on 1 to " + DEPTH + " times");
        }
    }

    /** The agent that the mandate was given to. */
    public AgentId root() {
        return behind.getLast().agent();
    }
}
