package dev.remit.decision.intent;

import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON and what Python prints of the same, forgiving; empty if it is neither. */
final class Flow {
    private static final int DEPTH = 60;

    private final String text;
    private int at;

    private Flow(String text) {
        this.text = text;
    }

    static Optional<Value> read(String text) {
        Flow flow = new Flow(text);
        try {
            Value value = flow.value(0);
            flow.blank();
            if (flow.at < text.length()) {
                return Optional.empty();
            }
            if (value instanceof Value.Text(String inner)
                    && (inner.startsWith("{") || inner.startsWith("["))) {
                return read(inner).or(() -> Optional.of(value)); // printed twice
            }
            return Optional.of(value);
        } catch (NotThis e) {
            return Optional.empty();
        }
    }

    private static final class NotThis extends Exception {
        private static final long serialVersionUID = 1;

        NotThis() {
            super("", null, false, false);
        }
    }

    private void blank() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char next() throws NotThis {
        blank();
        if (at >= text.length()) {
            throw new NotThis();
        }
        return text.charAt(at);
    }

    private void take(char c) throws NotThis {
        if (next() != c) {
            throw new NotThis();
        }
        at++;
    }

    private Value value(int depth) throws NotThis {
        if (depth > DEPTH) {
            throw new NotThis();
        }
        return switch (next()) {
            case '{' -> fields(depth);
            case '[' -> items(depth);
            case '"', '\'' -> Value.of(string());
            default -> word();
        };
    }

    private Value fields(int depth) throws NotThis {
        Map<String, Value> fields = new LinkedHashMap<>();
        at++;
        while (next() != '}') {
            String name = next() == '"' || next() == '\'' ? string() : word().json();
            take(':');
            if (fields.put(name, value(depth + 1)) != null) {
                throw new NotThis();
            }
            if (next() == ',') {
                at++;
            }
        }
        at++;
        return new Value.Fields(fields);
    }

    private Value items(int depth) throws NotThis {
        List<Value> items = new ArrayList<>();
        at++;
        while (next() != ']') {
            items.add(value(depth + 1));
            if (next() == ',') {
                at++;
            }
        }
        at++;
        return new Value.Items(items);
    }

    private String string() throws NotThis {
        char quote = text.charAt(at++);
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            int run = at;
            while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\\') {
                at++;
            }
            out.append(text, run, at);
            if (at == text.length()) {
                break;
            }
            if (text.charAt(at) == quote) {
                at++;
                return out.toString();
            }
            if (at + 1 < text.length()) {
                at = escape(text, at, out);
            } else {
                out.append('\\');
            }
            at++;
        }
        throw new NotThis();
    }

    /** Resolves the escape that starts here; gives the place of its last character. */
    static int escape(String text, int at, StringBuilder out) {
        char c = text.charAt(at + 1);
        switch (c) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'x', 'u', 'U' -> {
                int digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
                int end = at + 2 + digits;
                long point = end <= text.length() ? hexadecimal(text, at + 2, end) : -1;
                if (point >= 0) {
                    if (point <= Character.MAX_CODE_POINT) {
                        out.appendCodePoint((int) point);
                    }
                    return end - 1;
                }
                out.append(c);
            }
            default -> out.append(c);
        }
        return at + 1;
    }

    /** The number that these digits are; -1 if they are not all digits. */
    private static long hexadecimal(String text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            number = number * 16 + digit;
        }
        return number;
    }

    private Value word() throws NotThis {
        int start = at;
        while (at < text.length() && ",:]}\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at).strip();
        if (word.isEmpty() || word.length() > 200 || "\"'{[".indexOf(word.charAt(0)) >= 0) {
            throw new NotThis();
        }
        Value value = Outline.plain(word);
        if (value instanceof Value.Text && word.indexOf(' ') >= 0) {
            throw new NotThis();
        }
        return value;
    }
}
