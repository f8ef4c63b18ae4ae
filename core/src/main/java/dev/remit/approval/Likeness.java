package dev.remit.approval;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The permissions that a person's yes to a call can become. */
public final class Likeness {
    private Likeness() {}

    /** Leave for this very call. */
    public static Permission exactly(String name, Tool tool, Arguments given) {
        Map<String, Constraint> arguments = new HashMap<>();
        given.fields()
                .values()
                .forEach((argument, value) -> arguments.put(argument, new Constraint.Exact(value)));
        return permission(name, tool, arguments);
    }

    /**
     * Leave for calls like it: numbers up to what was given, paths in the same folder, short names
     * and flags as they were, longer text as it comes. Nothing that was left out may be added.
     */
    public static Permission like(String name, Tool tool, Arguments given) {
        Map<String, Constraint> arguments = new HashMap<>();
        given.fields()
                .values()
                .forEach((argument, value) -> arguments.put(argument, constraint(value)));
        return permission(name, tool, arguments);
    }

    private static Permission permission(
            String name, Tool tool, Map<String, Constraint> arguments) {
        if (arguments.isEmpty()) {
            // a permission without arguments allows any; this one allows none
            arguments.put(Permission.REST, new Constraint.OneOf(List.of()));
        }
        return new Permission(name, new Glob(tool.toString()), arguments, OptionalLong.empty());
    }

    private static Constraint constraint(Value value) {
        return switch (value) {
            case Value.Num(BigDecimal number) when number.signum() >= 0 ->
                    new Constraint.Range(Optional.of(BigDecimal.ZERO), Optional.of(number));
            case Value.Text(String text) -> ofText(text);
            case Value.Num _, Value.Flag _, Value.Nothing _, Value.Items _, Value.Fields _ ->
                    new Constraint.Exact(value);
        };
    }

    private static Constraint ofText(String text) {
        int slash = text.lastIndexOf('/');
        if (text.startsWith("/") && slash > 0) {
            return new Constraint.PathBelow(text.substring(0, slash));
        }
        boolean prose = text.length() > 80 || text.indexOf('\n') >= 0;
        return prose ? new Constraint.Any() : new Constraint.Exact(Value.of(text));
    }
}
