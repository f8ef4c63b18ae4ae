package dev.remit.console;

import static dev.remit.web.Html.element;

import dev.remit.call.Quotation;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.ledger.told.Line;
import dev.remit.ledger.told.Line.End;
import dev.remit.ledger.told.Line.What;
import dev.remit.web.Html;
import dev.remit.web.Places;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lines as rows of a table. */
final class LineHtml {
    static final List<String> COLUMNS = List.of("time", "agent", "what", "decision", "why");

    private final AgentBook agents;

    LineHtml(AgentBook agents) {
        this.agents = agents;
    }

    List<Html> rows(List<Line> lines, String none) {
        return lines.isEmpty()
                ? List.of(Cells.nothing(COLUMNS.size(), none))
                : lines.stream().map(one -> row("l", one)).toList();
    }

    /**
     * @param table tells the row of one table from that of another
     */
    Html row(String table, Line line) {
        return element(
                        "tr",
                        Cells.cell("time", Cells.time(line.at())),
                        Cells.cell("agent", agent(line.agent())),
                        Cells.cell("what", what(line)),
                        Cells.cell("decision", decision(line)),
                        Cells.cell("why", why(line)))
                .with("id", table + "-" + line.entry());
    }

    Html agent(Optional<AgentId> agent) {
        return agent.<Html>map(id -> Cells.link(Places.agent(id), name(id)))
                .orElseGet(() -> element("span", "–").with("class", "quiet"));
    }

    String name(AgentId id) {
        return Quotation.of(agents.agent(id).map(Agent::name).orElse(id.text()));
    }

    private static Html what(Line line) {
        return switch (line.what()) {
            case What.OfCall call ->
                    Cells.link(Places.call(call.call()), Quotation.of(call.tool().toString()));
            case What.Other(String kind, _) -> Cells.link(Places.entry(line.entry()), kind);
        };
    }

    private static Html decision(Line line) {
        return switch (line.what()) {
            case What.OfCall call ->
                    switch (call.decided()) {
                        case ALLOWED -> Cells.tag("good", "allowed");
                        case ASKED -> Cells.tag("wait", "asked");
                        case REFUSED -> Cells.tag("bad", "refused");
                    };
            case What.Other _ -> Html.text("");
        };
    }

    private static Html why(Line line) {
        return switch (line.what()) {
            case What.OfCall call -> Html.text(Quotation.of(call.because()) + end(call));
            case What.Other(_, String said) -> Html.text(Quotation.of(said));
        };
    }

    private static String end(What.OfCall call) {
        if (call.end().isEmpty()) {
            return call.decided() == Line.Decided.ALLOWED ? "; under way" : "";
        }
        return switch (call.end().get()) {
            case End.Over(var how, var took) ->
                    "; "
                            + how.name().toLowerCase(Locale.ROOT)
                            + " after "
                            + took.toMillis()
                            + " ms";
            case End.Questioned() -> "; it ended with a question";
        };
    }
}
