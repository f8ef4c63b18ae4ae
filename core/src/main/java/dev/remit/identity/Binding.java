package dev.remit.identity;

/** What stands behind a request besides the name of its sender. */
public sealed interface Binding {
    Binding.Own KEY = Own.KEY;
    Binding.Own NONE = Own.NONE;

    /** What the sender of a request has shown itself besides its access token. */
    enum Own implements Binding {
        /** The key that the token is bound to (RFC 9449). */
        KEY,

        /** Nothing: whoever has the token can use it (RFC 6750). */
        NONE
    }

    /**
     * The word of an enforcement point that the operator trusts: the agent's request came to it,
     * and it is to act on the decision.
     *
     * @param point its name in the configuration
     */
    record Vouched(String point) implements Binding {
        public Vouched {
            if (!isName(point)) {
                throw new IllegalArgumentException(
                        "a point's name is 1 to 32 of a-z, 0-9 and -, a letter first");
            }
        }

        public static boolean isName(String text) {
            return text.matches("[a-z][a-z0-9-]{0,31}");
        }
    }
}
