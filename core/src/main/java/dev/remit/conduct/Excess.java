package dev.remit.conduct;

import java.util.List;

/**
 * That strikes came to more than is borne.
 *
 * @param counted whose strikes they are
 * @param stopped what ends because of it
 * @param rule the tolerance's name
 * @param borne with which weight it was too much
 * @param weight what they weigh together
 * @param evidence the strikes' records in the ledger, the last one last
 */
public record Excess(
        Subject counted,
        Subject stopped,
        String rule,
        long borne,
        long weight,
        List<Long> evidence) {
    public Excess {
        evidence = List.copyOf(evidence);
    }
}
