package dev.remit.rules;

import dev.remit.call.Pin;
import dev.remit.call.Value;
import dev.remit.call.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What rules can look at, written as a schema of the policy language (Cedar: human-readable
 * schema), with an action for each tool that was seen: editors and Cedar's own validator read it.
 * An argument whose type the language has no word for is left out, with a note.
 */
final class RuleSchema {
    private static final String HEAD =
            """
            entity Role;
            entity Person in [Role] = { name: String };
            entity AgentGroup;
            entity Agent in [AgentGroup] = { name: String, since: datetime, issuer?: String } tags String;
            entity Upstream;

            type Mandate = { task: String, age: duration, lasts: duration, delegates: Long };

            """;
    private static final String CONTEXT =
            "key: Bool, point?: String, calls: Long, person: Person, mandate: Mandate, labels: Set<String>, now:"
                    + " datetime";

    private final StringBuilder text = new StringBuilder(HEAD);

    private RuleSchema() {}

    static String of(Known known) {
        RuleSchema schema = new RuleSchema();
        List<Pin> pins = known.pins();
        Set<String> groups = new TreeSet<>();
        pins.forEach(
                one ->
                        Facts.groups(one.tool(), Optional.of(one))
                                .forEach(group -> groups.add(group.id())));
        groups.forEach(one -> schema.text.append("action ").append(quoted(one)).append(";\n"));
        pins.forEach(schema::action);
        return schema.text.toString();
    }

    private void action(Pin pin) {
        Set<String> above = new TreeSet<>();
        Facts.groups(pin.tool(), Optional.of(pin)).forEach(one -> above.add(quoted(one.id())));
        text.append("\naction ")
                .append(quoted(pin.tool().toString()))
                .append(" in [")
                .append(String.join(", ", above))
                .append("] appliesTo {\n  principal: [Agent],\n  resource: [Upstream],\n")
                .append("  context: {\n    input: ");
        record(pin.definition().fields("inputSchema").orElse(Fields.EMPTY), "    ");
        text.append(",\n    ").append(CONTEXT).append("\n  }\n};\n");
    }

    private void record(Fields schema, String indent) {
        Map<String, Value> properties =
                new TreeMap<>(schema.fields("properties").orElse(Fields.EMPTY).values());
        List<Value> required = schema.items("required");
        text.append("{\n");
        properties.forEach(
                (name, one) -> {
                    text.append(indent).append("  ");
                    Fields below = one instanceof Fields fields ? fields : Fields.EMPTY;
                    if (hasType(below)) {
                        text.append(quoted(name))
                                .append(required.contains(Value.of(name)) ? ": " : "?: ");
                        type(below, indent + "  ");
                        text.append(",\n");
                    } else {
                        text.append("// ")
                                .append(quoted(name))
                                .append(": what it is cannot be said here\n");
                    }
                });
        text.append(indent).append('}');
    }

    private void type(Fields schema, String indent) {
        switch (Inputs.type(schema)) {
            case "string" -> text.append("String");
            case "boolean" -> text.append("Bool");
            case "integer" -> text.append("Long");
            case "number" -> text.append("decimal");
            case "array" -> {
                text.append("Set<");
                type(schema.fields("items").orElse(Fields.EMPTY), indent);
                text.append('>');
            }
            default -> record(schema, indent);
        }
    }

    /** Whether the language has a type for all that it may be. */
    private static boolean hasType(Fields schema) {
        return switch (Inputs.type(schema)) {
            case "string", "boolean", "integer", "number", "object" -> true;
            case "array" -> hasType(schema.fields("items").orElse(Fields.EMPTY));
            default -> false;
        };
    }

    /** As a literal of the language; odd characters by their number. */
    private static String quoted(String name) {
        StringBuilder quoted = new StringBuilder("\"");
        name.codePoints()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                quoted.append('\\').appendCodePoint(c);
                            } else if (c < ' ' || c > '~') {
                                quoted.append("\\u{").append(Integer.toHexString(c)).append('}');
                            } else {
                                quoted.appendCodePoint(c);
                            }
                        });
        return quoted.append('"').toString();
    }
}
