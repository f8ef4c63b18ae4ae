package dev.remit.console;

import static dev.remit.web.Html.element;

import dev.remit.call.Quotation;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.IntentSaid;
import dev.remit.ledger.LogReader;
import dev.remit.ledger.told.Line;
import dev.remit.web.Html;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From where values came and where they went, as the decisions have it. */
final class Flows {
    private static final int MOST_CALLS = 100;
    private static final int MOST_ROWS = 60;

    private final LogReader log;

    Flows(LogReader log) {
        this.log = log;
    }

    /**
     * One way of values.
     *
     * @param source a call's tool, or what the value stands on if no call's answer held it
     * @param sink the tool and the argument that it was given to
     */
    private record Way(String source, String standing, String sink, Line.Decided decided) {}

    /** The ways of these lines' values, each once, with a value that went it. */
    Html table(List<Line> lines) {
        Map<String, String> tools = new HashMap<>();
        lines.forEach(
                line ->
                        line.call()
                                .ifPresent(
                                        call ->
                                                tools.put(
                                                        call.call().text(),
                                                        call.tool().toString())));
        Map<Way, List<String>> ways = new LinkedHashMap<>();
        lines.stream()
                .filter(one -> one.call().isPresent())
                .limit(MOST_CALLS)
                .forEach(line -> add(line, tools, ways));
        List<Html> rows = new ArrayList<>();
        ways.entrySet().stream()
                .limit(MOST_ROWS)
                .forEach(one -> rows.add(row(one.getKey(), one.getValue())));
        Html.Element table =
                (Html.Element)
                        Cells.table(
                                "flow",
                                List.of("from", "", "to", "value"),
                                rows.isEmpty()
                                        ? List.of(
                                                Cells.nothing(
                                                        4,
                                                        "No call with an effect has been looked at"
                                                                + " yet."))
                                        : rows);
        return table.with("class", "log flow");
    }

    private void add(Line line, Map<String, String> tools, Map<Way, List<String>> ways) {
        log.entry(line.entry())
                .map(Entry::event)
                .filter(Event.Decided.class::isInstance)
                .map(Event.Decided.class::cast)
                .ifPresent(decided -> add(line, decided, tools, ways));
    }

    private static void add(
            Line line,
            Event.Decided decided,
            Map<String, String> tools,
            Map<Way, List<String>> ways) {
        for (IntentSaid.Origin one : decided.intent().map(IntentSaid::origins).orElse(List.of())) {
            String source =
                    one.call().isEmpty() ? "" : tools.getOrDefault(one.call(), "an earlier call");
            String sink = decided.tool() + " · " + one.argument();
            Way way = new Way(source, one.standing(), sink, line.call().orElseThrow().decided());
            List<String> values = ways.computeIfAbsent(way, _ -> new ArrayList<>());
            if (!values.contains(one.value())) {
                values.add(one.value());
            }
        }
    }

    private static Html row(Way way, List<String> values) {
        List<Html> from = new ArrayList<>();
        if (!way.source().isEmpty()) {
            from.add(element("code", Quotation.of(way.source())));
            from.add(Html.text(": "));
        }
        from.add(Html.text(Quotation.of(way.standing())));
        Html decided =
                switch (way.decided()) {
                    case ALLOWED -> Cells.tag("good", "→ sent");
                    case ASKED -> Cells.tag("wait", "→ asked");
                    case REFUSED -> Cells.tag("bad", "→ refused");
                };
        String more = values.size() > 1 ? " and " + (values.size() - 1) + " more" : "";
        return element(
                "tr",
                Cells.cell("from", from.toArray(Html[]::new)),
                element("td", decided),
                Cells.cell("to", element("code", Quotation.of(way.sink()))),
                Cells.cell("value", "“" + Quotation.of(values.getFirst()) + "”" + more));
    }
}
