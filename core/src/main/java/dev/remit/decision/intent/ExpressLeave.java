package dev.remit.decision.intent;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Permission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the person gave leave for beside the words: a tool that a permission names, not as one of
 * many, and values that one lists. Who did that has said so as well as in words.
 *
 * @param namesTool whether a permission is for this tool alone
 * @param arguments whose values a permission lists
 */
public record ExpressLeave(boolean namesTool, Set<String> arguments) {
    public static final ExpressLeave NONE = new ExpressLeave(false, Set.of());

    public ExpressLeave {
        arguments = Set.copyOf(arguments);
    }

    /**
     * What these permissions say of a call.
     *
     * @param admitting those of the mandate that let the call through, all of its arguments
     */
    public static ExpressLeave of(List<Permission> admitting, Tool tool, Arguments given) {
        boolean named = false;
        Set<String> listed = new HashSet<>();
        for (Permission one : admitting) {
            named |= one.tools().isExact() && one.names(tool);
            given.fields()
                    .values()
                    .keySet()
                    .forEach(
                            argument -> {
                                if (isListed(one.arguments().get(argument))) {
                                    listed.add(argument);
                                }
                            });
        }
        return named || !listed.isEmpty() ? new ExpressLeave(named, listed) : NONE;
    }

    private static boolean isListed(@Nullable Constraint constraint) {
        return constraint instanceof Constraint.Exact
                || constraint instanceof Constraint.OneOf
                || constraint instanceof Constraint.Range;
    }

    boolean gives(String argument) {
        return arguments.contains(argument);
    }

    /** Whether it is for this very call: the tool, and each value. */
    boolean givesCall(Value.Fields given) {
        return namesTool && !given.values().isEmpty() && givesAll(given);
    }

    boolean givesAll(Value.Fields given) {
        return arguments.containsAll(given.values().keySet());
    }
}
