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
 * @param reads whether the operator said of the accepted definition that its calls only read; what
 *     the upstream says of itself never makes it so
 */
public record Pin(
        Tool tool, Digest accepted, Optional<Digest> held, Value.Fields definition, boolean reads) {

    /** A tool that nobody has said of that it only reads. */
    public Pin(Tool tool, Digest accepted, Optional<Digest> held, Value.Fields definition) {
        this(tool, accepted, held, definition, false);
    }

    /** The same tool, said to read only, or not any more. */
    public Pin reading(boolean only) {
        return new Pin(tool, accepted, held, definition, only);
    }

    /** The same tool, offered with this definition, held if it is not the accepted one. */
    public Pin offered(Value.Fields now) {
        Digest seen = digest(now);
        Optional<Digest> other = accepted.equals(seen) ? Optional.empty() : Optional.of(seen);
        return new Pin(tool, accepted, other, now, reads);
    }

    /** Whether the upstream itself says that it does more than read. */
    public boolean saysThatItWrites() {
        return definition
                .fields("annotations")
                .flatMap(hints -> hints.get("readOnlyHint"))
                .filter(hint -> !hint.equals(Value.of(true)))
                .isPresent();
    }

    /** The hash of a definition in canonical form. */
    public static Digest digest(Value.Fields definition) {
        return Digest.of(JsonWriter.canonical(definition));
    }
}
