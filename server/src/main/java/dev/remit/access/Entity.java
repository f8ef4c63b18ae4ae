package dev.remit.access;

import dev.remit.call.Value;

/**
 * A subject or a resource as a request names it. What it says of their properties is the asker's
 * own word, and decides nothing.
 *
 * @param id empty for one that is searched for
 */
record Entity(String type, String id) {

    /** Reads one that is named in full. */
    static Entity read(Value.Fields above, String name) {
        Value.Fields fields = fields(above, name);
        return new Entity(text(fields, name, "type"), text(fields, name, "id"));
    }

    /** Reads one that is searched for; an {@code id} is ignored, as the standard has it. */
    static Entity wanted(Value.Fields above, String name) {
        return new Entity(text(fields(above, name), name, "type"), "");
    }

    /** One of the entities of a request, whose properties are an object if it has any. */
    static Value.Fields fields(Value.Fields above, String name) {
        if (above.get(name).isEmpty()) {
            throw Unreadable.of("`" + name + "` is missing");
        }
        Value.Fields fields = object(above, name);
        if (fields.get("properties").isPresent()) {
            object(fields, "properties");
        }
        return fields;
    }

    static Value.Fields object(Value.Fields above, String name) {
        return above.fields(name)
                .orElseThrow(() -> Unreadable.of("`" + name + "` must be an object"));
    }

    static String text(Value.Fields fields, String of, String name) {
        return fields.text(name)
                .orElseThrow(() -> Unreadable.of("`" + of + "." + name + "` must be a text"));
    }
}
