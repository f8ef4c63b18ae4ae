package dev.remit.decision.intent;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the operator says of a tool where its definition was read wrongly.
 *
 * @param effects instead of those that were read; none leaves those
 * @param roles of arguments, by name, instead of those that were read
 */
public record Correction(Set<Effect> effects, Map<String, Role> roles) {
    public static final Correction NONE = new Correction(Set.of(), Map.of());

    public Correction {
        effects = Set.copyOf(effects);
        roles = Map.copyOf(roles);
    }

    /** The reading, corrected. */
    public ToolReading of(ToolReading read) {
        Map<String, Role> all = new HashMap<>(read.roles());
        all.putAll(roles);
        Set<Effect> theirs = effects.isEmpty() ? read.effects() : effects;
        boolean acts =
                effects.isEmpty()
                        ? read.acts()
                        : !effects.contains(Effect.READ) && !effects.contains(Effect.FETCH);
        return new ToolReading(theirs, read.verb(), read.nouns(), all, acts);
    }
}
