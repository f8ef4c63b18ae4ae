package dev.remit.call;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A call's arguments as they were read; what is judged, shown, hashed and sent is this one object.
 */
public record Arguments(Value.Fields fields) {
    private static final byte[] DOMAIN = "remit/arguments/v1\0".getBytes(StandardCharsets.US_ASCII);

    public static final Arguments NONE = new Arguments(Value.Fields.EMPTY);

    /** Whether each number in it is the same number for every reader. */
    public boolean isInterchangeable() {
        return isInterchangeable(fields);
    }

    private static boolean isInterchangeable(Value value) {
        return switch (value) {
            case Value.Num number -> number.isInterchangeable();
            case Value.Items(List<Value> items) ->
                    items.stream().allMatch(Arguments::isInterchangeable);
            case Value.Fields fields ->
                    fields.values().values().stream().allMatch(Arguments::isInterchangeable);
            case Value.Text _, Value.Flag _, Value.Nothing _ -> true;
        };
    }

    /** The hash of the canonical form; the same for any spelling of the same arguments. */
    public Digest digest() {
        return Digest.of(DOMAIN, JsonWriter.canonical(fields));
    }
}
