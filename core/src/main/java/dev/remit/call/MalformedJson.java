package dev.remit.call;

/**
 * Bytes that {@link JsonReader} does not read; the message names the fault and where it is, never
 * the content.
 */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJson(String fault, int offset) {
        super(fault + " at byte " + offset);
    }
}
