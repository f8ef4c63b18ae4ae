package dev.remit.call;

/**
 * One thing that one upstream offers. MCP methods that are not tools but reach the upstream's data
 * are named with the prefix {@value #METHOD}, as in {@code files.mcp:resources/read}; no real
 * tool's name may hold a colon.
 */
public record Tool(String upstream, String name) {
    public static final String METHOD = "mcp:";
    public static final int MAX_NAME = 200;

    /** The gateway's own name among the upstreams; none can be called this. */
    public static final String OWN = "remit";

    /**
     * What an agent that has no mandate calls to ask for one. Nobody offers it: each call of it is
     * refused, and what was refused is what a person begins from.
     */
    public static final Tool ASK_FOR_A_MANDATE = new Tool(OWN, "ask_for_a_mandate");

    private static final int MAX_UPSTREAM = 60;

    public Tool {
        if (!isUpstream(upstream)) {
            throw new IllegalArgumentException(
                    "an upstream's name is 1 to 60 of a-z, 0-9, - and _, single _ only");
        }
        if (!isName(name.startsWith(METHOD) ? name.substring(METHOD.length()) : name)) {
            throw new IllegalArgumentException(
                    "a tool name is 1 to 200 visible ASCII characters without : \" \\ * ?");
        }
    }

    /** Whether an upstream may be called this; {@code __} is left for {@code upstream__tool}. */
    public static boolean isUpstream(String name) {
        if (name.isEmpty() || name.length() > MAX_UPSTREAM || name.endsWith("_")) {
            return false;
        }
        char before = '_';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean inside = (c == '_' && before != '_') || (c == '-' && i > 0);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !inside) {
                return false;
            }
            before = c;
        }
        return true;
    }

    /** Whether a tool of an upstream may be called this; others are neither shown nor callable. */
    public static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c > '~' || ":\"\\*?".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@code upstream.tool}, as people write it in a permission; the upstream's name holds no dot.
     */
    @Override
    public String toString() {
        return upstream + "." + name;
    }

    /** Reads {@code upstream.tool}. */
    public static Tool of(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("`" + text + "` is not of the form upstream.tool");
        }
        return new Tool(text.substring(0, dot), text.substring(dot + 1));
    }
}
