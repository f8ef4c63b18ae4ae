package dev.remit.identity;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Software with an identity of its own, acting for a person under that person's mandates.
 *
 * @param tags words by which people find it again, and by which the organisation's rules tell
 *     agents apart
 * @param issuer who brought it, if nobody here added it
 */
public record Agent(
        AgentId id,
        String name,
        Instant since,
        Standing standing,
        Map<String, String> tags,
        Optional<String> issuer) {
    /** How many tags an agent can have. */
    public static final int MOST_TAGS = 32;

    /** The tag of one that goes by a document it publishes; many people's clients are this one. */
    public static final String DOCUMENT = "client-document";

    public Agent {
        tags = Map.copyOf(tags);
    }

    public Agent(AgentId id, String name, Instant since, Standing standing) {
        this(id, name, since, standing, Map.of(), Optional.empty());
    }

    /** What an agent may count on right now. */
    public sealed interface Standing {
        record Good() implements Standing {}

        /** Nothing it asks for is allowed until a person restores it. */
        record Suspended(String why, Instant at) implements Standing {}

        /** It has ended, with all that hung from it, and does not come back. */
        record Revoked(String why, Instant at) implements Standing {}

        /** The kinds, by the words that people and files use. */
        enum Kind {
            GOOD,
            SUSPENDED,
            REVOKED
        }

        default Kind kind() {
            return switch (this) {
                case Good() -> Kind.GOOD;
                case Suspended _ -> Kind.SUSPENDED;
                case Revoked _ -> Kind.REVOKED;
            };
        }
    }

    public boolean isGood() {
        return standing instanceof Standing.Good;
    }

    public boolean isRevoked() {
        return standing instanceof Standing.Revoked;
    }

    public Agent with(Standing changed) {
        return new Agent(id, name, since, changed, tags, issuer);
    }

    /** With these tags set, and those gone. */
    public Agent tagged(Map<String, String> set, Set<String> gone) {
        Map<String, String> all = new TreeMap<>(tags);
        all.keySet().removeAll(gone);
        all.putAll(set);
        return new Agent(id, name, since, standing, all, issuer);
    }

    public Agent broughtBy(String whom) {
        return new Agent(id, name, since, standing, tags, Optional.of(whom));
    }
}
