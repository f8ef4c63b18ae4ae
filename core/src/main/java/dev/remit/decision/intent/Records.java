package dev.remit.decision.intent;

import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records that a tool wrote out as text: blocks of lines like {@code Due date: 3 May}, with lines
 * of strokes, or empty ones, between them; or a table, with strokes or tabs between its columns.
 * Whoever wrote into such a text could write a record of its own, so one that gives orders anywhere
 * has none.
 */
final class Records {
    private static final int MOST_LINES = 20_000;
    private static final int LONGEST_NAME = 40; // characters
    private static final Pattern NAMED =
            Pattern.compile("\\s{0,4}(\\p{L}[\\p{L}\\p{N} _/()#-]{0,39}?) ?:(?: +(\\S.*))?");
    private static final Pattern BETWEEN = Pattern.compile("\\s*(?:[-=*_]{3,}\\s*)?");
    private static final Pattern CELLS = Pattern.compile("\\s*\\|\\s*|\\s*\\t\\s*");
    private static final Pattern COUNT =
            Pattern.compile("\\s*\\(?[0-9]{1,9} [a-z]{1,20}\\)?\\.?\\s*");
    private static final Pattern RULE = Pattern.compile("[\\s|+:=-]+");

    private Records() {}

    static Optional<Value> read(String text) {
        List<String> lines = text.lines().limit(MOST_LINES + 1L).toList();
        if (lines.size() < 2 || lines.size() > MOST_LINES) {
            return Optional.empty();
        }
        Optional<Value> read = table(lines).or(() -> blocks(lines));
        return read.filter(_ -> Orders.read(Words.normal(text)) != Alarm.ORDER);
    }

    private static Optional<Value> blocks(List<String> lines) {
        List<Value> blocks = new ArrayList<>();
        Map<String, Value> block = new LinkedHashMap<>();
        for (String line : lines) {
            if (BETWEEN.matcher(line).matches() || COUNT.matcher(line).matches()) {
                end(block, blocks);
                continue;
            }
            Matcher named = NAMED.matcher(line);
            if (!named.matches()) {
                return Optional.empty();
            }
            String value = named.group(2) == null ? "" : named.group(2).strip();
            if (block.put(named.group(1).strip(), Outline.plain(value)) != null) {
                return Optional.empty();
            }
        }
        end(block, blocks);
        return blocks.isEmpty() ? Optional.empty() : Optional.of(new Value.Items(blocks));
    }

    private static void end(Map<String, Value> block, List<Value> blocks) {
        if (!block.isEmpty()) {
            blocks.add(new Value.Fields(new LinkedHashMap<>(block)));
            block.clear();
        }
    }

    private static Optional<Value> table(List<String> lines) {
        boolean commas =
                lines.getFirst().indexOf(',') > 0 && !CELLS.matcher(lines.getFirst()).find();
        List<String> names = List.of();
        List<Value> records = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || RULE.matcher(line).matches() || COUNT.matcher(line).matches()) {
                continue;
            }
            List<String> row = commas ? values(line) : cells(line);
            if (names.isEmpty()) {
                if (row.size() < (commas ? 3 : 2) || !row.stream().allMatch(Records::isName)) {
                    return Optional.empty(); // as most texts
                }
                names = row;
            } else if (row.size() == names.size()) {
                records.add(record(names, row));
            } else {
                return Optional.empty();
            }
        }
        return records.isEmpty() ? Optional.empty() : Optional.of(new Value.Items(records));
    }

    private static Value record(List<String> names, List<String> row) {
        Map<String, Value> record = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            record.put(names.get(i), Outline.plain(row.get(i)));
        }
        return new Value.Fields(record);
    }

    /** The values of a line of comma-separated ones (RFC 4180). */
    private static List<String> values(String line) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= line.length(); i++) {
            char c = i < line.length() ? line.charAt(i) : ',';
            if (c == '"') {
                quoted = !quoted;
                if (quoted && i > 0 && line.charAt(i - 1) == '"') {
                    value.append(c); // two of them are one of the value
                }
            } else if (c == ',' && (!quoted || i == line.length())) {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        return values;
    }

    private static List<String> cells(String line) {
        String bare = line.strip();
        bare = bare.startsWith("|") ? bare.substring(1) : bare;
        bare = bare.endsWith("|") ? bare.substring(0, bare.length() - 1) : bare;
        return List.of(CELLS.split(bare.strip(), -1));
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.split(" ", 4).length < 4
                && name.chars().noneMatch(c -> Character.isDigit(c) || c == '@' || c == '.');
    }
}
