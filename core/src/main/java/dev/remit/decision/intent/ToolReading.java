package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Correction;
import dev.remit.call.Effect;
import java.util.HashMap;
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
        Map<String, ArgumentRole> roles,
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
        return effects.contains(Effect.PAY) && roles.containsValue(ArgumentRole.DESTINATION);
    }

    /** The same of a tool that is known to change nothing. */
    public ToolReading onlyReading() {
        return reads() ? this : new ToolReading(Set.of(Effect.READ), verb, nouns, roles, false);
    }

    /** The same, as the operator corrected it. */
    public ToolReading corrected(Correction correction) {
        if (correction.equals(Correction.NONE)) {
            return this;
        }
        Map<String, ArgumentRole> all = new HashMap<>(roles);
        all.putAll(correction.roles());
        Set<Effect> theirs = correction.effects();
        boolean sure =
                theirs.isEmpty()
                        ? acts
                        : !theirs.contains(Effect.READ) && !theirs.contains(Effect.FETCH);
        return new ToolReading(theirs.isEmpty() ? effects : theirs, verb, nouns, all, sure);
    }

    /** Whether it asks an address, whose owner sees the question. */
    public boolean fetches() {
        return effects.contains(Effect.FETCH);
    }

    ArgumentRole role(String argument) {
        return roles.getOrDefault(argument, ArgumentRole.PLAIN);
    }
}
