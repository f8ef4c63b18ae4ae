package dev.remit.console;

import static dev.remit.web.Html.element;

import dev.remit.http.Exchange;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The first page: what is going on, kept up to date while somebody looks. */
final class NowDesk {
    private final ConsoleEdge.Tools tools;
    private final Present present;

    NowDesk(ConsoleEdge.Tools tools, Present present) {
        this.tools = tools;
        this.present = present;
    }

    void page(Exchange exchange) {
        tools.signIns()
                .forPage(exchange, Section.NOW.anyOf())
                .map(Viewer::new)
                .ifPresent(viewer -> page(viewer).answer(exchange));
    }

    private Page page(Viewer viewer) {
        Map<String, List<Html>> parts = present.whole(viewer, tools.clock().instant());
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                                "p",
                                viewer.seesAll()
                                        ? "What all agents are doing, as it happens."
                                        : "What your agents are doing, as it happens.")
                        .with("class", "lead"));
        main.add(
                element("p", "This page keeps itself up to date.")
                        .with("role", "status")
                        .with("class", "quiet")
                        .with("data-live", LiveDesk.PATH));
        main.add(element("div", part(parts, Present.STOPPED)).with("id", Present.STOPPED));
        main.add(
                element("ul", part(parts, Present.NUMBERS))
                        .with("class", "numbers")
                        .with("id", Present.NUMBERS));
        main.add(element("h2", "Questions that wait"));
        main.add(element("ul", part(parts, Present.WAITING)).with("id", Present.WAITING));
        main.add(element("p", Cells.link(Section.APPROVALS.path(), "All questions, and answers")));
        main.add(element("h2", "Calls under way"));
        main.add(Cells.table(Present.UNDER_WAY, LineHtml.COLUMNS, part(parts, Present.UNDER_WAY)));
        main.add(element("h2", "Agents at work"));
        main.add(
                Cells.table(
                        Present.AT_WORK,
                        List.of("agent", "calls", "refused", "last call"),
                        part(parts, Present.AT_WORK)));
        main.add(element("h2", "Refused lately"));
        main.add(Cells.table(Present.REFUSALS, LineHtml.COLUMNS, part(parts, Present.REFUSALS)));
        main.add(element("h2", "Calls lately"));
        main.add(Cells.table(Present.LATELY, LineHtml.COLUMNS, part(parts, Present.LATELY)));
        return Page.of("Now", main.toArray(Html[]::new))
                .withScript("live.js")
                .in(Section.NOW, viewer.who());
    }

    private static List<Html> part(Map<String, List<Html>> parts, String name) {
        return parts.getOrDefault(name, List.of());
    }
}
