package dev.remit.mandate;

import dev.remit.call.Tool;
import dev.remit.identity.MandateId;
import java.math.BigDecimal;
import java.util.Map;

/**
 * An allowed call that has not ended.
 *
 * @param index the place of its decision in the log
 * @param permission that allowed it, and paid if this is its first round
 * @param spent of each budget
 * @param first whether it is the first round of its call; only that spends
 */
public record OpenCall(
        long index,
        MandateId mandate,
        String permission,
        Tool tool,
        Map<String, BigDecimal> spent,
        boolean first) {
    public OpenCall {
        spent = Map.copyOf(spent);
    }
}
