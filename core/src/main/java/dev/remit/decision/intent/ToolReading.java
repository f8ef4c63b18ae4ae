package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Correction;
import dev.remit.call.Effect;
import dev.remit.call.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private static final List<String> ACTION = List.of("action", "operation", "op", "act", "do");
    private static final Set<String> ANYTHING =
            Stream.of(
                            "execute run perform do manage control operate update set change action handle"
                                    .split(" "))
                    .map(Words::stem)
                    .collect(Collectors.toUnmodifiableSet());

    public ToolReading {
        effects = Set.copyOf(effects);
        nouns = Set.copyOf(nouns);
        roles = Map.copyOf(roles);
    }

    /** Whether its calls leave everything as it is. */
    public boolean reads() {
        return effects.contains(Effect.READ) || effects.contains(Effect.FETCH);
    }

    /** The kinds of objects that its name speaks of, and its arguments. */
    Set<String> kinds() {
        Set<String> named = new HashSet<>(nouns);
        roles.keySet()
                .forEach(one -> Words.parts(one).forEach(part -> named.add(Words.stem(part))));
        return Lexicon.english().kinds(named);
    }

    /** Whether it moves money to somebody whom an argument names. */
    boolean paysSomebody() {
        return effects.contains(Effect.PAY) && roles.containsValue(ArgumentRole.DESTINATION);
    }

    /** The same of a tool that is known to change nothing. */
    public ToolReading onlyReading() {
        return reads() ? this : new ToolReading(Set.of(Effect.READ), verb, nouns, roles, false);
    }

    /**
     * The same of a call whose argument says what is done, as in {@code action=wipe}: of a tool
     * that says no more of itself than that it does something.
     */
    ToolReading doing(Value.Fields arguments) {
        boolean says = !verb.isEmpty() && !ANYTHING.contains(verb);
        if (says || reads()) {
            return this;
        }
        for (String name : ACTION) {
            Optional<String> word =
                    arguments
                            .text(name)
                            .map(Words::parts)
                            .filter(one -> !one.isEmpty())
                            .map(List::getFirst);
            Set<Effect> done =
                    word.map(one -> Lexicon.english().effects(Words.stem(one))).orElse(Set.of());
            if (!done.isEmpty() && !done.contains(Effect.READ) && !done.contains(Effect.FETCH)) {
                return new ToolReading(done, Words.stem(word.orElseThrow()), nouns, roles, true);
            }
        }
        return this;
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
