package dev.remit.call;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Holds a call's arguments against the schema that its tool declares for them (JSON Schema 2020-12,
 * as far as it matters here). What is known is enforced; what is not known lets through: {@code
 * pattern}, {@code format}, {@code not}, {@code if}, what is called by a pattern or left
 * unevaluated, a reference to another document, which is never fetched.
 *
 * <p>In one thing it is stricter: an argument that the schema does not name is only taken if {@code
 * additionalProperties} says so, or if a part that is not looked into may name it.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/json-schema-validation">JSON Schema
 *     Validation</a>
 */
public final class InputSchema {
    private static final long STEPS = 10_000; // schemas that are held against one call
    private static final long STEPS_EACH = 20; // and more for each value in it
    private static final int DEEPEST = 100; // schemas within schemas
    private static final int SHOWN = 60; // characters of a name
    private static final int NAMED = 20; // arguments that are told
    private static final String PROTOTYPE = "prototype";
    private static final Set<String> NEVER = Set.of("__proto__", "constructor", PROTOTYPE);
    private static final List<String> NAMING =
            List.of(
                    "$ref",
                    "$dynamicRef",
                    "allOf",
                    "anyOf",
                    "oneOf",
                    "if",
                    "patternProperties",
                    "dependentSchemas",
                    "unevaluatedProperties");
    private static final List<String> BOUNDS =
            List.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum");
    private static final Optional<Wrong> FITS = Optional.empty();

    private final Value.Fields root;
    private long left; // schemas that may still be held against it

    private InputSchema(Value.Fields root, long left) {
        this.root = root;
        this.left = left;
    }

    /** What does not fit, said only if it is asked for: most alternatives do not fit. */
    private record Wrong(String at, Supplier<String> what) {
        Wrong within(String step) {
            boolean joins = at.isEmpty() || at.charAt(0) == '[';
            return new Wrong(joins ? step + at : step + "." + at, what);
        }

        String said() {
            return at.isEmpty() ? what.get() : "`" + at + "`: " + what.get();
        }
    }

    /**
     * What is wrong with these arguments, in words for whoever called; empty if nothing is.
     *
     * @param definition of the tool, as it was accepted
     */
    public static Optional<String> fault(Value.Fields definition, Value.Fields arguments) {
        Value.Fields schema = definition.fields("inputSchema").orElse(Value.Fields.EMPTY);
        InputSchema check = new InputSchema(schema, STEPS + STEPS_EACH * size(arguments));
        return never(schema, arguments)
                .or(() -> unknown(schema, arguments))
                .or(() -> check.fault(schema, arguments, 0))
                .map(Wrong::said);
    }

    private static long size(Value value) {
        return switch (value) {
            case Value.Fields fields -> 1 + size(fields.values().values());
            case Value.Items(List<Value> items) -> 1 + size(items);
            case Value.Text _, Value.Num _, Value.Flag _, Value.Nothing _ -> 1;
        };
    }

    private static long size(Collection<Value> values) {
        long size = 0;
        for (Value one : values) {
            size += size(one);
        }
        return size;
    }

    /** A name that some reader in JavaScript would take for its own. */
    private static Optional<Wrong> never(Value.Fields schema, Value.Fields arguments) {
        for (String name : arguments.values().keySet()) {
            if (NEVER.contains(name) && !properties(schema).containsKey(name)) {
                return wrong(() -> "no argument may be called `" + name + "`");
            }
        }
        return arguments.values().values().stream().anyMatch(InputSchema::isPoisoned)
                ? wrong(() -> "a name within an argument is none that may be there")
                : FITS;
    }

    private static boolean isPoisoned(Value value) {
        return switch (value) {
            case Value.Fields fields ->
                    fields.get("__proto__").isPresent()
                            || fields.fields("constructor")
                                    .filter(one -> one.get(PROTOTYPE).isPresent())
                                    .isPresent()
                            || fields.values().values().stream().anyMatch(InputSchema::isPoisoned);
            case Value.Items(List<Value> items) -> items.stream().anyMatch(InputSchema::isPoisoned);
            case Value.Text _, Value.Num _, Value.Flag _, Value.Nothing _ -> false;
        };
    }

    /** An argument that the schema has no place for, though it does not say that it has none. */
    private static Optional<Wrong> unknown(Value.Fields schema, Value.Fields arguments) {
        boolean open =
                schema.get("properties").isEmpty()
                        || schema.get("additionalProperties").isPresent()
                        || NAMING.stream().anyMatch(name -> schema.get(name).isPresent());
        Map<String, Value> known = properties(schema);
        return open
                ? FITS
                : arguments.values().keySet().stream()
                        .filter(name -> !known.containsKey(name))
                        .findFirst()
                        .flatMap(
                                name ->
                                        wrong(
                                                () ->
                                                        "it takes no `"
                                                                + shown(name)
                                                                + "`"
                                                                + of(known)));
    }

    private static String of(Map<String, Value> known) {
        return known.isEmpty()
                ? ", and no other argument"
                : "; it takes "
                        + String.join(
                                ", ",
                                known.keySet().stream()
                                        .limit(NAMED)
                                        .map(InputSchema::shown)
                                        .toList());
    }

    private Optional<Wrong> fault(Value schema, Value value, int depth) {
        if (--left < 0 || depth > DEEPEST) {
            return wrong(() -> "the tool's schema takes too long to hold it against");
        }
        return switch (schema) {
            case Value.Flag(boolean any) -> any ? FITS : wrong(() -> "nothing may stand there");
            case Value.Fields rules -> fault(rules, value, depth);
            case Value.Text _, Value.Num _, Value.Nothing _, Value.Items _ -> FITS;
        };
    }

    private Optional<Wrong> fault(Value.Fields rules, Value value, int depth) {
        if (value instanceof Value.Nothing && rules.flag("nullable")) {
            return FITS;
        }
        Optional<Wrong> wrong = type(rules, value);
        if (wrong.isEmpty()) {
            wrong = choice(rules, value);
        }
        if (wrong.isEmpty()) {
            wrong =
                    switch (value) {
                        case Value.Text(String text) -> length(rules, text);
                        case Value.Num(BigDecimal number) -> range(rules, number);
                        case Value.Items(List<Value> items) -> items(rules, items, depth);
                        case Value.Fields fields -> fields(rules, fields, depth);
                        case Value.Flag _, Value.Nothing _ -> FITS;
                    };
        }
        return wrong.isEmpty() ? parts(rules, value, depth) : wrong;
    }

    private static Optional<Wrong> type(Value.Fields rules, Value value) {
        Optional<String> one = rules.text("type");
        if (one.isPresent()) {
            return isOf(one.get(), value) ? FITS : wrong(() -> "it is " + shown(one.get()));
        }
        List<Value> several = rules.items("type");
        for (Value type : several) {
            if (!(type instanceof Value.Text(String name)) || isOf(name, value)) {
                return FITS;
            }
        }
        return several.isEmpty() ? FITS : wrong(() -> "it is one of " + json(several));
    }

    /** Whether a value is of a type; every one is of a type that nobody knows. */
    private static boolean isOf(String type, Value value) {
        return switch (type) {
            case "string" -> value instanceof Value.Text;
            case "number" -> value instanceof Value.Num;
            case "integer" -> value instanceof Value.Num(BigDecimal number) && number.scale() <= 0;
            case "boolean" -> value instanceof Value.Flag;
            case "array" -> value instanceof Value.Items;
            case "object" -> value instanceof Value.Fields;
            case "null" -> value instanceof Value.Nothing;
            default -> true;
        };
    }

    private static Optional<Wrong> choice(Value.Fields rules, Value value) {
        Optional<Value> only = rules.get("const");
        if (only.isPresent() && !only.get().equals(value)) {
            return wrong(() -> "it is " + json(List.of(only.get())));
        }
        List<Value> choices = rules.items("enum");
        return choices.isEmpty() || choices.contains(value)
                ? FITS
                : wrong(() -> "it is one of " + json(choices));
    }

    private static Optional<Wrong> length(Value.Fields rules, String text) {
        return count(rules, "minLength", "maxLength", text.codePointCount(0, text.length()));
    }

    private static Optional<Wrong> count(Value.Fields rules, String least, String most, int count) {
        long from = rules.whole(least).orElse(0);
        long to = rules.whole(most).orElse(Long.MAX_VALUE);
        if (count < from) {
            return wrong(() -> "its length is at least " + from);
        }
        return count > to ? wrong(() -> "its length is at most " + to) : FITS;
    }

    private static Optional<Wrong> range(Value.Fields rules, BigDecimal number) {
        for (String bound : BOUNDS) {
            if (rules.values().get(bound) instanceof Value.Num(BigDecimal limit)) {
                int order = number.compareTo(limit);
                boolean fits =
                        switch (bound) {
                            case "minimum" -> order >= 0;
                            case "exclusiveMinimum" -> order > 0;
                            case "maximum" -> order <= 0;
                            default -> order < 0;
                        };
                if (!fits) {
                    return wrong(() -> "its " + bound + " is " + limit);
                }
            }
        }
        return FITS;
    }

    private Optional<Wrong> items(Value.Fields rules, List<Value> items, int depth) {
        List<Value> first = rules.items("prefixItems");
        Optional<Value> rest = rules.get("items");
        for (int i = 0; i < items.size(); i++) {
            Optional<Value> its = i < first.size() ? Optional.of(first.get(i)) : rest;
            if (its.isPresent()) {
                Optional<Wrong> wrong = fault(its.get(), items.get(i), depth + 1);
                if (wrong.isPresent()) {
                    return Optional.of(wrong.get().within("[" + i + "]"));
                }
            }
        }
        return count(rules, "minItems", "maxItems", items.size());
    }

    private Optional<Wrong> fields(Value.Fields rules, Value.Fields fields, int depth) {
        for (Value name : rules.items("required")) {
            if (name instanceof Value.Text(String needed) && fields.get(needed).isEmpty()) {
                return wrong(() -> "it needs `" + shown(needed) + "`");
            }
        }
        Map<String, Value> known = properties(rules);
        Optional<Value> others =
                rules.get("additionalProperties")
                        .filter(_ -> rules.get("patternProperties").isEmpty());
        for (Map.Entry<String, Value> field : fields.values().entrySet()) {
            Optional<Value> its = Optional.ofNullable(known.get(field.getKey())).or(() -> others);
            if (its.isPresent()) {
                Optional<Wrong> wrong = fault(its.get(), field.getValue(), depth + 1);
                if (wrong.isPresent()) {
                    return Optional.of(wrong.get().within(shown(field.getKey())));
                }
            }
        }
        return count(rules, "minProperties", "maxProperties", fields.values().size());
    }

    private Optional<Wrong> parts(Value.Fields rules, Value value, int depth) {
        Optional<Value> referred = rules.text("$ref").flatMap(this::referred);
        Optional<Wrong> wrong = referred.isEmpty() ? FITS : fault(referred.get(), value, depth + 1);
        for (Value one : rules.items("allOf")) {
            wrong = wrong.isPresent() ? wrong : fault(one, value, depth + 1);
        }
        wrong = wrong.isPresent() ? wrong : any(rules.items("anyOf"), value, depth);
        return wrong.isPresent() ? wrong : any(rules.items("oneOf"), value, depth);
    }

    private Optional<Wrong> any(List<Value> schemas, Value value, int depth) {
        Optional<Wrong> wrong = FITS;
        for (Value one : schemas) {
            wrong = fault(one, value, depth + 1);
            if (wrong.isEmpty()) {
                return FITS;
            }
        }
        return wrong;
    }

    /** What a reference within this schema means; any other is left alone. */
    private Optional<Value> referred(String reference) {
        if (reference.equals("#")) {
            return Optional.of(root);
        }
        if (!reference.startsWith("#/")) {
            return Optional.empty();
        }
        Optional<Value> at = Optional.of(root);
        for (String step : reference.substring(2).split("/")) {
            String name = step.replace("~1", "/").replace("~0", "~");
            at =
                    at.filter(Value.Fields.class::isInstance)
                            .flatMap(one -> ((Value.Fields) one).get(name));
        }
        return at;
    }

    private static Map<String, Value> properties(Value.Fields schema) {
        return schema.fields("properties").orElse(Value.Fields.EMPTY).values();
    }

    private static Optional<Wrong> wrong(Supplier<String> what) {
        return Optional.of(new Wrong("", what));
    }

    private static String json(List<Value> values) {
        return String.join(
                ", ", values.stream().limit(NAMED).map(one -> shown(one.json())).toList());
    }

    private static String shown(String name) {
        return Quotation.of(name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name);
    }
}
