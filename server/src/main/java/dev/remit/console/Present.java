package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.approval.Question;
import dev.remit.call.Quotation;
import dev.remit.gate.StopSwitch;
import dev.remit.identity.AgentId;
import dev.remit.identity.Role;
import dev.remit.ledger.told.Line;
import dev.remit.web.Html;
import dev.remit.web.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is going on at a moment, as far as somebody may see it: the parts of the page, by place. */
final class Present {
    static final String STOPPED = "stopped";
    static final String NUMBERS = "numbers";
    static final String WAITING = "waiting";
    static final String UNDER_WAY = "under-way";
    static final String AT_WORK = "at-work";
    static final String REFUSALS = "refusals";
    static final String LATELY = "lately";

    private static final int MOST = 20;
    private static final int MOST_WAITING = 200;
    private static final int LOOKED_THROUGH = 5_000;
    private static final Duration LATE = Duration.ofHours(1);

    private final ConsoleEdge.Tools tools;
    private final Chronicle chronicle;
    private final LineHtml html;

    Present(ConsoleEdge.Tools tools, Chronicle chronicle) {
        this.tools = tools;
        this.chronicle = chronicle;
        this.html = new LineHtml(tools.agents());
    }

    LineHtml html() {
        return html;
    }

    /** Every part, the lists of calls included. */
    Map<String, List<Html>> whole(Viewer viewer, Instant now) {
        Map<String, List<Html>> parts = new LinkedHashMap<>(state(viewer, now));
        parts.put(
                LATELY,
                rows(
                        "l",
                        chronicle.newest(one -> one.call().isPresent() && viewer.sees(one), MOST),
                        "No agent has called anything yet."));
        parts.put(
                REFUSALS,
                rows(
                        "r",
                        chronicle.newest(
                                one -> one.is(Line.Decided.REFUSED) && viewer.sees(one),
                                MOST,
                                LOOKED_THROUGH),
                        "Nothing was refused lately."));
        return parts;
    }

    private List<Html> rows(String table, List<Line> lines, String none) {
        return lines.isEmpty()
                ? List.of(Cells.nothing(LineHtml.COLUMNS.size(), none))
                : lines.stream().map(one -> html.row(table, one)).toList();
    }

    /** The parts that are small and always shown whole. */
    Map<String, List<Html>> state(Viewer viewer, Instant now) {
        List<Line> open = chronicle.open().stream().filter(viewer::sees).toList();
        List<Line> late =
                chronicle.newest(
                        one ->
                                one.call().isPresent()
                                        && viewer.sees(one)
                                        && one.at().isAfter(now.minus(LATE)),
                        LOOKED_THROUGH,
                        LOOKED_THROUGH);
        List<Question> waiting = waiting(viewer, now);
        Map<String, List<Html>> parts = new LinkedHashMap<>();
        parts.put(STOPPED, tools.stop().stopped().map(this::stopped).stream().toList());
        parts.put(
                NUMBERS,
                List.of(
                        number(waiting.size(), "waiting for an answer"),
                        number(count(late, Line.Decided.ASKED), "asked a person in the last hour"),
                        number(open.size(), "calls under way"),
                        number(count(late, Line.Decided.ALLOWED), "allowed in the last hour"),
                        number(count(late, Line.Decided.REFUSED), "refused in the last hour")));
        List<Html> asked = waiting.stream().limit(MOST).map(this::asked).toList();
        Html none = element("li", "None.").with("class", "quiet");
        parts.put(WAITING, asked.isEmpty() ? List.of(none) : asked);
        parts.put(
                UNDER_WAY,
                rows("u", open.reversed().stream().limit(MOST).toList(), "No call is under way."));
        parts.put(AT_WORK, atWork(late));
        return parts;
    }

    private Html stopped(StopSwitch.Stop stop) {
        return element(
                        "p",
                        element("strong", "All agents are stopped"),
                        text(" since "),
                        Cells.time(stop.since()),
                        text(", by " + Quotation.of(stop.by()) + ", because: "),
                        text(Quotation.of(stop.why()) + ". "),
                        element("code", "remit resume"),
                        text(" lets them go on."))
                .with("class", "warning");
    }

    private static Html number(long number, String of) {
        return element("li", element("strong", Long.toString(number)), text(of));
    }

    private static long count(List<Line> lines, Line.Decided decided) {
        return lines.stream().filter(one -> one.is(decided)).count();
    }

    private List<Question> waiting(Viewer viewer, Instant now) {
        boolean all = viewer.seesAll() || viewer.who().has(Role.APPROVER);
        List<Question> found =
                all
                        ? tools.questions().waiting(MOST_WAITING)
                        : tools.questions().waiting(viewer.who().person().id(), MOST_WAITING);
        return found.stream().filter(one -> one.isWaiting(now)).toList();
    }

    private Html asked(Question one) {
        return element(
                "li",
                Cells.link(Section.APPROVALS.path(), Quotation.of(one.tool().toString())),
                text(" for " + html.name(one.agent()) + ", since "),
                Cells.time(one.since()));
    }

    /** Who called what in the last hour, the latest first. */
    private List<Html> atWork(List<Line> late) {
        Map<AgentId, List<Line>> by = new LinkedHashMap<>();
        for (Line one : late) {
            one.agent().ifPresent(id -> by.computeIfAbsent(id, _ -> new ArrayList<>()).add(one));
        }
        List<Html> rows = new ArrayList<>();
        by.forEach(
                (id, lines) ->
                        rows.add(
                                element(
                                        "tr",
                                        Cells.cell("agent", html.agent(lines.getFirst().agent())),
                                        Cells.cell("calls", Integer.toString(lines.size())),
                                        Cells.cell(
                                                "refused",
                                                Long.toString(count(lines, Line.Decided.REFUSED))),
                                        Cells.cell(
                                                "last call", Cells.time(lines.getFirst().at())))));
        return rows.isEmpty()
                ? List.of(Cells.nothing(4, "No agent was at work in the last hour."))
                : rows.subList(0, Math.min(MOST, rows.size()));
    }
}
