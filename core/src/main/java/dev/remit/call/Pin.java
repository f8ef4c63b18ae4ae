package dev.remit.call;

import java.util.Optional;
import java.util.Set;

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
 * @param labels what the operator said of the tool, for conditions to look back on; they stay when
 *     its definition changes
 * @param correction what the operator said of it where it was read wrongly; it stays when its
 *     definition changes
 * @param former the accepted definition, while another one is held; empty if none is, or if it was
 *     never seen
 */
public record Pin(
        Tool tool,
        Digest accepted,
        Optional<Digest> held,
        Value.Fields definition,
        boolean reads,
        Set<String> labels,
        Correction correction,
        Optional<Value.Fields> former) {
    public Pin {
        labels = Set.copyOf(labels);
        for (String label : labels) {
            if (!label.matches("[a-z][a-z0-9-]{0,31}")) {
                throw new IllegalArgumentException(
                        "a label is 1 to 32 of a-z, 0-9 and -, a letter first");
            }
        }
    }

    /** A tool that nobody has said of that it only reads. */
    public Pin(Tool tool, Digest accepted, Optional<Digest> held, Value.Fields definition) {
        this(tool, accepted, held, definition, false, Set.of(), Correction.NONE);
    }

    /** A tool as it is written down, without what was accepted before. */
    public Pin(
            Tool tool,
            Digest accepted,
            Optional<Digest> held,
            Value.Fields definition,
            boolean reads,
            Set<String> labels,
            Correction correction) {
        this(tool, accepted, held, definition, reads, labels, correction, Optional.empty());
    }

    /** The definition that calls are allowed under; the newest if that one was never seen. */
    public Value.Fields acceptedDefinition() {
        return former.orElse(definition);
    }

    /** The same as it is written down: what was accepted before is in an earlier record. */
    public Pin written() {
        return former.isEmpty()
                ? this
                : new Pin(tool, accepted, held, definition, reads, labels, correction);
    }

    /** The same as the books keep it, after what they said of the tool until now. */
    public Pin after(Pin before) {
        boolean known =
                held.isPresent()
                        && before.accepted.equals(accepted)
                        && (before.held.isEmpty() || before.former.isPresent());
        return new Pin(
                tool,
                accepted,
                held,
                definition,
                reads,
                labels,
                correction,
                known ? Optional.of(before.acceptedDefinition()) : Optional.empty());
    }

    /** The same tool, said to read only, or not any more. */
    public Pin reading(boolean only) {
        return new Pin(tool, accepted, held, definition, only, labels, correction, former);
    }

    /** The same tool, with its newest definition accepted; nothing said of the old one holds. */
    public Pin accepting() {
        return new Pin(
                tool,
                held.orElse(accepted),
                Optional.empty(),
                definition,
                false,
                labels,
                correction);
    }

    /** The same tool, labelled so. */
    public Pin labelled(Set<String> now) {
        return new Pin(tool, accepted, held, definition, reads, now, correction, former);
    }

    /** The same tool, read so instead. */
    public Pin corrected(Correction now) {
        return new Pin(tool, accepted, held, definition, reads, labels, now, former);
    }

    /** The same tool, offered with this definition, held if it is not the accepted one. */
    public Pin offered(Value.Fields now) {
        Digest seen = digest(now);
        Optional<Digest> other = accepted.equals(seen) ? Optional.empty() : Optional.of(seen);
        return new Pin(tool, accepted, other, now, reads, labels, correction).after(this);
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
