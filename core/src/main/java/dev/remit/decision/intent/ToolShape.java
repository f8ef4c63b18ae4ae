package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Effect;
import dev.remit.call.Value;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a tool's definition is not prose.
 *
 * @param name the words of its name
 * @param arguments their schemas, by name
 * @param needed the arguments that it does not do without
 */
record ToolShape(List<String> name, Map<String, Value> arguments, Set<String> needed) {
    private static final Set<String> OPERANDS =
            Set.of("a", "b", "x", "y", "number", "numbers", "value", "base", "exponent");
    private static final Set<String> NARROWING = // of what there is to see, beside which
            Set.of("from", "to", "who", "title", "author", "sender", "user");

    static ToolShape of(Value.Fields definition) {
        Value.Fields schema = definition.fields("inputSchema").orElse(Value.Fields.EMPTY);
        Set<String> needed = new HashSet<>();
        for (Value one : schema.items("required")) {
            needed.add(one instanceof Value.Text(String argument) ? argument : "");
        }
        return new ToolShape(
                Words.parts(definition.text("name").orElse("")),
                schema.fields("properties").map(Value.Fields::values).orElse(Map.of()),
                needed);
    }

    /** Whether an argument is called by one of these words. */
    boolean isAbout(Set<String> words) {
        return arguments.keySet().stream()
                .flatMap(argument -> Words.parts(argument).stream())
                .anyMatch(words::contains);
    }

    /** Whether there is nothing to it but numbers, as in a pocket calculator. */
    boolean isSum() {
        return !arguments.isEmpty()
                && arguments.values().stream().allMatch(ToolShape::isNumeric)
                && arguments.keySet().stream().anyMatch(OPERANDS::contains);
    }

    /** Whether its arguments only say which, of what there is to see. */
    boolean onlyNarrows() {
        return arguments.entrySet().stream()
                .allMatch(
                        one ->
                                isWord(one.getValue())
                                        && (isWhich(one.getKey()) || isNarrowing(one.getKey())));
    }

    private boolean isNarrowing(String argument) {
        boolean until = !argument.equals("to") || arguments.containsKey("from");
        return NARROWING.contains(argument) && until && !needed.contains(argument);
    }

    /** Whether all of its arguments say which object. */
    boolean onlyPoints() {
        return arguments.keySet().stream().allMatch(ToolShape::isWhich);
    }

    private static boolean isWhich(String argument) {
        ArgumentRole role = ArgumentRoles.of(argument, EnumSet.of(Effect.READ));
        return role == ArgumentRole.TARGET || role == ArgumentRole.PLAIN;
    }

    /** A text or a number; neither a switch nor anything with parts. */
    private static boolean isWord(Value schema) {
        return schema instanceof Value.Fields fields
                && Set.of("string", "integer", "number").contains(fields.text("type").orElse(""));
    }

    static boolean isNumeric(Value schema) {
        if (!(schema instanceof Value.Fields fields)) {
            return false;
        }
        String type = fields.text("type").orElse("");
        return switch (type) {
            case "number", "integer", "float" -> true;
            case "array" -> fields.get("items").filter(ToolShape::isNumeric).isPresent();
            default -> false;
        };
    }

    /** Whether an argument may be anything: neither a switch nor one of a few choices. */
    static boolean isFree(Value schema) {
        return !(schema instanceof Value.Fields fields)
                || (fields.text("type").filter("boolean"::equals).isEmpty()
                        && fields.items("enum").isEmpty()
                        && fields.get("items").filter(items -> !isFree(items)).isEmpty());
    }
}
