package dev.remit.gateway.wire;

import dev.remit.call.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which arguments of a tool are repeated in {@code Mcp-Param-…} headers ({@code x-mcp-header} in
 * its input schema).
 */
public final class ToolHeaders {
    public static final String PREFIX = "Mcp-Param-";
    private static final String MARK = "x-mcp-header";
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");
    private static final int MAX_DEPTH = 16;

    public static final ToolHeaders NONE = new ToolHeaders(Map.of());

    private final Map<String, List<String>> paths;

    private ToolHeaders(Map<String, List<String>> paths) {
        this.paths = paths;
    }

    /** Reads an input schema; empty if a mark in it is not one that the protocol allows. */
    public static Optional<ToolHeaders> of(Value.Fields inputSchema) {
        int marks = marks(inputSchema);
        if (marks == 0) {
            return Optional.of(NONE);
        }
        Map<String, List<String>> paths = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        boolean valid = collect(inputSchema, List.of(), paths, names);
        return valid && paths.size() == marks
                ? Optional.of(new ToolHeaders(paths))
                : Optional.empty();
    }

    private static boolean collect(
            Value.Fields schema,
            List<String> path,
            Map<String, List<String>> paths,
            Set<String> names) {
        if (path.size() > MAX_DEPTH) {
            return false;
        }
        for (Map.Entry<String, Value> property :
                schema.fields("properties").orElse(Value.Fields.EMPTY).values().entrySet()) {
            if (!(property.getValue() instanceof Value.Fields inner)) {
                continue;
            }
            List<String> here = new ArrayList<>(path);
            here.add(property.getKey());
            if (inner.get(MARK).isPresent()) {
                String name = inner.text(MARK).orElse("");
                boolean valid =
                        isToken(name)
                                && TYPES.contains(inner.text("type").orElse(""))
                                && names.add(name.toLowerCase(Locale.ROOT));
                if (!valid) {
                    return false;
                }
                paths.put(name, List.copyOf(here));
            }
            if (!collect(inner, here, paths, names)) {
                return false;
            }
        }
        return true;
    }

    /** How many marks there are anywhere; one that is not reachable by name alone is not valid. */
    private static int marks(Value value) {
        return switch (value) {
            case Value.Fields fields ->
                    (fields.get(MARK).isPresent() ? 1 : 0)
                            + fields.values().values().stream().mapToInt(ToolHeaders::marks).sum();
            case Value.Items items -> items.values().stream().mapToInt(ToolHeaders::marks).sum();
            case Value.Text _, Value.Num _, Value.Flag _, Value.Nothing _ -> 0;
        };
    }

    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(
                                c -> (c > ' ' && c <= '~') && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    /** The headers that go with these arguments. */
    public Map<String, String> headers(Value.Fields arguments) {
        if (paths.isEmpty()) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        paths.forEach(
                (name, path) ->
                        at(arguments, path)
                                .ifPresent(
                                        value ->
                                                headers.put(
                                                        PREFIX + name, HeaderText.encode(value))));
        return headers;
    }

    /** What is wrong with the headers that came with these arguments; empty if nothing is. */
    public Optional<String> mismatch(
            Value.Fields arguments, Function<String, List<String>> headers) {
        for (Map.Entry<String, List<String>> path : paths.entrySet()) {
            String header = PREFIX + path.getKey();
            List<String> sent = headers.apply(header);
            Optional<String> wanted = at(arguments, path.getValue());
            if (wanted.isEmpty() && sent.isEmpty()) {
                continue;
            }
            if (wanted.isEmpty() || sent.size() != 1) {
                return Optional.of(
                        "the header " + header + " must be there exactly when the argument is");
            }
            Optional<String> read = HeaderText.decode(sent.getFirst());
            if (read.isEmpty() || !same(read.get(), wanted.get())) {
                return Optional.of("the header " + header + " is not what the argument is");
            }
        }
        return Optional.empty();
    }

    private static boolean same(String sent, String wanted) {
        if (sent.equals(wanted)) {
            return true;
        }
        if (!wanted.matches("-?[0-9]{1,30}") || !sent.matches("[+-]?[0-9]{1,30}(\\.0{1,9})?")) {
            return false;
        }
        return new BigDecimal(sent).compareTo(new BigDecimal(wanted)) == 0;
    }

    private static Optional<String> at(Value.Fields arguments, List<String> path) {
        Value value = arguments;
        for (String name : path) {
            Optional<Value> next =
                    value instanceof Value.Fields fields ? fields.get(name) : Optional.empty();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            value = next.get();
        }
        return switch (value) {
            case Value.Text(String text) -> Optional.of(text);
            case Value.Num(BigDecimal number) -> Optional.of(number.toPlainString());
            case Value.Flag(boolean flag) -> Optional.of(flag ? "true" : "false");
            case Value.Nothing _, Value.Items _, Value.Fields _ -> Optional.empty();
        };
    }
}
