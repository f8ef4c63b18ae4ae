package dev.remit.rules;

import dev.remit.call.Arguments;
import dev.remit.call.Pin;
import dev.remit.call.Value;
import dev.remit.call.Value.Fields;
import dev.remit.cedar.Decimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call's arguments as values of the policy language. Every argument is there under its name, so
 * that {@code has} tells the truth; what the language has no value for becomes one that compares
 * with nothing, so that a rule that looks at it fails, and refuses.
 */
final class Inputs {
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int DIGITS = 4;
    private static final int LONGEST_NUMBER = 64;

    private Inputs() {}

    static dev.remit.cedar.Value of(Arguments arguments, Optional<Pin> pin) {
        return record(
                arguments.fields(),
                pin.flatMap(one -> one.definition().fields("inputSchema")).orElse(Fields.EMPTY));
    }

    private static dev.remit.cedar.Value record(Fields fields, Fields schema) {
        Fields properties = schema.fields("properties").orElse(Fields.EMPTY);
        Map<String, dev.remit.cedar.Value> values = new HashMap<>();
        fields.values()
                .forEach(
                        (name, value) ->
                                values.put(
                                        name,
                                        value(
                                                value,
                                                properties.fields(name).orElse(Fields.EMPTY))));
        return dev.remit.cedar.Value.fields(values);
    }

    private static dev.remit.cedar.Value value(Value value, Fields schema) {
        return switch (value) {
            case Value.Text(String text) -> new dev.remit.cedar.Value.Text(text);
            case Value.Flag(boolean flag) -> dev.remit.cedar.Value.Bool.of(flag);
            case Value.Num(BigDecimal number) -> number(number, isFraction(schema));
            case Value.Nothing() -> dev.remit.cedar.Value.Fields.none();
            case Value.Items(List<Value> items) -> {
                Fields each = schema.fields("items").orElse(Fields.EMPTY);
                List<dev.remit.cedar.Value> values = new ArrayList<>();
                items.forEach(one -> values.add(value(one, each)));
                yield dev.remit.cedar.Value.set(values);
            }
            case Fields fields -> record(fields, schema);
        };
    }

    /** The one type that a schema says such values have; empty if it says none, or several. */
    static String type(Fields schema) {
        return schema.text("type").orElse("");
    }

    /**
     * Whether the tool says that such numbers may have a fraction: then all of them are decimal.
     */
    static boolean isFraction(Fields schema) {
        return schema.get("type").equals(Optional.of(Value.of("number")))
                || schema.items("type").contains(Value.of("number"));
    }

    private static dev.remit.cedar.Value number(BigDecimal number, boolean fraction) {
        boolean whole = number.scale() <= 0;
        boolean inRange =
                number.precision() - (long) number.scale() <= LONGEST_NUMBER
                        && number.scale() <= LONGEST_NUMBER;
        if (inRange && (fraction || !whole)) {
            Optional<Decimal> decimal =
                    number.scale() > DIGITS
                            ? Optional.empty()
                            : Decimal.read(
                                    number.setScale(Math.max(1, number.scale())).toPlainString());
            if (decimal.isPresent()) {
                return decimal.get();
            }
        } else if (inRange && number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0) {
            return new dev.remit.cedar.Value.Whole(number.longValueExact());
        }
        return new dev.remit.cedar.Value.Text(number.toString());
    }
}
