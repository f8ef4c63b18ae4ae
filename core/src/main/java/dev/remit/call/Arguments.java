package dev.remit.call;

import java.nio.charset.StandardCharsets;

/**
 * A call's arguments as they were read; what is judged, shown, hashed and sent is this one object.
 */
public record Arguments(Value.Fields fields) {
    private static final byte[] DOMAIN = "remit/arguments/v1\0".getBytes(StandardCharsets.US_ASCII);

    public static final Arguments NONE = new Arguments(Value.Fields.EMPTY);

    /** The hash of the canonical form; the same for any spelling of the same arguments. */
    public Digest digest() {
        return Digest.of(DOMAIN, JsonWriter.canonical(fields));
    }
}
