package dev.remit.decision.intent;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a person asked for, compiled from the task's words when the mandate is given.
 *
 * @param words the person's, in {@linkplain Words#normal one form}
 * @param wants what the words ask for, in their order
 * @param terms stems of the words that tell one object from another
 * @param numbers that the words hold
 * @param selects whether an object is described rather than named: the largest, a channel where
 * @param all whether everything of a kind is meant
 * @param leaves whether the words leave what to do to some text: "do the tasks on my list"
 */
public record Plan(
        String words,
        List<Want> wants,
        Set<String> terms,
        Set<BigDecimal> numbers,
        boolean selects,
        boolean all,
        boolean leaves) {
    public Plan {
        wants = List.copyOf(wants);
        terms = Set.copyOf(terms);
        numbers = Set.copyOf(numbers);
    }

    /** Those of its terms that a {@linkplain Words#normal normal} text holds. */
    Set<String> terms(String normal) {
        Set<String> found = new HashSet<>();
        for (String word : Words.of(normal)) {
            if (word.length() > 2 && !StopWords.are(word)) {
                String stem = Words.stem(word);
                if (terms.contains(stem) && !isWanted(word, stem)) {
                    found.add(stem);
                }
            }
        }
        return found;
    }

    /** A word that only says what is to be done tells no object from another. */
    private boolean isWanted(String word, String stem) {
        return wants.stream()
                .anyMatch(want -> want.verb().equals(stem) && want.word().equals(word));
    }

    boolean says(String normal) {
        return Words.holds(words, normal);
    }

    /**
     * An effect that is asked for.
     *
     * @param word that asks
     * @param verb its stem
     * @param kinds of objects that it may be meant of; empty if the words name none
     */
    public record Want(String word, String verb, Set<Effect> effects, Set<String> kinds) {
        private static final Set<Effect> OF_OBJECTS =
                Set.of(Effect.REMOVE, Effect.CHANGE, Effect.CREATE);

        public Want {
            effects = Set.copyOf(effects);
            kinds = Set.copyOf(kinds);
        }

        boolean isFor(ToolReading tool) {
            Set<String> theirs = Lexicon.english().kinds(tool.nouns());
            boolean same = verb.equals(tool.verb());
            if (!same
                    && (tool.paysSomebody()
                            ? !effects.contains(Effect.PAY)
                            : !hasOneOf(tool.effects()))) {
                return false;
            }
            return !OF_OBJECTS.containsAll(tool.effects())
                    || kinds.isEmpty()
                    || theirs.isEmpty()
                    || theirs.stream().anyMatch(kinds::contains);
        }

        private boolean hasOneOf(Set<Effect> theirs) {
            return effects.stream().anyMatch(theirs::contains);
        }
    }

    /** Whether an effect of this tool was asked for. */
    boolean asks(ToolReading tool) {
        return wants.stream().anyMatch(want -> want.isFor(tool)) && !Lasting.isMore(tool, this);
    }

    /** Whether anything was asked for that is more than to read. */
    boolean asksForEffects() {
        return wants.stream()
                .anyMatch(
                        want ->
                                !want.effects().contains(Effect.READ)
                                        && !want.effects().contains(Effect.FETCH));
    }
}
