package dev.remit.cli.terminal;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A call that waits, as the terminal shows it: the risk first, then all that would be sent.
 * Whatever an agent, a tool or a document wrote stands behind a mark on every line.
 */
public final class QuestionCard {
    private static final int LONGEST = 400; // lines
    private static final String MARK = "  | ";
    private static final int LABEL = 10;

    private final Value.Fields question;
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    private QuestionCard(Value.Fields question, int columns) {
        this.question = question;
        this.columns = columns;
    }

    /** The card of a question as {@code questions/list} has it. */
    public static List<String> of(Value.Fields question, int columns) {
        QuestionCard card = new QuestionCard(question, columns);
        card.write();
        return List.copyOf(card.lines);
    }

    /** Whether all of it can be looked through at a terminal. */
    static boolean isShown(Value.Fields question, int columns) {
        return of(question, columns).size() <= LONGEST;
    }

    private void write() {
        Value.Fields risk = question.fields("risk").orElse(Value.Fields.EMPTY);
        said((risk.flag("final") ? "! " : "") + text(risk, "title") + ": " + text(risk, "words"));
        String doubt = text(question, "doubt");
        if (!doubt.isEmpty()) {
            said("! Doubt:");
            quote(doubt);
        }
        said("An agent asks to make this call:");
        label("agent", text(question, "agent_name"));
        label("tool", text(question, "tool"));
        lines.add("");
        for (Value one : question.items("sent")) {
            if (one instanceof Value.Fields sent) {
                sent(sent);
            }
        }
        if (question.items("sent").isEmpty()) {
            said("It would send no arguments.");
        }
        lines.add("");
        String detail = text(question, "detail");
        label("because", text(question, "because") + (detail.isEmpty() ? "" : ": " + detail));
        label("task", text(question, "task"));
        label("asked", text(question, "since") + "; silence until " + text(question, "until"));
        if (question.flag("widens")) {
            for (Value like : question.items("like_it")) {
                label("like it", like instanceof Value.Text(String words) ? words : "");
            }
        }
    }

    private void sent(Value.Fields sent) {
        String purpose = text(sent, "purpose");
        label("argument", text(sent, "argument") + (purpose.isEmpty() ? "" : " (" + purpose + ")"));
        if (sent.flag("agents_words")) {
            said("  the agent's words:");
        }
        quote(sent.get("value").map(QuestionCard::plain).orElse(""));
        Value.Fields before = sent.fields("before").orElse(Value.Fields.EMPTY);
        if (!before.values().isEmpty()) {
            said(
                    "  against what "
                            + Quotation.of(text(before, "read_by"))
                            + " answered at "
                            + text(before, "read_at"));
            for (Value one : before.items("difference")) {
                if (one instanceof Value.Fields line) {
                    difference(line);
                }
            }
        }
        for (Value origin : sent.items("origins")) {
            label("  from", origin instanceof Value.Text(String words) ? words : "");
        }
    }

    private void difference(Value.Fields line) {
        String mark =
                switch (text(line, "line")) {
                    case "goes" -> "  |- ";
                    case "comes" -> "  |+ ";
                    case "left-out" -> "  |… ";
                    default -> "  |  ";
                };
        marked(mark, text(line, "text"));
    }

    private static String plain(Value value) {
        return value instanceof Value.Text(String text) ? text : value.json();
    }

    private static String text(Value.Fields fields, String name) {
        return fields.text(name).orElse("");
    }

    /** Our own words, of one line at most. */
    private void said(String words) {
        lines.addAll(Quoted.lines(words, columns));
    }

    private void quote(String words) {
        marked(MARK, words);
    }

    private void marked(String mark, String words) {
        for (String line : Quoted.lines(words, columns - mark.length())) {
            lines.add(mark + line);
        }
    }

    private void label(String label, String words) {
        String before = String.format("%-" + LABEL + "s| ", label);
        for (String line : Quoted.lines(words, columns - before.length())) {
            lines.add(before + line);
            before = " ".repeat(LABEL) + "| ";
        }
    }
}
