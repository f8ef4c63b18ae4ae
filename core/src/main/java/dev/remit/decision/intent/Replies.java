package dev.remit.decision.intent;

import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an agent gets to see of a reply: texts are read for the structure that they hold, and what
 * only wraps them is left out. A reply that is no MCP result is seen as it is.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools">MCP, Tools:
 *     tool result</a>
 */
public final class Replies {
    private static final Set<String> WRAPPERS = Set.of("content", "contents", "messages");
    private static final String STRUCTURED = "structuredContent";

    private Replies() {}

    /** The values of a reply, in its order. */
    public static List<Value> seen(Value.Fields reply) {
        List<Value> seen = new ArrayList<>();
        for (Map.Entry<String, Value> one : reply.values().entrySet()) {
            if (WRAPPERS.contains(one.getKey()) && one.getValue() instanceof Value.Items items) {
                items.values().forEach(item -> part(item, seen));
            } else if (one.getKey().equals(STRUCTURED) || !isMarking(one.getKey())) {
                add(one.getValue(), one.getKey(), seen);
            }
        }
        return seen;
    }

    /** What says something about the reply, not in it. */
    private static boolean isMarking(String key) {
        return key.equals("_meta") || key.equals("isError") || key.equals("resultType");
    }

    private static void part(Value part, List<Value> seen) {
        if (!(part instanceof Value.Fields fields)) {
            add(part, "", seen);
            return;
        }
        for (Map.Entry<String, Value> one : fields.values().entrySet()) {
            switch (one.getKey()) {
                case "type", "annotations", "_meta", "mimeType", "role" -> {}
                case "resource", "content" -> part(one.getValue(), seen);
                default -> add(one.getValue(), "", seen);
            }
        }
    }

    private static void add(Value value, String key, List<Value> seen) {
        Value read =
                switch (value) {
                    case Value.Text(String text) -> Outline.read(text);
                    case Value.Fields _,
                            Value.Items _,
                            Value.Num _,
                            Value.Flag _,
                            Value.Nothing _ ->
                            value;
                };
        boolean bare = key.isEmpty() || key.equals(STRUCTURED) || !(read instanceof Value.Text);
        Value named = bare ? read : Value.object().put(key, read).build();
        if (!seen.contains(named)) { // a structured answer is said in text as well
            seen.add(named);
        }
    }
}
