package dev.remit.http;

import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request and its answer. Every method may block the virtual thread that it is called on.
 */
public interface Exchange {
    String method();

    /** The path as it was sent, without the query. */
    String path();

    Optional<String> query();

    /** All values of a header, in order; names are case-insensitive. */
    List<String> headers(String name);

    /** The names of all headers, as they were sent. */
    List<String> headerNames();

    /** The only value of a header; empty if there is none or more than one. */
    default Optional<String> header(String name) {
        List<String> values = headers(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Whether the headers say that the body is JSON in UTF-8, not encoded further. */
    default boolean isPlainJson() {
        String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String media = (end < 0 ? type : type.substring(0, end)).strip();
        boolean utf8 =
                !type.contains("charset")
                        || type.replace("\"", "").replace(" ", "").contains("charset=utf-8");
        return media.equals("application/json")
                && utf8
                && headers("Content-Encoding").stream()
                        .allMatch(one -> one.equalsIgnoreCase("identity"));
    }

    /** The network address of the other side, as this process sees it. */
    String from();

    /**
     * Reads the whole body; nothing of it is taken from the other side before this is called.
     *
     * @throws BodyTooLarge if it is longer than this
     * @throws ExchangeBroken if it does not arrive in time
     */
    byte[] body(int most);

    /**
     * Adds a header to the answer that follows; a header added twice, such as {@code
     * WWW-Authenticate} with two challenges, is sent twice.
     */
    void addHeader(String name, String value);

    /** Answers, once. */
    void answer(int status, Map<String, String> headers, byte[] body);

    /** Answers with JSON. */
    default void answer(int status, Value json) {
        answer(status, Map.of("Content-Type", "application/json"), JsonWriter.plain(json));
    }

    /** Starts an answer of unknown length, such as {@code text/event-stream}. */
    Streamed stream(int status, Map<String, String> headers);

    /** Runs when the other side is gone before the answer is complete; at once if it already is. */
    void whenGone(Runnable then);

    /** An answer that is still being written. */
    interface Streamed {
        /** Writes, waiting for room; false if the other side is gone. */
        boolean write(byte[] part);

        boolean isOpen();

        void end();
    }
}
