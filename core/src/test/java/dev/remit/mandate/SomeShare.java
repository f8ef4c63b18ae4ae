package dev.remit.mandate;

import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Random permissions as they are written, narrowed or widened. */
final class SomeShare {
    private static final String[] TOOLS = {"a.r", "a.w", "b.r", "b.x", "a.*", "b.?", "?.r"};

    private SomeShare() {}

    /** Only ways of narrowing that can be seen. */
    static List<Value> narrowed(List<Value> above, RandomGenerator random) {
        List<Value> parts = new ArrayList<>();
        for (Value one : above) {
            if (parts.isEmpty() || random.nextInt(4) > 0) {
                parts.add(narrowed((Value.Fields) one, random));
            }
        }
        return parts;
    }

    private static Value narrowed(Value.Fields part, RandomGenerator random) {
        String tool = part.text("tool").orElseThrow();
        if (random.nextInt(3) == 0) {
            tool = tool.equals("a.*") ? "a.w" : tool.equals("b.?") ? "b.x" : tool;
        }
        Value.Building tighter = Value.object();
        Value.Fields before = part.fields("arguments").orElse(Value.Fields.EMPTY);
        before.values()
                .forEach(
                        (name, how) ->
                                tighter.put(name, tighter((Value.Fields) how, name, random)));
        Value.Fields now = tighter.build();
        if (before.values().isEmpty() && random.nextInt(3) == 0) {
            now = arguments(random);
        }
        return Value.object()
                .put("name", part.text("name").orElseThrow())
                .put("tool", tool)
                .putIf("arguments", now.values().isEmpty() ? Optional.empty() : Optional.of(now))
                .build();
    }

    private static Value.Fields tighter(Value.Fields how, String name, RandomGenerator random) {
        if (random.nextInt(2) == 0) {
            return how;
        }
        if (how.flag("any")) {
            return constraint(name, random);
        }
        if (!how.items("one_of").isEmpty()) {
            List<Value> values = how.items("one_of");
            return Value.object().put("exact", values.get(random.nextInt(values.size()))).build();
        }
        if (how.whole("max").isPresent()) {
            return how.with("max", Value.of(how.whole("max").getAsLong() - 1))
                    .with("min", Value.of(how.whole("min").orElse(0)));
        }
        return how.text("path_below")
                .map(root -> Value.object().put("path_below", root + "/b").build())
                .orElse(how);
    }

    static Value.Fields permission(String name, RandomGenerator random) {
        Value.Building permission =
                Value.object().put("name", name).put("tool", TOOLS[random.nextInt(TOOLS.length)]);
        if (random.nextInt(4) > 0) {
            permission.put("arguments", arguments(random));
        }
        return permission.build();
    }

    private static Value.Fields arguments(RandomGenerator random) {
        Map<String, Value> arguments = new TreeMap<>();
        arguments.put("n", constraint("n", random));
        if (random.nextBoolean()) {
            arguments.put("p", constraint("p", random));
        }
        if (random.nextInt(3) == 0) {
            arguments.put("*", constraint("*", random));
        }
        return new Value.Fields(arguments);
    }

    private static Value.Fields constraint(String name, RandomGenerator random) {
        Value some =
                name.equals("p")
                        ? Value.of(new String[] {"/a", "/a/b", "x"}[random.nextInt(3)])
                        : Value.of(new long[] {0, 5, 10}[random.nextInt(3)]);
        return switch (random.nextInt(7)) {
            case 0 -> Value.object().put("exact", some).build();
            case 1 ->
                    Value.object()
                            .put("one_of", new Value.Items(List.of(some, Value.of("5"))))
                            .build();
            case 2 ->
                    Value.object()
                            .put("pattern", new String[] {"/a*", "?", "/a"}[random.nextInt(3)])
                            .build();
            case 3 -> Value.object().put("min", random.nextInt(6)).build();
            case 4 -> Value.object().put("max", 4 + random.nextInt(8)).build();
            case 5 -> Value.object().put("path_below", "/a").build();
            default -> Value.object().put("any", true).build();
        };
    }

    /** Changes one part at random: its tool, an argument, or that there are any. */
    static void widen(List<Value> parts, RandomGenerator random) {
        int at = random.nextInt(parts.size());
        Value.Fields one = (Value.Fields) parts.get(at);
        Value.Fields arguments = one.fields("arguments").orElse(Value.Fields.EMPTY);
        parts.set(
                at,
                switch (random.nextInt(4)) {
                    case 0 -> one.with("tool", Value.of(TOOLS[random.nextInt(TOOLS.length)]));
                    case 1 -> one.without("arguments");
                    case 2 ->
                            one.with(
                                    "arguments",
                                    arguments.with(
                                            "n", Value.object().put("looks_like", 1).build()));
                    default -> one.with("arguments", arguments.with("n", constraint("n", random)));
                });
    }

    static Value.Items details(List<Value> parts) {
        return new Value.Items(
                List.of(
                        Value.object()
                                .put("type", "mandate")
                                .put("permissions", new Value.Items(parts))
                                .build()));
    }
}
