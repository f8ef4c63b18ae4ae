package dev.remit.giving;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.registry.ActRefused;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a form can say that an argument must be. */
enum Must {
    EXACT("is exactly"),
    ONE_OF("is one of, with | between"),
    LIKE("is like, with * for anything"),
    BELOW("is a path at or below"),
    MOST("is at most"),
    LEAST("is at least"),
    BETWEEN("is between, as 1 and 200"),
    ABSENT("is left out");

    private static final int LONGEST = 600;
    private static final int MOST_VALUES = 50;
    private static final String NUMBER = "-?[0-9]{1,18}(\\.[0-9]{1,9})?";

    private final String words;

    Must(String words) {
        this.words = words;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String words() {
        return words;
    }

    static Optional<Must> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }

    /** What makes sense for values of this type. */
    static List<Must> fitting(ToolArgument.Type type) {
        return switch (type) {
            case TEXT -> List.of(EXACT, ONE_OF, LIKE, BELOW, ABSENT);
            case NUMBER -> List.of(MOST, LEAST, BETWEEN, EXACT, ONE_OF, ABSENT);
            case FLAG -> List.of(EXACT, ABSENT);
            case OTHER -> List.of(values());
        };
    }

    /**
     * The constraint for what was typed.
     *
     * @throws ActRefused if it is none
     */
    Constraint constraint(String typed, ToolArgument argument) {
        String text = typed.strip();
        if (text.isEmpty()) {
            throw new ActRefused("say what `" + argument.name() + "` must be");
        }
        if (text.length() > LONGEST || text.codePoints().anyMatch(Quotation::isUnseen)) {
            throw new ActRefused(
                    "what `"
                            + argument.name()
                            + "` must be has at most "
                            + LONGEST
                            + " characters, all of which can be seen");
        }
        return switch (this) {
            case EXACT -> new Constraint.Exact(value(text, argument));
            case ONE_OF -> new Constraint.OneOf(values(text, argument));
            case LIKE -> new Constraint.Pattern(new Glob(text));
            case BELOW -> new Constraint.PathBelow(text);
            case MOST -> new Constraint.Range(Optional.empty(), Optional.of(number(text)));
            case LEAST -> new Constraint.Range(Optional.of(number(text)), Optional.empty());
            case BETWEEN -> between(text, argument);
            case ABSENT -> throw new IllegalStateException("it has no value");
        };
    }

    private static List<Value> values(String text, ToolArgument argument) {
        List<Value> values =
                Arrays.stream(text.split("\\|", -1))
                        .map(String::strip)
                        .map(one -> value(one, argument))
                        .toList();
        if (values.size() > MOST_VALUES) {
            throw new ActRefused("`" + argument.name() + "` is one of " + MOST_VALUES + " at most");
        }
        return values;
    }

    private static Value value(String text, ToolArgument argument) {
        if (text.isEmpty()) {
            throw new ActRefused("a value that `" + argument.name() + "` may have is empty");
        }
        return switch (argument.type()) {
            case TEXT -> Value.of(text);
            case NUMBER -> new Value.Num(number(text));
            case FLAG -> flag(text, argument);
            case OTHER -> read(text);
        };
    }

    private static Value flag(String text, ToolArgument argument) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> Value.of(true);
            case "false", "no" -> Value.of(false);
            default -> throw new ActRefused("`" + argument.name() + "` is yes or no");
        };
    }

    /** The schema does not say what it is: what is JSON is that, anything else is text. */
    private static Value read(String text) {
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            return Value.of(text);
        }
    }

    private static Constraint between(String text, ToolArgument argument) {
        String[] ends = text.split("\\s+and\\s+", -1);
        if (ends.length != 2) {
            throw new ActRefused("write `" + argument.name() + "` between as: 1 and 200");
        }
        BigDecimal least = number(ends[0]);
        BigDecimal most = number(ends[1]);
        if (least.compareTo(most) > 0) {
            throw new ActRefused("nothing is between " + ends[0] + " and " + ends[1]);
        }
        return new Constraint.Range(Optional.of(least), Optional.of(most));
    }

    static BigDecimal number(String text) {
        if (!text.matches(NUMBER)) {
            throw new ActRefused("`" + Quotation.of(text) + "` is no number; write 120 or 99.5");
        }
        return new BigDecimal(text);
    }
}
