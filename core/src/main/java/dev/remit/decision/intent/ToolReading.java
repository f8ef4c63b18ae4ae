package dev.remit.decision.intent;

import java.util.Map;
import java.util.Set;

/**
 * What a tool's definition says it does.
 *
 * @param effects the verb's; never empty
 * @param verb its stem; empty if none was found
 * @param nouns stems of the other words of its name
 * @param roles of its arguments, by name
 * @param acts whether it is sure to have an effect, by the verb of its name or by the operator's
 *     word; what only may have one, by a hint or because nobody knows its verb, may as well answer
 *     what others wrote
 */
public record ToolReading(
        Set<Effect> effects,
        String verb,
        Set<String> nouns,
        Map<String, Role> roles,
        boolean acts) {
    public ToolReading {
        effects = Set.copyOf(effects);
        nouns = Set.copyOf(nouns);
        roles = Map.copyOf(roles);
    }

    /** Whether its calls leave everything as it is. */
    public boolean reads() {
        return effects.contains(Effect.READ) || effects.contains(Effect.FETCH);
    }

    /** Whether it moves money to somebody whom an argument names. */
    boolean paysSomebody() {
        return effects.contains(Effect.PAY) && roles.containsValue(Role.DESTINATION);
    }

    /** The same of a tool that is known to change nothing. */
    public ToolReading onlyReading() {
        return reads() ? this : new ToolReading(Set.of(Effect.READ), verb, nouns, roles, false);
    }

    /** Whether it asks an address, whose owner sees the question. */
    public boolean fetches() {
        return effects.contains(Effect.FETCH);
    }

    Role role(String argument) {
        return roles.getOrDefault(argument, Role.PLAIN);
    }
}
