package dev.remit.console;

import static dev.remit.web.Html.element;

import dev.remit.http.Exchange;
import dev.remit.identity.AgentQuery;
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
        if (viewer.seesAll() && isNew()) {
            main.add(firstSteps());
        }
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

    /** Whether no agent has ever been known here. */
    private boolean isNew() {
        return tools.agents()
                .agents(AgentQuery.ALL, dev.remit.identity.Page.START, 1)
                .items()
                .isEmpty();
    }

    /** The way from nothing to the first call that is governed, with the person's own client. */
    private Html firstSteps() {
        String servers =
                tools.upstreams().isEmpty()
                        ? "No server stands behind this gateway yet. Take over those that your client"
                                + " has, and start the gateway again:"
                        : "These servers stand behind this gateway: "
                                + String.join(", ", tools.upstreams())
                                + ". More can be taken over from a client:";
        return element(
                        "section",
                        element("h2", "First steps"),
                        element(
                                "ol",
                                element(
                                        "li",
                                        element("p", servers),
                                        element("pre", "./remit import")),
                                element(
                                        "li",
                                        element("p", "Give your client an identity of its own:"),
                                        element(
                                                "pre",
                                                "./remit agent new my-agent\n"
                                                        + "./remit connect --code CODE </dev/null")),
                                element(
                                        "li",
                                        element(
                                                "p",
                                                "Start your client, and ask it for something. It has"
                                                        + " no mandate yet: what it calls first is refused,"
                                                        + " with a link that leads here and gives it"
                                                        + " one, for what you asked."))))
                .with("class", "card");
    }

    private static List<Html> part(Map<String, List<Html>> parts, String name) {
        return parts.getOrDefault(name, List.of());
    }
}
