package dev.remit.http.fetch;

import java.util.Map;

/** What came of asking an address that somebody outside named. */
public sealed interface Fetched {
    /**
     * It answered, in the asked type and size; the status may be any but a redirect.
     *
     * @param headers by their names in lower case, the first value of each
     */
    record Answered(int status, Map<String, String> headers, byte[] body) implements Fetched {}

    /**
     * It was not asked, or not answered as it should be. The reason is for the operator; it does
     * not tell a closed port from an address that is never asked.
     */
    record Refused(String why) implements Fetched {}
}
