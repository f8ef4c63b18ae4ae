package dev.remit.mandate;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Leave to call one tool, or the tools a glob describes, with arguments as constrained. Arguments
 * are a closed world: one that no constraint names is refused, unless {@link #REST} is constrained.
 *
 * @param name names this permission within its mandate, for counting its uses; never reused there
 * @param tools {@code upstream.tool}, a glob allowed
 * @param arguments what each argument must be; empty means that any arguments will do
 * @param uses how many calls it is good for in all
 * @param when what must have been done under the mandate before, all of it
 */
public record Permission(
        String name,
        Glob tools,
        Map<String, Constraint> arguments,
        OptionalLong uses,
        List<Condition> when) {
    private static final int MOST_CONDITIONS = 16;

    /** The name that stands for every argument not named otherwise. */
    public static final String REST = "*";

    public Permission {
        if (!name.matches("[0-9A-Za-z_-]{1,32}") || name.startsWith("qst_")) {
            throw new IllegalArgumentException(
                    "a permission's name is 1 to 32 letters, digits, - and _, and not `qst_…`");
        }
        if (tools.text().indexOf('.') < 1 || tools.text().length() > 300) {
            throw new IllegalArgumentException(
                    "`" + tools.text() + "` is not of the form upstream.tool");
        }
        if (uses.isPresent() && uses.getAsLong() < 1) {
            throw new IllegalArgumentException("a permission is good for at least one use");
        }
        arguments = Map.copyOf(arguments);
        when = List.copyOf(when);
        if (when.size() > MOST_CONDITIONS) {
            throw new IllegalArgumentException("at most " + MOST_CONDITIONS + " conditions");
        }
    }

    /** A permission that looks back on nothing. */
    public Permission(
            String name, Glob tools, Map<String, Constraint> arguments, OptionalLong uses) {
        this(name, tools, arguments, uses, List.of());
    }

    /** The same leave under another name. */
    public Permission named(String other) {
        return new Permission(other, tools, arguments, uses, when);
    }

    public boolean names(Tool tool) {
        return tools.matches(tool.toString());
    }

    /** Whether the arguments are all as they must be. */
    public boolean admits(Arguments given) {
        if (arguments.isEmpty()) {
            return true;
        }
        Map<String, Value> values = given.fields().values();
        for (Map.Entry<String, Constraint> wanted : arguments.entrySet()) {
            Value value = values.get(wanted.getKey());
            boolean required =
                    !(wanted.getValue() instanceof Constraint.Any) && !wanted.getKey().equals(REST);
            if (value == null ? required : !wanted.getValue().admits(value)) {
                return false;
            }
        }
        Constraint rest = arguments.get(REST);
        for (String name : values.keySet()) {
            if (!arguments.containsKey(name) && (rest == null || !rest.admits(values.get(name)))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether all calls that this allows, the other allows too, however often and whatever was done
     * before; only where that can be seen.
     */
    boolean isWithin(Permission other) {
        boolean sameTools =
                tools.equals(other.tools) || (tools.isExact() && other.tools.matches(tools.text()));
        if (!sameTools || other.arguments.isEmpty()) {
            return sameTools;
        }
        return arguments.keySet().equals(other.arguments.keySet())
                && arguments.entrySet().stream()
                        .allMatch(
                                one ->
                                        one.getValue()
                                                .isWithin(
                                                        Objects.requireNonNull(
                                                                other.arguments.get(
                                                                        one.getKey()))));
    }

    /** The first argument, by name, that is not as it must be, and how it must be. */
    public Optional<String> misfit(Arguments given) {
        return admits(given) ? Optional.empty() : Optional.of(firstMisfit(given));
    }

    /** What it asks of the arguments, and how often it is good, a sentence each, for a person. */
    public List<String> said() {
        List<String> said = new ArrayList<>();
        for (Map.Entry<String, Constraint> wanted : new TreeMap<>(arguments).entrySet()) {
            if (!wanted.getKey().equals(REST)) {
                said.add(
                        wanted.getValue() instanceof Constraint.Any
                                ? "`" + wanted.getKey() + "` may be anything"
                                : "`" + wanted.getKey() + "` must be " + wanted.getValue().said());
            }
        }
        Constraint rest = arguments.get(REST);
        if (arguments.isEmpty()) {
            said.add("with any arguments");
        } else if (rest == null) {
            said.add("no other argument");
        } else {
            String others = said.isEmpty() ? "every argument" : "every other argument";
            said.add(
                    rest instanceof Constraint.Any
                            ? others + " may be anything"
                            : others + " must be " + rest.said());
        }
        uses.ifPresent(most -> said.add(most == 1 ? "once" : "at most " + most + " times"));
        when.forEach(condition -> said.add("only " + condition.said()));
        return said;
    }

    /**
     * The slow path, in the order of names, so that the same call always gets the same sentence.
     */
    private String firstMisfit(Arguments given) {
        for (Map.Entry<String, Constraint> wanted : new TreeMap<>(arguments).entrySet()) {
            Value value = given.fields().values().get(wanted.getKey());
            if (wanted.getKey().equals(REST)
                    || (value == null && wanted.getValue() instanceof Constraint.Any)) {
                continue;
            }
            if (value == null || !wanted.getValue().admits(value)) {
                return "`" + wanted.getKey() + "` must be " + wanted.getValue().said();
            }
        }
        for (String argument : new TreeMap<>(given.fields().values()).keySet()) {
            if (!arguments.containsKey(argument)) {
                Constraint rest = arguments.get(REST);
                return "`" + argument + "` must be " + (rest == null ? "left out" : rest.said());
            }
        }
        return "the arguments do not fit";
    }
}
