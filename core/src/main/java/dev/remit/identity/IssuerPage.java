package dev.remit.identity;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What follows from an issuer's passports.
 *
 * @param agents how many agents came with them
 * @param lists its status lists, and until when what was last read of each holds
 */
public record IssuerPage(String issuer, long agents, Map<String, Instant> lists) {
    /** How many status lists one issuer may have. */
    public static final int MOST_LISTS = 256;

    public IssuerPage {
        lists = Map.copyOf(lists);
    }

    public static IssuerPage of(String issuer) {
        return new IssuerPage(issuer, 0, Map.of());
    }

    public IssuerPage withAgent() {
        return new IssuerPage(issuer, agents + 1, lists);
    }

    public IssuerPage withList(String list, Instant until) {
        Map<String, Instant> more = new TreeMap<>(lists);
        more.put(list, until);
        return new IssuerPage(issuer, agents, more);
    }
}
