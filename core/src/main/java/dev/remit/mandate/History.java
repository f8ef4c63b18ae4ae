package dev.remit.mandate;

import dev.remit.call.Tool;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was done under a mandate, as far as conditions may look back on it.
 *
 * @param made the calls allowed, by {@code upstream.tool}
 * @param succeeded of these, those that the upstream answered without an error
 * @param labels what the tools called are labelled with
 */
public record History(Map<String, Long> made, Map<String, Long> succeeded, Set<String> labels) {
    public static final History NONE = new History(Map.of(), Map.of(), Set.of());

    public History {
        made = Map.copyOf(made);
        succeeded = Map.copyOf(succeeded);
        labels = Set.copyOf(labels);
    }

    History making(Tool tool, Set<String> itsLabels) {
        Set<String> all = labels;
        if (!labels.containsAll(itsLabels)) {
            all = new HashSet<>(labels);
            all.addAll(itsLabels);
        }
        return new History(plus(made, tool, 1), succeeded, all);
    }

    /** With one call less: it provably had no effect. */
    History without(Tool tool) {
        return new History(plus(made, tool, -1), succeeded, labels);
    }

    History succeeding(Tool tool) {
        return new History(made, plus(succeeded, tool, 1), labels);
    }

    boolean hasMade(Glob tools) {
        return count(made, tools) > 0;
    }

    long succeeded(Glob tools) {
        return count(succeeded, tools);
    }

    private static Map<String, Long> plus(Map<String, Long> counts, Tool tool, long more) {
        Map<String, Long> changed = new HashMap<>(counts);
        changed.merge(tool.toString(), more, (one, other) -> one + other > 0 ? one + other : null);
        return changed;
    }

    private static long count(Map<String, Long> counts, Glob tools) {
        if (tools.isExact()) {
            return counts.getOrDefault(tools.text(), 0L);
        }
        long sum = 0;
        for (Map.Entry<String, Long> one : counts.entrySet()) {
            sum += tools.matches(one.getKey()) ? one.getValue() : 0;
        }
        return sum;
    }
}
