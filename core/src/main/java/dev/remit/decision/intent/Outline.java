package dev.remit.decision.intent;

import dev.remit.call.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The structure of what a tool answered as text: JSON, what Python prints, or the block style of
 * YAML; anything else is one text. It never fails: what it cannot follow stays text, which is
 * trusted least.
 */
final class Outline {
    private static final int DEPTH = 40;
    private static final int ENTRIES = 200_000;

    private final List<String> lines;
    private int at;
    private int entries;

    private Outline(List<String> lines) {
        this.lines = lines;
    }

    static Value read(String text) {
        String bare = text.strip();
        if (bare.startsWith("{") || bare.startsWith("[") || isQuotedStructure(bare)) {
            Optional<Value> flow = Flow.read(bare);
            if (flow.isPresent()) {
                return flow.get();
            }
        }
        List<String> lines = new ArrayList<>(text.lines().toList());
        Outline outline = new Outline(lines);
        outline.skipBlank();
        if (outline.at < lines.size()) {
            int indent = indent(lines.get(outline.at));
            String first = lines.get(outline.at).strip();
            if (isItem(first) || key(first) > 0) {
                Optional<Value> block = outline.block(indent, 0);
                outline.skipBlank();
                if (block.isPresent() && outline.at >= lines.size()) {
                    return block.get();
                }
            }
        }
        return Records.read(text).orElse(Value.of(text));
    }

    private static boolean isQuotedStructure(String bare) {
        return bare.length() > 2
                && bare.charAt(0) == '"'
                && (bare.charAt(1) == '{' || bare.charAt(1) == '[');
    }

    private void skipBlank() {
        while (at < lines.size() && lines.get(at).isBlank()) {
            at++;
        }
    }

    private static int indent(String line) {
        int n = 0;
        while (n < line.length() && line.charAt(n) == ' ') {
            n++;
        }
        return n;
    }

    private static boolean isItem(String bare) {
        return bare.equals("-") || bare.startsWith("- ");
    }

    /** The length of the key a line starts with; 0 if it starts with none. */
    private static int key(String bare) {
        int end = 0;
        while (end < bare.length()
                && end < 60
                && (Character.isLetterOrDigit(bare.charAt(end))
                        || "_-.@/".indexOf(bare.charAt(end)) >= 0)) {
            end++;
        }
        boolean colon = end > 0 && end < bare.length() && bare.charAt(end) == ':';
        return colon && (end + 1 == bare.length() || bare.charAt(end + 1) == ' ') ? end : 0;
    }

    private Optional<Value> block(int indent, int depth) {
        if (depth > DEPTH) {
            return Optional.empty();
        }
        return isItem(lines.get(at).strip()) ? items(indent, depth) : fields(indent, depth);
    }

    private Optional<Value> items(int indent, int depth) {
        List<Value> items = new ArrayList<>();
        while (true) {
            skipBlank();
            if (at >= lines.size()
                    || indent(lines.get(at)) != indent
                    || !isItem(lines.get(at).strip())) {
                break;
            }
            if (++entries > ENTRIES) {
                return Optional.empty();
            }
            String line = lines.get(at);
            String rest = line.strip().substring(1).strip();
            int inner = line.length() - line.stripLeading().substring(1).stripLeading().length();
            Optional<Value> item;
            if (!rest.isEmpty() && (key(rest) > 0 || isItem(rest))) {
                lines.set(at, " ".repeat(inner) + rest);
                item = block(inner, depth + 1);
            } else {
                at++;
                item = scalar(rest, indent, depth);
            }
            if (item.isEmpty()) {
                return item;
            }
            items.add(item.get());
        }
        return Optional.of(new Value.Items(items));
    }

    private Optional<Value> fields(int indent, int depth) {
        Map<String, Value> fields = new LinkedHashMap<>();
        while (true) {
            skipBlank();
            if (at >= lines.size() || indent(lines.get(at)) != indent) {
                break;
            }
            String bare = lines.get(at).strip();
            int key = key(bare);
            if (key == 0 || isItem(bare)) {
                break;
            }
            if (++entries > ENTRIES) {
                return Optional.empty();
            }
            at++;
            Optional<Value> value = scalar(bare.substring(key + 1).strip(), indent, depth);
            if (value.isEmpty() || fields.put(bare.substring(0, key), value.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Value.Fields(fields));
    }

    /** What follows a key or a dash: on the line, over several lines, or nested below. */
    private Optional<Value> scalar(String start, int indent, int depth) {
        if (start.isEmpty()) {
            int before = at;
            skipBlank();
            if (at < lines.size()) {
                int below = indent(lines.get(at));
                String bare = lines.get(at).strip();
                boolean nested = below > indent && (isItem(bare) || key(bare) > 0);
                if (nested
                        || (below == indent
                                && isItem(bare)
                                && key(lines.get(before - 1).strip()) > 0)) {
                    return block(below, depth + 1);
                }
            }
            at = before;
            return Optional.of(Value.of(""));
        }
        char first = start.charAt(0);
        if (first == '\'' || first == '"') {
            return quoted(start, first);
        }
        if ((first == '|' || first == '>') && start.length() <= 2) {
            return Optional.of(Value.of(deeper(indent)));
        }
        if (first == '[' || first == '{') {
            Optional<Value> flow = Flow.read(start);
            if (flow.isPresent()) {
                return flow;
            }
        }
        String rest = deeper(indent);
        return Optional.of(rest.isEmpty() ? plain(start) : Value.of(start + " " + rest));
    }

    private String deeper(int indent) {
        StringBuilder text = new StringBuilder();
        while (at < lines.size() && (lines.get(at).isBlank() || indent(lines.get(at)) > indent)) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            text.append(lines.get(at).strip());
            at++;
        }
        return text.toString().strip();
    }

    private Optional<Value> quoted(String start, char quote) {
        StringBuilder text = new StringBuilder();
        String line = start;
        int i = 1;
        while (true) {
            for (; i < line.length(); i++) {
                int run = i;
                while (i < line.length() && line.charAt(i) != quote && line.charAt(i) != '\\') {
                    i++;
                }
                text.append(line, run, i);
                if (i == line.length()) {
                    break;
                }
                char c = line.charAt(i);
                boolean more = i + 1 < line.length();
                if (c == quote && quote == '\'' && more && line.charAt(i + 1) == quote) {
                    text.append(quote);
                    i++;
                } else if (c == quote) {
                    boolean last = line.substring(i + 1).isBlank();
                    return last ? Optional.of(Value.of(text.toString())) : Optional.empty();
                } else if (quote == '\'') {
                    text.append(c);
                } else if (more) {
                    i = Flow.escape(line, i, text);
                } else {
                    break; // the line goes on below
                }
            }
            if (at >= lines.size()) {
                return Optional.empty();
            }
            text.append(lines.get(at).isBlank() ? '\n' : ' ');
            line = lines.get(at).strip();
            at++;
            i = 0;
        }
    }

    /** A bare word: a number, a switch, nothing, or a text. */
    static Value plain(String word) {
        return switch (word) {
            case "null", "None", "~" -> new Value.Nothing();
            case "true", "True" -> Value.of(true);
            case "false", "False" -> Value.of(false);
            default -> number(word);
        };
    }

    private static Value number(String word) {
        if (word.length() < 30 && isNumber(word)) {
            return new Value.Num(new BigDecimal(word));
        }
        return Value.of(word);
    }

    /** As JSON writes them, without exponents. */
    private static boolean isNumber(String word) {
        int start = word.startsWith("-") ? 1 : 0;
        int end = digits(word, start);
        if (end == start || (word.charAt(start) == '0' && end > start + 1)) {
            return false;
        }
        if (end == word.length()) {
            return true;
        }
        int last = digits(word, end + 1);
        return word.charAt(end) == '.' && last > end + 1 && last == word.length();
    }

    private static int digits(String word, int from) {
        int end = from;
        while (end < word.length() && word.charAt(end) >= '0' && word.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
