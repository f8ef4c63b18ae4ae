package dev.remit.identity;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which agents are meant; all that is said must be true of them.
 *
 * @param prefix how the name begins
 * @param text what the name contains, in whatever case
 * @param tags tags that it has
 * @param giver somebody who gave it a mandate
 * @param issuer who brought it
 */
public record AgentQuery(
        Optional<String> prefix,
        Optional<String> text,
        Map<String, String> tags,
        Optional<Agent.Standing.Kind> standing,
        Optional<PersonId> giver,
        Optional<String> issuer) {
    public static final AgentQuery ALL =
            new AgentQuery(
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public AgentQuery {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
