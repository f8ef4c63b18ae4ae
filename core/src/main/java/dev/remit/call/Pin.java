package dev.remit.call;

import java.util.Optional;

/**
 * A tool's definition as a person, or first sight, accepted it. A definition that has changed since
 * is held: it can be seen, but not called, until a person accepts it.
 *
 * @param accepted digest of the definition that calls are allowed under
 * @param held digest of a different definition that the upstream offers now
 * @param definition the newest definition: name, description, schemas and annotations, as the
 *     upstream wrote it
 */
public record Pin(Tool tool, Digest accepted, Optional<Digest> held, Value.Fields definition) {

    /** The hash of a definition in canonical form. */
    public static Digest digest(Value.Fields definition) {
        return Digest.of(JsonWriter.canonical(definition));
    }
}
