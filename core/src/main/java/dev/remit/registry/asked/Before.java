package dev.remit.registry.asked;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import java.time.Instant;
import java.util.Map;

/**
 * What an object was like when it was read last, as its upstream said then.
 *
 * @param by the tool that read it
 * @param entry the place in the log of that call's decision
 * @param values by the argument that each would be replaced through; never empty
 */
public record Before(Tool by, Instant readAt, long entry, Map<String, Value> values) {
    public Before {
        values = Map.copyOf(values);
    }
}
