package dev.remit.mandate;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What one argument of some tools may come to, added up over all calls: at most 200 in all.
 *
 * @param name names it within its mandate; never reused there
 * @param tools {@code upstream.tool}, a glob allowed
 * @param argument the argument that is added up; without it, or with one that is no number of at
 *     least 0, such a call is not allowed
 * @param most the sum that is not exceeded
 */
public record Budget(String name, Glob tools, String argument, BigDecimal most) {
    private static final int LONGEST = 30; // digits, before and behind the point

    public Budget {
        if (!name.matches("[0-9A-Za-z_-]{1,32}") || name.startsWith("ins_")) {
            throw new IllegalArgumentException(
                    "a budget's name is 1 to 32 letters, digits, - and _, and not `ins_…`");
        }
        if (tools.text().indexOf('.') < 1 || tools.text().length() > 300) {
            throw new IllegalArgumentException(
                    "`" + tools.text() + "` is not of the form upstream.tool");
        }
        if (!isAmount(most)) {
            throw new IllegalArgumentException("a budget is a number of at least 0");
        }
    }

    boolean counts(Tool tool) {
        return tools.matches(tool.toString());
    }

    /** What this call would take of it; empty if that cannot be told. */
    Optional<BigDecimal> amount(Arguments arguments) {
        return arguments.fields().values().get(argument) instanceof Value.Num(BigDecimal number)
                        && isAmount(number)
                ? Optional.of(number.setScale(Math.max(0, number.scale())))
                : Optional.empty();
    }

    private static boolean isAmount(BigDecimal number) {
        return number.signum() >= 0
                && Math.abs(number.scale()) <= LONGEST
                && number.precision() <= LONGEST;
    }

    /** This budget as a person would say it. */
    public String said() {
        return "at most " + most.toPlainString() + " of `" + argument + "` in all";
    }
}
