package dev.remit.mandate.learn;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What runs teach: for each tool, and each set of arguments it was called with, the least leave
 * that would have been enough.
 *
 * @param learned in the order of the tools
 * @param calls that were looked at
 * @param approved calls that a person said yes to one by one; they stay questions
 */
record Lesson(List<Learned> learned, long calls, long approved) {
    public Lesson {
        learned = List.copyOf(learned);
    }

    /**
     * @param permission that would have been enough
     * @param from the permissions that the calls were allowed by, as they were named then
     * @param calls how many it was learned from
     */
    record Learned(Permission permission, Set<String> from, long calls) {}

    /** Calls that one permission can stand for. */
    private record Kind(Tool tool, Set<String> arguments, List<?> when) {}

    /**
     * What is learned of an argument is no wider than what it had to be, where the permissions that
     * its calls were allowed by agree in that.
     *
     * @param slots takes the place of a value that the task's words have
     */
    static Lesson of(List<Run> runs, Slots slots) {
        Map<Kind, List<Run.Done>> kinds = new LinkedHashMap<>();
        Map<Kind, Long> most = new HashMap<>();
        for (Run run : runs) {
            Map<Kind, Long> uses = new HashMap<>();
            for (Run.Done one : run.done()) {
                Kind kind = kind(one);
                kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(one);
                uses.merge(kind, 1L, Long::sum);
            }
            uses.forEach((kind, times) -> most.merge(kind, times, Math::max));
        }
        Function<Kind, String> byTool = kind -> kind.tool().toString();
        List<Kind> sorted =
                kinds.keySet().stream()
                        .sorted(
                                Comparator.comparing(byTool)
                                        .thenComparing(kind -> String.join(",", kind.arguments())))
                        .toList();
        Names names = new Names();
        List<Learned> learned = new ArrayList<>();
        for (Kind kind : sorted) {
            List<Run.Done> done = kinds.getOrDefault(kind, List.of());
            learned.add(
                    new Learned(
                            new Permission(
                                    names.of(kind.tool()),
                                    new Glob(kind.tool().toString()),
                                    constraints(kind, done, slots),
                                    OptionalLong.of(most.getOrDefault(kind, 1L)),
                                    done.getFirst().by().when()),
                            done.stream().map(one -> one.by().name()).collect(Collectors.toSet()),
                            done.size()));
        }
        return new Lesson(
                learned,
                runs.stream().mapToLong(one -> one.done().size()).sum(),
                runs.stream().mapToLong(Run::approved).sum());
    }

    private static Kind kind(Run.Done one) {
        return new Kind(
                one.tool(),
                new TreeSet<>(one.arguments().fields().values().keySet()),
                one.by().when());
    }

    private static Map<String, Constraint> constraints(
            Kind kind, List<Run.Done> done, Slots slots) {
        Map<String, Constraint> constraints = new TreeMap<>();
        for (String argument : kind.arguments()) {
            List<Value> seen =
                    done.stream()
                            .map(one -> one.arguments().fields().get(argument).orElseThrow())
                            .toList();
            constraints.put(
                    argument,
                    slots.of(kind.tool(), argument)
                            .orElseGet(() -> Least.of(seen, before(argument, done))));
        }
        if (constraints.isEmpty()) {
            // a permission without arguments allows any; this one allows none
            constraints.put(Permission.REST, new Constraint.OneOf(List.of()));
        }
        return constraints;
    }

    /** What the argument had to be, if all the permissions agree; else anything. */
    private static Constraint before(String argument, List<Run.Done> done) {
        Set<Constraint> all =
                done.stream()
                        .map(
                                one ->
                                        one.by()
                                                .arguments()
                                                .getOrDefault(
                                                        argument,
                                                        one.by()
                                                                .arguments()
                                                                .getOrDefault(
                                                                        Permission.REST,
                                                                        new Constraint.Any())))
                        .collect(Collectors.toSet());
        return all.size() == 1 ? all.iterator().next() : new Constraint.Any();
    }

    /** Names for permissions: the tool's, and a number where it is not the first. */
    private static final class Names {
        private static final int LONGEST = 28;
        private final Map<String, Integer> used = new HashMap<>();

        String of(Tool tool) {
            String name = tool.toString().replaceAll("[^0-9A-Za-z_-]", "-");
            String head = name.substring(0, Math.min(LONGEST, name.length()));
            int number = used.merge(head, 1, Integer::sum);
            return number == 1 ? head : head + "-" + number;
        }
    }
}
