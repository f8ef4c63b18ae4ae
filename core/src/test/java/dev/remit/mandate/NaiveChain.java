package dev.remit.mandate;

import dev.remit.call.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What a delegation means, told as plainly as can be: by trying every call of a small universe. It
 * shares no line with what it is held against.
 */
final class NaiveChain {
    /** A call: a tool and its arguments. */
    record Attempt(String tool, Map<String, Value> arguments) {}

    private static final List<Value> NUMBERS =
            List.of(Value.of(0), Value.of(5), Value.of(10), Value.of(11), Value.of("5"));
    private static final List<Value> TEXTS =
            List.of(
                    Value.of("/a"),
                    Value.of("/a/b"),
                    Value.of("/ab"),
                    Value.of("/a/../c"),
                    Value.of("x"));

    private static final Map<String, Pattern> GLOBS = new ConcurrentHashMap<>();

    private NaiveChain() {}

    static List<Attempt> universe() {
        List<Attempt> all = new ArrayList<>();
        for (String tool : List.of("a.r", "a.w", "b.r", "b.x")) {
            for (int n = -1; n < NUMBERS.size(); n++) {
                for (int p = -1; p < TEXTS.size(); p++) {
                    for (boolean z : new boolean[] {false, true}) {
                        all.add(new Attempt(tool, arguments(n, p, z)));
                    }
                }
            }
        }
        return all;
    }

    private static Map<String, Value> arguments(int n, int p, boolean z) {
        Map<String, Value> arguments = new HashMap<>();
        if (n >= 0) {
            arguments.put("n", NUMBERS.get(n));
        }
        if (p >= 0) {
            arguments.put("p", TEXTS.get(p));
        }
        if (z) {
            arguments.put("z", Value.of(true));
        }
        return arguments;
    }

    /** The numbers of those calls that one of these permissions includes. */
    static Set<Integer> included(List<Value> permissions, List<Attempt> universe) {
        Set<Integer> included = new HashSet<>();
        for (int i = 0; i < universe.size(); i++) {
            for (Value permission : permissions) {
                if (includes((Value.Fields) permission, universe.get(i))) {
                    included.add(i);
                    break;
                }
            }
        }
        return included;
    }

    private static boolean includes(Value.Fields permission, Attempt attempt) {
        if (!like(permission.text("tool").orElseThrow(), attempt.tool())) {
            return false;
        }
        Value.Fields wanted = permission.fields("arguments").orElse(Value.Fields.EMPTY);
        if (wanted.values().isEmpty()) {
            return true;
        }
        for (String name : wanted.values().keySet()) {
            Value.Fields how = wanted.fields(name).orElseThrow();
            Value given = attempt.arguments().get(name);
            boolean mayBeMissing = name.equals("*") || how.flag("any");
            if (given == null ? !mayBeMissing : !fits(how, given)) {
                return false;
            }
        }
        for (Map.Entry<String, Value> given : attempt.arguments().entrySet()) {
            if (wanted.get(given.getKey()).isEmpty()
                    && wanted.fields("*").filter(how -> fits(how, given.getValue())).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Value.Fields how, Value given) {
        if (how.get("exact").isPresent()) {
            return how.get("exact").orElseThrow().json().equals(given.json());
        }
        if (how.get("one_of").isPresent()) {
            return how.items("one_of").stream().anyMatch(one -> one.json().equals(given.json()));
        }
        if (how.flag("any")) {
            return true;
        }
        if (how.get("min").isPresent() || how.get("max").isPresent()) {
            return given instanceof Value.Num(BigDecimal number)
                    && number.doubleValue() >= bound(how, "min", Double.NEGATIVE_INFINITY)
                    && number.doubleValue() <= bound(how, "max", Double.POSITIVE_INFINITY);
        }
        if (!(given instanceof Value.Text(String text))) {
            return false;
        }
        return how.text("pattern").filter(glob -> like(glob, text)).isPresent()
                || how.text("path_below").filter(root -> isBelow(root, text)).isPresent();
    }

    private static double bound(Value.Fields how, String name, double open) {
        return how.whole(name).isPresent() ? how.whole(name).getAsLong() : open;
    }

    private static boolean isBelow(String root, String path) {
        List<String> names = Arrays.asList(path.split("/", -1));
        List<String> above = Arrays.asList(root.split("/", -1));
        return names.size() >= above.size()
                && names.subList(0, above.size()).equals(above)
                && names.stream().noneMatch(one -> one.equals("..") || one.equals("."));
    }

    private static boolean like(String glob, String text) {
        return GLOBS.computeIfAbsent(glob, NaiveChain::regex).matcher(text).matches();
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }
}
