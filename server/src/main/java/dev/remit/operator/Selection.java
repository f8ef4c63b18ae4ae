package dev.remit.operator;

import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.PersonId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which agents an operator means, and which tags. */
final class Selection {
    private static final Set<String> KNOWN =
            Set.of("prefix", "text", "tags", "standing", "giver", "issuer");

    private Selection() {}

    /**
     * Reads a query; what is not known is refused, lest it means more than was meant.
     *
     * @param people finds a person by name or id
     */
    static AgentQuery read(Value.Fields asked, Function<String, PersonId> people) {
        for (String name : asked.values().keySet()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "`" + name + "` is no way to say which agents are meant");
            }
        }
        return new AgentQuery(
                text(asked, "prefix"),
                text(asked, "text"),
                asked.get("tags").isPresent() ? tags(asked) : Map.of(),
                text(asked, "standing").map(Selection::kind),
                text(asked, "giver").map(people),
                text(asked, "issuer"));
    }

    private static Optional<String> text(Value.Fields asked, String name) {
        if (asked.get(name).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                asked.text(name)
                        .orElseThrow(
                                () -> new IllegalArgumentException("`" + name + "` is a text")));
    }

    private static Agent.Standing.Kind kind(String word) {
        try {
            return Agent.Standing.Kind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "`" + word + "` is no standing; there are good, suspended and revoked", e);
        }
    }

    static Map<String, String> tags(Value.Fields asked) {
        Value.Fields written =
                asked.fields("tags")
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "`tags` is {\"name\": \"value\"}"));
        Map<String, String> tags = new HashMap<>();
        for (String tag : written.values().keySet()) {
            tags.put(tag, text(written, tag).orElseThrow());
        }
        return tags;
    }

    static Set<String> gone(Value.Fields asked) {
        Set<String> gone = new HashSet<>();
        for (Value one : asked.items("gone")) {
            gone.add(one instanceof Value.Text(String tag) ? tag : "");
        }
        return gone;
    }
}
