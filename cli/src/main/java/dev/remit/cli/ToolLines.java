package dev.remit.cli;

import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a tool is taken to do, on a terminal. */
final class ToolLines {
    private static final int MOST_DESCRIPTION = 70; // characters of the short form
    private static final int NAME = 40; // columns of the short form
    private static final int ARGUMENT = 20; // columns of an argument's name
    private static final int COLUMN = 34;
    private static final String OWN = " (yours; its definition: ";

    private ToolLines() {}

    /** One line. */
    static String inShort(Value.Fields tool) {
        StringBuilder line = new StringBuilder();
        line.append(tool.text("held").isPresent() ? "HELD, its definition changed: " : "");
        line.append(tool.flag("reads") ? "(reads) " : "(" + effects(taken(tool)) + ") ");
        texts(tool.items("labels")).forEach(label -> line.append('#').append(label).append(' '));
        String description = Shown.plain(tool.text("description").orElse(""));
        line.append(description, 0, Math.min(MOST_DESCRIPTION, description.length()));
        return pad(tool.text("tool").orElse(""), NAME) + line;
    }

    /** All of it; where a changed definition is held, what it would be taken for stands beside. */
    static List<String> all(Value.Fields tool) {
        List<String> lines = new ArrayList<>();
        lines.add(Shown.plain(tool.text("tool").orElse("")));
        lines.add("  " + Shown.plain(tool.text("description").orElse("")));
        Value.Fields now = taken(tool);
        Optional<Value.Fields> then = tool.fields("would_be_taken_to");
        if (then.isPresent()) {
            lines.add(row("", "accepted", Optional.of("held, as it would be")));
        }
        lines.add(row("does", does(now, tool.flag("reads")), then.map(one -> does(one, false))));
        Set<String> arguments = new TreeSet<>(arguments(now).values().keySet());
        then.ifPresent(one -> arguments.addAll(arguments(one).values().keySet()));
        for (String argument : arguments) {
            lines.add(row(argument, role(now, argument), then.map(one -> role(one, argument))));
        }
        lines.add(row("receives", list(now, "receives"), then.map(one -> list(one, "receives"))));
        lines.add(
                row(
                        "outsiders set",
                        list(now, "outsiders_set"),
                        then.map(one -> list(one, "outsiders_set"))));
        return lines;
    }

    /** A line of the table; one that a changed definition makes another is marked. */
    private static String row(String name, String now, Optional<String> then) {
        boolean other = then.filter(one -> !one.equals(now)).isPresent() && !name.isEmpty();
        String start = (other ? "! " : "  ") + pad(Shown.plain(name), ARGUMENT);
        return then.map(one -> start + pad(now, COLUMN) + one).orElse(start + now).stripTrailing();
    }

    private static String does(Value.Fields taken, boolean marked) {
        String read = marked ? effects(taken) + " (marked so)" : effects(taken);
        return own(taken)
                .filter(one -> one.get("effects").isPresent())
                .map(one -> effects(taken) + OWN + effects(one) + ")")
                .orElse(read);
    }

    private static String role(Value.Fields taken, String argument) {
        Optional<Value> read =
                own(taken).flatMap(one -> one.fields("arguments")).flatMap(of -> of.get(argument));
        return arguments(taken)
                .text(argument)
                .map(
                        role ->
                                read.map(
                                                one ->
                                                        role
                                                                + OWN
                                                                + (one
                                                                                instanceof
                                                                                Value.Text(var was)
                                                                        ? was
                                                                        : "no such argument")
                                                                + ")")
                                        .orElse(role))
                .orElse("no such argument");
    }

    private static Optional<Value.Fields> own(Value.Fields taken) {
        return taken.fields("instead_of");
    }

    private static Value.Fields arguments(Value.Fields taken) {
        return taken.fields("arguments").orElse(Value.Fields.EMPTY);
    }

    private static Value.Fields taken(Value.Fields tool) {
        return tool.fields("taken_to").orElse(Value.Fields.EMPTY);
    }

    private static String effects(Value.Fields of) {
        return String.join(", ", texts(of.items("effects")));
    }

    private static String list(Value.Fields of, String name) {
        List<String> all = texts(of.items(name));
        return all.isEmpty() ? "-" : Shown.plain(String.join(", ", all));
    }

    private static List<String> texts(List<Value> values) {
        return values.stream()
                .map(one -> one instanceof Value.Text(String text) ? text : "")
                .toList();
    }

    private static String pad(String text, int to) {
        return text + " ".repeat(Math.max(1, to - text.length()));
    }
}
