package dev.remit.cli;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import java.io.PrintStream;
import java.util.List;

/** A mandate's card on a terminal. */
final class CardLines {
    private CardLines() {}

    /** A mandate's, or that of one that would be given. */
    static void print(PrintStream out, Value.Fields mandate) {
        Value.Fields card = mandate.fields("card").orElse(Value.Fields.EMPTY);
        out.println(Shown.plain(card.text("task").orElse("")));
        mandate.text("id")
                .ifPresent(
                        id -> line(out, "mandate", id + "  " + mandate.text("state").orElse("")));
        card.text("understood").ifPresent(asks -> line(out, "asks to", asks));
        texts(card, "plan").forEach(one -> line(out, "", one));
        for (Value one : mandate.items("suggested")) {
            line(out, "", suggestion((Value.Fields) one));
        }
        card.text("from").ifPresent(from -> line(out, "from", from));
        line(
                out,
                "agent",
                Quotation.of(card.text("agent").orElse(""))
                        + "  "
                        + mandate.text("agent").orElse("")
                        + ", for "
                        + Quotation.of(card.text("giver").orElse("")));
        for (Value reach : card.items("may")) {
            tools(out, (Value.Fields) reach);
        }
        if (card.items("may").isEmpty()) {
            line(out, "may", "do nothing yet; widen it with `remit mandate widen … --allow …`");
        }
        texts(card, "until").forEach(one -> line(out, "limit", one));
        texts(card, "may_not").forEach(one -> line(out, "may not", one));
        line(out, "asks", card.text("asks").orElse(""));
        mandate.fields("used")
                .ifPresent(
                        used ->
                                line(
                                        out,
                                        "so far",
                                        used.whole("calls").orElse(0)
                                                + " calls, "
                                                + used.whole("strikes").orElse(0)
                                                + " strikes"));
    }

    private static String suggestion(Value.Fields one) {
        return "a model of yours reads more in “"
                + one.text("because").orElse("")
                + "”; if it is so, say --also "
                + one.text("also").orElse("");
    }

    private static void tools(PrintStream out, Value.Fields reach) {
        for (Value one : reach.items("tools")) {
            Value.Fields tool = (Value.Fields) one;
            line(
                    out,
                    "may",
                    reach.text("upstream").orElse("")
                            + ": "
                            + tool.text("tools").orElse("")
                            + " ("
                            + tool.text("kind").orElse("")
                            + ")  "
                            + String.join("; ", texts(tool, "terms")));
        }
    }

    private static List<String> texts(Value.Fields fields, String name) {
        return fields.items(name).stream()
                .map(one -> one instanceof Value.Text(String text) ? text : "")
                .toList();
    }

    private static void line(PrintStream out, String what, String said) {
        out.println("  " + what + " ".repeat(Math.max(1, 9 - what.length())) + Shown.plain(said));
    }
}
