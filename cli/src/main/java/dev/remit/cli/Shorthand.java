package dev.remit.cli;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A permission as it is typed: {@code documents.edit_document(document=agenda, text=*) x3}.
 *
 * <p>{@code name=value} is exactly that, {@code name=a|b} one of them, {@code name=*} anything,
 * {@code name~glob} like it, {@code name<=9} and {@code name>=1} a range, {@code name=/path/**} at
 * or below a path, and {@code *} any argument not named. Without parentheses any arguments will do;
 * {@code x3} is good for three calls.
 *
 * <p>Then what must have been done before, one after the other: {@code after upstream.tool} has
 * succeeded, {@code not after upstream.tool} or {@code not after #label} was called, {@code 2 per
 * upstream.tool} that has succeeded.
 */
public final class Shorthand {
    private static final Pattern WHOLE =
            Pattern.compile(
                    "([^\\s()]+)\\s*(?:\\((.*)\\))?\\s*(?:x(\\d{1,9})(?=\\s|$))?((?:\\s*(?:not after|after|\\d{1,6} per) [^\\s()]+)*)",
                    Pattern.DOTALL);
    private static final Pattern CONDITION =
            Pattern.compile("(not after|after|\\d{1,6} per) ([^\\s()]+)");
    private static final Pattern ARGUMENT =
            Pattern.compile("([^\\s=~<>]+)\\s*(<=|>=|=|~)\\s*(.*)", Pattern.DOTALL);

    private Shorthand() {}

    public static Value permissions(List<String> typed) {
        List<Value> permissions = new ArrayList<>();
        typed.forEach(one -> permissions.add(permission(one)));
        return new Value.Items(permissions);
    }

    static Value.Fields permission(String typed) {
        Matcher whole = WHOLE.matcher(typed.strip());
        if (!whole.matches()) {
            throw new CommandFailed(
                    "`"
                            + typed
                            + "` is not a permission; write upstream.tool or upstream.tool(name=value, *)");
        }
        Value.Building permission = Value.object().put("tool", whole.group(1));
        if (whole.group(2) != null) {
            permission.put("arguments", arguments(whole.group(2), typed));
        }
        if (whole.group(3) != null) {
            permission.put("uses", Long.parseLong(whole.group(3)));
        }
        List<Value> when = new ArrayList<>();
        for (Matcher one = CONDITION.matcher(whole.group(4)); one.find(); ) {
            when.add(condition(one.group(1), one.group(2)));
        }
        if (!when.isEmpty()) {
            permission.put("when", new Value.Items(when));
        }
        return permission.build();
    }

    private static Value condition(String words, String tool) {
        return switch (words) {
            case "after" -> Value.object().put("after", tool).build();
            case "not after" ->
                    tool.startsWith("#")
                            ? Value.object().put("not_after_label", tool.substring(1)).build()
                            : Value.object().put("not_after", tool).build();
            default ->
                    Value.object()
                            .put("per", tool)
                            .put("most", Long.parseLong(words.substring(0, words.indexOf(' '))))
                            .build();
        };
    }

    private static Value.Fields arguments(String typed, String permission) {
        Map<String, Value> arguments = new LinkedHashMap<>();
        for (String one : split(typed)) {
            if (one.equals("*")) {
                arguments.put("*", any());
                continue;
            }
            Matcher argument = ARGUMENT.matcher(one);
            if (!argument.matches()) {
                throw new CommandFailed(
                        "`"
                                + one
                                + "` in `"
                                + permission
                                + "` is not name=value, name~glob, name<=n or name>=n");
            }
            Value.Fields constraint = constraint(argument.group(2), argument.group(3).strip());
            arguments.merge(
                    argument.group(1),
                    constraint,
                    (first, second) -> join(first, second, permission));
        }
        if (arguments.isEmpty()) {
            throw new CommandFailed(
                    "`"
                            + permission
                            + "` allows no arguments; write (*) for any, or leave the parentheses out");
        }
        return new Value.Fields(arguments);
    }

    private static Value join(Value first, Value second, String permission) {
        if (first instanceof Value.Fields one && second instanceof Value.Fields other) {
            Map<String, Value> both = new LinkedHashMap<>(one.values());
            both.putAll(other.values());
            if (both.size() == 2 && both.containsKey("min") && both.containsKey("max")) {
                return new Value.Fields(both);
            }
        }
        throw new CommandFailed("an argument is constrained twice in `" + permission + "`");
    }

    private static Value.Fields constraint(String operator, String text) {
        return switch (operator) {
            case "~" -> Value.object().put("pattern", text).build();
            case "<=" -> Value.object().put("max", scalar(text)).build();
            case ">=" -> Value.object().put("min", scalar(text)).build();
            default -> equal(text);
        };
    }

    private static Value.Fields equal(String text) {
        if (text.equals("*")) {
            return any();
        }
        if (text.length() > 3 && text.endsWith("/**")) {
            return Value.object().put("path_below", text.substring(0, text.length() - 3)).build();
        }
        if (text.contains("|") && !text.startsWith("\"")) {
            List<Value> values = new ArrayList<>();
            for (String one : text.split("\\|", -1)) {
                values.add(scalar(one.strip()));
            }
            return Value.object().put("one_of", new Value.Items(values)).build();
        }
        return Value.object().put("exact", scalar(text)).build();
    }

    /** JSON if it is a number, a flag or quoted; any other text as it stands. */
    private static Value scalar(String text) {
        if (text.matches("true|false|-?\\d.*|\".*\"")) {
            try {
                return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
            } catch (MalformedJson e) {
                return Value.of(text);
            }
        }
        return Value.of(text);
    }

    private static Value.Fields any() {
        return Value.object().put("any", true).build();
    }

    /** Splits at commas outside quotes. */
    private static List<String> split(String typed) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        parts.removeIf(String::isEmpty);
        return parts;
    }
}
