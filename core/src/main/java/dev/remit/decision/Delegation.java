package dev.remit.decision;

import dev.remit.identity.Agent;
import dev.remit.identity.Instance;
import dev.remit.mandate.Allotment;
import dev.remit.mandate.Share;
import java.util.List;

/**
 * What the caller acts by if the mandate is not its own but was passed on.
 *
 * @param behind through whose hands, as they stand now
 * @param through their instances whose hands those were
 * @param share what was passed on
 * @param allotments how many calls it is good for, by each signature that it came by
 */
public record Delegation(
        List<Agent> behind, List<Instance> through, Share share, List<Allotment> allotments) {
    public Delegation {
        behind = List.copyOf(behind);
        through = List.copyOf(through);
        allotments = List.copyOf(allotments);
    }
}
