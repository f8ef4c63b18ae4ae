package dev.remit.giving;

import dev.remit.call.Pin;
import dev.remit.mandate.Budget;
import dev.remit.mandate.Condition;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import dev.remit.registry.ActRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a person said of the calls of one tool, besides that it may be used.
 *
 * @param sums what arguments may come to over all calls, by argument
 * @param ends whether the task is done when such a call has succeeded
 */
record Restriction(
        Map<String, Constraint> arguments, List<Condition> when, List<Budget> sums, boolean ends) {

    /** What the names of the fields begin with; the tool follows. */
    static final String IS = "is:";

    static final String TO = "to:";
    static final String SUM = "sum:";
    static final String AFTER = "after:";
    static final String NOT_AFTER = "not-after:";
    static final String NOT_LABEL = "not-label:";
    static final String PER = "per:";
    static final String PER_MOST = "per-most:";
    static final String ENDS = "ends:";

    private static final List<String> ALL =
            List.of(IS, TO, SUM, AFTER, NOT_AFTER, NOT_LABEL, PER, PER_MOST, ENDS);

    static String field(String begin, Pin pin) {
        return begin + pin.tool();
    }

    static String field(String begin, Pin pin, ToolArgument argument) {
        return begin + pin.tool() + ":" + argument.name();
    }

    /** Whether this field says something of this tool. */
    private static boolean isOf(String field, Pin pin) {
        return ALL.stream()
                .map(begin -> begin + pin.tool())
                .anyMatch(whole -> field.equals(whole) || field.startsWith(whole + ":"));
    }

    /** Whether anything is said of this tool. */
    static boolean isSaid(Typed typed, Pin pin) {
        return typed.form().values().keySet().stream()
                .anyMatch(field -> isOf(field, pin) && typed.has(field));
    }

    /**
     * Refuses what would say nothing: that it be lost is worse than to be asked again.
     *
     * @throws ActRefused if something is said of a tool that was not chosen, or is not there
     */
    static void none(Typed typed, List<Pin> chosen) {
        for (String field : typed.form().values().keySet()) {
            if (typed.has(field)
                    && ALL.stream().anyMatch(field::startsWith)
                    && chosen.stream().noneMatch(pin -> isOf(field, pin))) {
                throw new ActRefused(
                        "`"
                                + field.substring(field.indexOf(':') + 1)
                                + "` is restricted, but the tool is not chosen");
            }
        }
    }

    /**
     * Reads what is said of one tool.
     *
     * @param chosen the names of all tools that are chosen
     * @throws ActRefused with what cannot be understood
     */
    static Restriction read(Typed typed, Pin pin, Set<String> chosen) {
        List<ToolArgument> known = ToolArgument.of(pin);
        for (String field : typed.form().values().keySet()) {
            boolean argument =
                    field.startsWith(IS) || field.startsWith(TO) || field.startsWith(SUM);
            if (argument
                    && typed.has(field)
                    && isOf(field, pin)
                    && known.stream().noneMatch(one -> field.endsWith(":" + one.name()))) {
                throw new ActRefused(
                        "`"
                                + pin.tool()
                                + "` has no argument `"
                                + field.substring(field.lastIndexOf(':') + 1)
                                + "`");
            }
        }
        return new Restriction(
                arguments(typed, pin, known),
                when(typed, pin, chosen),
                sums(typed, pin, known),
                typed.has(field(ENDS, pin)));
    }

    /** Who leaves one out has named all that there may be. */
    private static Map<String, Constraint> arguments(
            Typed typed, Pin pin, List<ToolArgument> known) {
        Map<String, Constraint> arguments = new LinkedHashMap<>();
        Map<String, Constraint> others = new LinkedHashMap<>();
        boolean closed = false;
        for (ToolArgument one : known) {
            Optional<Must> must = must(typed, pin, one);
            if (must.isEmpty()) {
                others.put(one.name(), new Constraint.Any());
            } else if (must.get() == Must.ABSENT) {
                closed = true;
            } else {
                String to = typed.of(field(TO, pin, one));
                arguments.put(one.name(), must.get().constraint(to, one));
            }
        }
        if (closed) {
            arguments.putAll(others);
        }
        if (!closed) {
            arguments.put(Permission.REST, new Constraint.Any());
        }
        return arguments;
    }

    private static Optional<Must> must(Typed typed, Pin pin, ToolArgument one) {
        String how = typed.of(field(IS, pin, one));
        String to = typed.of(field(TO, pin, one));
        Optional<Must> must = Must.of(how).filter(Must.fitting(one.type())::contains);
        if (must.isEmpty() && !how.isEmpty()) {
            throw new ActRefused("`" + one.name() + "` cannot be restricted like that");
        }
        boolean valued = must.isPresent() && must.get() != Must.ABSENT;
        if (!valued && !to.isEmpty()) {
            throw new ActRefused(
                    "say how `"
                            + one.name()
                            + "` of "
                            + pin.tool()
                            + " is restricted, or clear it");
        }
        return must;
    }

    private static List<Condition> when(Typed typed, Pin pin, Set<String> chosen) {
        List<Condition> when = new ArrayList<>();
        String after = typed.of(field(AFTER, pin));
        if (!after.isEmpty()) {
            when.add(new Condition.After(chosenTool(after, pin, chosen)));
        }
        OptionalLong most = typed.whole(field(PER_MOST, pin), "the number of calls for each call");
        String per = typed.of(field(PER, pin));
        if (per.isEmpty() == most.isPresent()) {
            throw new ActRefused(
                    "say how often " + pin.tool() + " may be called, for each call of which tool");
        }
        if (most.isPresent()) {
            when.add(new Condition.Per(chosenTool(per, pin, chosen), most.getAsLong()));
        }
        String notAfter = typed.of(field(NOT_AFTER, pin));
        if (!notAfter.isEmpty()) {
            when.add(new Condition.NotAfter(chosenTool(notAfter, pin, chosen)));
        }
        String label = typed.of(field(NOT_LABEL, pin));
        if (!label.isEmpty()) {
            if (!label.matches("[a-z][a-z0-9-]{0,31}")) {
                throw new ActRefused("a label is 1 to 32 of a-z, 0-9 and -, a letter first");
            }
            when.add(new Condition.NotAfterLabel(label));
        }
        return when;
    }

    /** A tool that is not chosen is never called, so that nothing could come after it. */
    private static Glob chosenTool(String name, Pin pin, Set<String> chosen) {
        if (!chosen.contains(name)) {
            throw new ActRefused(
                    "calls of "
                            + pin.tool()
                            + " depend on another tool that is not chosen; choose it, too");
        }
        return new Glob(name);
    }

    private static List<Budget> sums(Typed typed, Pin pin, List<ToolArgument> known) {
        List<Budget> sums = new ArrayList<>();
        for (ToolArgument one : known) {
            String most = typed.of(field(SUM, pin, one));
            if (!most.isEmpty()) {
                sums.add(
                        new Budget(
                                "b", // named with all others
                                new Glob(pin.tool().toString()),
                                one.name(),
                                Must.number(most)));
            }
        }
        return sums;
    }
}
