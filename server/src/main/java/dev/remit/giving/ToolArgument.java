package dev.remit.giving;

import dev.remit.call.Pin;
import dev.remit.call.Value;
import java.util.List;
import java.util.Map;

/**
 * An argument that a tool's schema names (MCP, {@code inputSchema}). What the schema says is used
 * to help with the form alone; a restriction holds whatever it says.
 */
record ToolArgument(String name, Type type) {
    /** More of one tool are not offered one by one. */
    static final int MOST = 40;

    private static final String NAME = "[A-Za-z0-9_.-]{1,64}";

    /** What its values are. */
    enum Type {
        TEXT,
        NUMBER,
        FLAG,
        OTHER
    }

    /** Those that can be named on a form, in the schema's order. */
    static List<ToolArgument> of(Pin pin) {
        Map<String, Value> properties =
                pin.definition()
                        .fields("inputSchema")
                        .flatMap(schema -> schema.fields("properties"))
                        .orElse(Value.Fields.EMPTY)
                        .values();
        return properties.entrySet().stream()
                .filter(one -> one.getKey().matches(NAME))
                .limit(MOST)
                .map(one -> new ToolArgument(one.getKey(), type(one.getValue())))
                .toList();
    }

    private static Type type(Value schema) {
        String said = schema instanceof Value.Fields fields ? fields.text("type").orElse("") : "";
        return switch (said) {
            case "string" -> Type.TEXT;
            case "number", "integer" -> Type.NUMBER;
            case "boolean" -> Type.FLAG;
            default -> Type.OTHER;
        };
    }
}
