package dev.remit.http.fetch;

import java.util.Map;

/** What came of asking an address that somebody outside named. */
public sealed interface Fetched {
    /**
     * It answered, in the asked type and size; the status may be any but a redirect. Headers are by
     * their names in lower case, the first value of each.
     */
    final class Answered implements Fetched {
        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;

        Answered(int status, Map<String, String> headers, byte[] body) {
            this.status = status;
            this.headers = Map.copyOf(headers);
            this.body = body.clone();
        }

        public int status() {
            return status;
        }

        public Map<String, String> headers() {
            return headers;
        }

        public byte[] body() {
            return body.clone();
        }
    }

    /**
     * It was not asked, or not answered as it should be. The reason is for the operator; it does
     * not tell a closed port from an address that is never asked.
     */
    record Refused(String why) implements Fetched {}
}
