package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Arguments;
import dev.remit.call.Quotation;
import dev.remit.registry.asked.Before;
import dev.remit.registry.asked.Difference;
import dev.remit.registry.asked.SentValue;
import dev.remit.registry.asked.Waiting;
import dev.remit.web.Html;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call would send, the most consequential first, each value with where it came from and,
 * where that is known, with what it would replace.
 */
final class Sent {
    private final Waiting one;

    Sent(Waiting one) {
        this.one = one;
    }

    Html html() {
        List<Html> rows = one.sent().stream().map(this::row).toList();
        if (rows.isEmpty()) {
            return element("p", "It would send no arguments.");
        }
        return element(
                        "table",
                        element("caption", "What it would send"),
                        element(
                                "thead",
                                element(
                                        "tr",
                                        column("argument"),
                                        column("value"),
                                        column("where it came from"))),
                        element("tbody", rows))
                .with("class", "log sent");
    }

    private static Html column(String title) {
        return element("th", title).with("scope", "col");
    }

    private Html row(SentValue sent) {
        String purpose = sent.purpose();
        return element(
                "tr",
                element(
                                "th",
                                element("code", Quotation.whole(sent.argument())),
                                element("small", purpose.isEmpty() ? "" : " " + purpose))
                        .with("scope", "row"),
                cell("value", value(sent)),
                cell("where it came from", origins(sent)));
    }

    private static Html cell(String label, Html... inside) {
        return element("td", inside).with("data-label", label);
    }

    /** What the agent wrote itself stands as a quotation. */
    private Html[] value(SentValue sent) {
        Html shown = element("pre", Quotation.whole(sent.said()));
        List<Html> all = new ArrayList<>();
        all.add(
                sent.isAgents()
                        ? element("blockquote", element("small", "the agent's words"), shown)
                        : shown);
        one.before()
                .filter(_ -> sent.before().isPresent())
                .ifPresent(before -> all.add(change(sent, before)));
        return all.toArray(Html[]::new);
    }

    /** What was there before and what would be there then, line by line. */
    private static Html change(SentValue sent, Before before) {
        List<Html> inside = new ArrayList<>();
        inside.add(
                element(
                        "p",
                        text("Against what "),
                        element("code", Quotation.of(before.by().toString())),
                        text(" answered at "),
                        QuestionHtml.time(before.readAt()),
                        text(", when it was last read for this task:")));
        List<Difference.Line> lines = sent.difference();
        boolean same = lines.stream().noneMatch(Sent::changes);
        if (same) {
            inside.add(element("p", "it would stay as it was."));
        } else {
            lines.forEach(line -> inside.add(line(line)));
        }
        return element("div", inside).with("class", "change");
    }

    private static boolean changes(Difference.Line line) {
        return switch (line.fate()) {
            case GOES, COMES -> true;
            case STAYS, LEFT_OUT -> false;
        };
    }

    private static Html line(Difference.Line line) {
        String shown = Quotation.whole(line.text());
        return switch (line.fate()) {
            case GOES -> element("del", "− " + shown);
            case COMES -> element("ins", "+ " + shown);
            case STAYS -> element("span", "  " + shown);
            case LEFT_OUT -> element("span", "… " + shown).with("class", "quiet");
        };
    }

    /** Arguments as they would be sent, by themselves. */
    static Html plain(Arguments arguments) {
        List<Html> all = new ArrayList<>();
        arguments
                .fields()
                .values()
                .forEach(
                        (name, value) -> {
                            all.add(element("dt", element("code", Quotation.whole(name))));
                            all.add(
                                    element(
                                            "dd",
                                            element(
                                                    "pre",
                                                    Quotation.whole(SentValue.said(value)))));
                        });
        return all.isEmpty() ? element("p", "no arguments") : element("dl", all);
    }

    private static Html[] origins(SentValue sent) {
        boolean quiet = sent.origins().isEmpty();
        return sent.standings().stream()
                .map(said -> element("p", Quotation.of(said)))
                .map(line -> quiet ? line.with("class", "quiet") : line)
                .toArray(Html[]::new);
    }
}
