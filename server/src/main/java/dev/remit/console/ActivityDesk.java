package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.approval.Questions;
import dev.remit.call.Quotation;
import dev.remit.http.Exchange;
import dev.remit.identity.MandateId;
import dev.remit.identity.Role;
import dev.remit.ledger.told.Line;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Sheet;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Places;
import dev.remit.web.Routes;
import dev.remit.web.Section;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was done under a mandate: its timeline, the tools used, and where values went. */
final class ActivityDesk {
    private static final int MOST = 200;
    private static final int MOST_QUESTIONS = 1_000;

    private final ConsoleEdge.Tools tools;
    private final Chronicle chronicle;
    private final LineHtml html;

    ActivityDesk(ConsoleEdge.Tools tools, Chronicle chronicle) {
        this.tools = tools;
        this.chronicle = chronicle;
        this.html = new LineHtml(tools.agents());
    }

    void page(Exchange exchange) {
        Optional<Viewer> viewer =
                tools.signIns().forPage(exchange, Section.MANDATES.anyOf()).map(Viewer::new);
        if (viewer.isEmpty()) {
            return; // answered
        }
        Optional<Sheet> sheet =
                id(exchange.path().substring(Places.ACTIVITY.length()))
                        .flatMap(tools.mandates()::find)
                        .filter(one -> sees(viewer.get(), one));
        if (sheet.isEmpty()) {
            Routes.notThere(exchange);
            return;
        }
        page(viewer.get(), sheet.get()).answer(exchange);
    }

    /** As the mandate's own page: its giver, whoever answers for others, who sees everything. */
    private static boolean sees(Viewer viewer, Sheet sheet) {
        return viewer.seesAll()
                || viewer.who().has(Role.APPROVER)
                || sheet.mandate().giver().id().equals(viewer.who().person().id());
    }

    private static Optional<MandateId> id(String text) {
        try {
            return Optional.of(new MandateId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Page page(Viewer viewer, Sheet sheet) {
        Mandate mandate = sheet.mandate();
        List<Line> lines =
                chronicle.newest(one -> one.mandate().equals(Optional.of(mandate.id())), MOST);
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                        "p",
                        element("strong", sheet.state(tools.clock().instant())),
                        text(", by "),
                        html.agent(Optional.of(mandate.agent())),
                        text(", for " + Quotation.of(mandate.giver().name()) + ".")));
        main.add(element("pre", Quotation.whole(mandate.task().words())));
        main.add(
                element(
                        "p",
                        element("a", "What it may do, and how to end it")
                                .with("class", "button")
                                .with("href", Places.mandate(mandate.id()))));
        main.add(element("p", "Questions: " + questions(mandate) + "."));
        main.add(element("h2", "Tools used"));
        main.add(Cells.table("tools", List.of("tool", "allowed", "asked", "refused"), used(lines)));
        main.add(element("h2", "Where values went"));
        main.add(
                element(
                                "p",
                                "Each value that mattered for an effect: what it stood on, and which"
                                        + " call it was given to.")
                        .with("class", "quiet"));
        main.add(new Flows(tools.log()).table(lines));
        main.add(element("h2", "Timeline"));
        main.add(
                Cells.table(
                        "lines",
                        LineHtml.COLUMNS,
                        html.rows(lines, "Nothing was done under it lately.")));
        main.add(
                element(
                        "p",
                        Cells.link(
                                Section.LEDGER.path() + "?mandate=" + mandate.id().text(),
                                "Look further back in the ledger")));
        return Page.of("What was done", main.toArray(Html[]::new))
                .in(Section.MANDATES, viewer.who());
    }

    /** How many calls its giver was asked about; what was repeated while it waited was merged. */
    private String questions(Mandate mandate) {
        Questions counted =
                Questions.of(
                        tools.questions().lately(mandate.giver().id(), MOST_QUESTIONS).stream()
                                .filter(one -> one.mandate().equals(mandate.id()))
                                .toList(),
                        tools.clock().instant());
        long calls =
                chronicle
                        .newest(
                                one ->
                                        one.is(Line.Decided.ASKED)
                                                && one.mandate().equals(Optional.of(mandate.id())),
                                MOST_QUESTIONS)
                        .size();
        long merged = calls - counted.asked();
        return counted.said() + (merged > 0 ? "; " + merged + " repeats were merged" : "");
    }

    private static List<Html> used(List<Line> lines) {
        Map<String, Map<Line.Decided, Integer>> counts = new TreeMap<>();
        for (Line one : lines) {
            one.call()
                    .ifPresent(
                            call ->
                                    counts.computeIfAbsent(
                                                    call.tool().toString(),
                                                    _ -> new EnumMap<>(Line.Decided.class))
                                            .merge(call.decided(), 1, Integer::sum));
        }
        List<Html> rows = new ArrayList<>();
        counts.forEach(
                (tool, count) ->
                        rows.add(
                                element(
                                        "tr",
                                        Cells.cell("tool", element("code", Quotation.of(tool))),
                                        count("allowed", count, Line.Decided.ALLOWED),
                                        count("asked", count, Line.Decided.ASKED),
                                        count("refused", count, Line.Decided.REFUSED))));
        return rows.isEmpty() ? List.of(Cells.nothing(4, "None yet.")) : rows;
    }

    private static Html count(
            String label, Map<Line.Decided, Integer> counts, Line.Decided decided) {
        return Cells.cell(label, Integer.toString(counts.getOrDefault(decided, 0)));
    }
}
