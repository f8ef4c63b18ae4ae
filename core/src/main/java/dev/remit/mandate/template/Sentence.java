package dev.remit.mandate.template;

import dev.remit.call.Value;
import dev.remit.mandate.Task;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A task with slots in it: {@code {file}} is one, and {@code {{} and {@code }}} are braces.
 *
 * @param written as the template has it
 */
record Sentence(String written) {
    private static final Pattern PIECE =
            Pattern.compile("\\{\\{|}}|\\{([a-z][a-z0-9_]{0,31})}|[{}]");

    Sentence {
        if (written.isBlank() || written.length() > Task.MAX_WORDS) {
            throw new IllegalArgumentException(
                    "a task is said in 1 to " + Task.MAX_WORDS + " characters");
        }
        if (PIECE.matcher(written).results().anyMatch(Sentence::isLoose)) {
            throw new IllegalArgumentException("a slot is {name}; a brace as such is {{ or }}");
        }
    }

    private static boolean isLoose(MatchResult piece) {
        return piece.group().length() == 1;
    }

    Set<String> slots() {
        Set<String> named = new TreeSet<>();
        for (Matcher piece = PIECE.matcher(written); piece.find(); ) {
            if (piece.group(1) != null) {
                named.add(piece.group(1));
            }
        }
        return named;
    }

    /** The task with these values, each said as its slot says it. */
    Task said(Map<String, Slot> slots, Map<String, Value> values) {
        return new Task(
                PIECE.matcher(written)
                        .replaceAll(piece -> Matcher.quoteReplacement(said(piece, slots, values))));
    }

    private static String said(
            MatchResult piece, Map<String, Slot> slots, Map<String, Value> values) {
        String name = piece.group(1);
        return name == null
                ? piece.group().substring(1)
                : Objects.requireNonNull(slots.get(name))
                        .inWords(Objects.requireNonNull(values.get(name)));
    }
}
