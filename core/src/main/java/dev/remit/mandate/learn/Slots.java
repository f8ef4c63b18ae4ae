package dev.remit.mandate.learn;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Arguments whose value each task's own words have: in “update agenda.md” and “update notes.md” the
 * file is a slot, if the words are the same but for it.
 */
final class Slots {
    private static final int LEAST = 2;
    private static final int MOST_VALUE = 200;

    private final Map<Place, String> names;
    private final Map<String, List<String>> values;
    private final Optional<String> sentence;

    private record Place(Tool tool, String argument) {}

    private Slots(
            Map<Place, String> names, Map<String, List<String>> values, Optional<String> sentence) {
        this.names = names;
        this.values = values;
        this.sentence = sentence;
    }

    /** None, whatever the tasks' words are. */
    static Slots none() {
        return new Slots(Map.of(), Map.of(), Optional.empty());
    }

    /** Those of these runs; none unless they are several, and differ in them alone. */
    static Slots of(List<Run> runs) {
        Set<String> tasks = runs.stream().map(Slots::words).collect(Collectors.toSet());
        if (tasks.size() < LEAST) {
            return new Slots(Map.of(), Map.of(), tasks.stream().findFirst().map(Slots::braced));
        }
        Map<Place, List<String>> found = new LinkedHashMap<>();
        for (Place place : places(runs)) {
            values(place, runs).ifPresent(values -> found.put(place, values));
        }
        Map<List<String>, String> named = new LinkedHashMap<>(); // the same values, the same slot
        found.forEach(
                (place, values) ->
                        named.computeIfAbsent(values, _ -> name(place.argument(), named.values())));
        Set<String> sentences =
                IntStream.range(0, runs.size())
                        .mapToObj(run -> sentence(words(runs.get(run)), run, named))
                        .collect(Collectors.toSet());
        if (sentences.size() != 1) {
            return none();
        }
        Map<Place, String> names = new LinkedHashMap<>();
        Map<String, List<String>> byName = new TreeMap<>();
        found.forEach((place, values) -> names.put(place, named.getOrDefault(values, "")));
        named.forEach((values, name) -> byName.put(name, values));
        return new Slots(names, byName, sentences.stream().findFirst());
    }

    /** What stands for the argument, if it is a slot: a template's mark for it. */
    Optional<Constraint> of(Tool tool, String argument) {
        return Optional.ofNullable(names.get(new Place(tool, argument)))
                .map(name -> new Constraint.Exact(Value.object().put("slot", name).build()));
    }

    /** The slots' names, in order. */
    Set<String> names() {
        return values.keySet();
    }

    /** What stood in the slots in this run. */
    Map<String, Value> values(int run) {
        Map<String, Value> filled = new TreeMap<>();
        values.forEach((name, all) -> filled.put(name, Value.of(all.get(run))));
        return filled;
    }

    /** The task of all runs with slots in it; empty if they have none in common. */
    Optional<String> sentence() {
        return sentence;
    }

    private static String words(Run run) {
        return run.mandate().task().words();
    }

    private static List<Place> places(List<Run> runs) {
        return runs.stream()
                .flatMap(run -> run.done().stream())
                .flatMap(
                        one ->
                                one.arguments().fields().values().keySet().stream()
                                        .map(argument -> new Place(one.tool(), argument)))
                .distinct()
                .sorted(
                        Comparator.comparing((Place one) -> one.tool().toString())
                                .thenComparing(Place::argument))
                .toList();
    }

    /** The one value of each run, if each has one that its task's words have. */
    private static Optional<List<String>> values(Place place, List<Run> runs) {
        List<String> values = new ArrayList<>();
        for (Run run : runs) {
            Set<Optional<Value>> seen =
                    run.done().stream()
                            .filter(one -> one.tool().equals(place.tool()))
                            .map(one -> one.arguments().fields().get(place.argument()))
                            .collect(Collectors.toSet());
            boolean named =
                    seen.size() == 1
                            && seen.iterator().next().orElse(Value.of(false))
                                    instanceof Value.Text(String text)
                            && text.length() >= LEAST
                            && text.length() <= MOST_VALUE
                            && values.add(text)
                            && words(run).contains(text);
            if (!named) {
                return Optional.empty();
            }
        }
        return values.stream().distinct().count() > 1 ? Optional.of(values) : Optional.empty();
    }

    private static String name(String argument, Collection<String> others) {
        boolean fits = argument.matches("[a-z][a-z0-9_]{0,31}") && !others.contains(argument);
        return fits ? argument : "slot" + (others.size() + 1);
    }

    /** The words with each slot instead of its value, the longest first; quotation marks go too. */
    private static String sentence(String words, int run, Map<List<String>, String> named) {
        List<Map.Entry<List<String>, String>> longest = new ArrayList<>(named.entrySet());
        longest.sort(Comparator.comparingInt(one -> -one.getKey().get(run).length()));
        String rest = words;
        List<String> marks = new ArrayList<>();
        for (Map.Entry<List<String>, String> one : longest) {
            String value = one.getKey().get(run);
            String mark = String.valueOf((char) (FIRST_MARK + marks.size()));
            rest = rest.replace('"' + value + '"', mark).replace(value, mark);
            marks.add(one.getValue());
        }
        String said = braced(rest);
        for (int i = 0; i < marks.size(); i++) {
            said = said.replace(String.valueOf((char) (FIRST_MARK + i)), "{" + marks.get(i) + "}");
        }
        return said;
    }

    /** A character that a task's words do not have: of the private use area. */
    private static final char FIRST_MARK = '\uE000';

    static String braced(String words) {
        return words.replace("{", "{{").replace("}", "}}");
    }
}
