package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Quotation;
import dev.remit.conduct.Strike;
import dev.remit.conduct.Subject;
import dev.remit.identity.Agent;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceQuery;
import dev.remit.ledger.told.Line;
import dev.remit.mandate.Sheet;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Places;
import dev.remit.web.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One agent: who it is, by which keys, how it stands, and what it did. */
final class AgentPage {
    private static final int MOST = 50;
    private static final int MOST_MANDATES = 1_000;
    private static final String LONGEST_WHY = "500";

    private final ConsoleEdge.Tools tools;
    private final Chronicle chronicle;
    private final LineHtml html;

    AgentPage(ConsoleEdge.Tools tools, Chronicle chronicle) {
        this.tools = tools;
        this.chronicle = chronicle;
        this.html = new LineHtml(tools.agents());
    }

    static Html standing(Agent agent) {
        return switch (agent.standing()) {
            case Agent.Standing.Good() -> Cells.tag("good", "good");
            case Agent.Standing.Suspended _ -> Cells.tag("bad", "suspended");
            case Agent.Standing.Revoked _ -> Cells.tag("bad", "revoked");
        };
    }

    Page of(Viewer viewer, Agent agent) {
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                        "p",
                        standing(agent),
                        text(why(agent) + " "),
                        element("code", agent.id().text()),
                        text(", here since "),
                        Cells.time(agent.since()),
                        text(agent.issuer().map(one -> ", brought by " + one).orElse("") + ".")));
        if (!agent.tags().isEmpty()) {
            main.add(element("p", tags(agent)));
        }
        if (AgentsDesk.ACTING.stream().anyMatch(viewer.who()::has) && !agent.isRevoked()) {
            main.add(acts(viewer, agent, Optional.empty(), agent.isGood()));
        }
        main.add(element("h2", "Keys"));
        main.add(
                Cells.table(
                        "instances",
                        List.of("instance", "key", "since", "standing"),
                        instances(viewer, agent)));
        main.add(element("h2", "What counts against it"));
        main.add(strikes(agent));
        main.add(element("h2", "Its mandates"));
        main.add(
                Cells.table(
                        "mandates", List.of("task", "given by", "state"), mandates(viewer, agent)));
        main.add(element("h2", "What it did lately"));
        List<Line> lines =
                chronicle.newest(
                        one -> one.agent().equals(Optional.of(agent.id())) && viewer.sees(one),
                        MOST);
        main.add(Cells.table("lines", LineHtml.COLUMNS, html.rows(lines, "Nothing yet.")));
        main.add(
                element(
                        "p",
                        Cells.link(
                                Section.LEDGER.path() + "?agent=" + agent.id().text(),
                                "Everything it did")));
        return Page.of(Quotation.of(agent.name()), main.toArray(Html[]::new))
                .in(Section.AGENTS, viewer.who());
    }

    private static String why(Agent agent) {
        return switch (agent.standing()) {
            case Agent.Standing.Good() -> "";
            case Agent.Standing.Suspended(String why, _) -> " because: " + Quotation.of(why) + ".";
            case Agent.Standing.Revoked(String why, _) -> " because: " + Quotation.of(why) + ".";
        };
    }

    private static List<Html> tags(Agent agent) {
        List<Html> tags = new ArrayList<>();
        new TreeMap<>(agent.tags())
                .forEach(
                        (name, value) -> {
                            tags.add(Cells.tag("quiet", Quotation.of(name + "=" + value)));
                            tags.add(text(" "));
                        });
        return tags;
    }

    /** The administrator's acts on it, or on one of its instances. */
    private static Html acts(
            Viewer viewer, Agent agent, Optional<Instance> instance, boolean mayAct) {
        Map<String, String> fields = new TreeMap<>(Map.of(AgentsDesk.AGENT, agent.id().text()));
        instance.ifPresent(one -> fields.put(AgentsDesk.INSTANCE, one.id().text()));
        String csrf = viewer.who().csrf();
        if (!mayAct) {
            return Cells.act(
                    Section.AGENTS.path() + "/restore", csrf, fields, "Restore", List.of());
        }
        Html why =
                element("input")
                        .with("name", AgentsDesk.WHY)
                        .with("aria-label", "Why")
                        .with("placeholder", "why")
                        .with("maxlength", LONGEST_WHY);
        return Cells.act(
                Section.AGENTS.path() + "/suspend",
                csrf,
                fields,
                "Suspend",
                instance.isPresent() ? List.of() : List.of(why, text(" ")));
    }

    private List<Html> instances(Viewer viewer, Agent agent) {
        List<Html> rows = new ArrayList<>();
        boolean acting = AgentsDesk.ACTING.stream().anyMatch(viewer.who()::has);
        for (Instance one :
                tools.agents().instances(InstanceQuery.of(agent.id()), "", MOST).items()) {
            List<Html> standing = new ArrayList<>();
            standing.add(
                    one.revoked()
                            ? Cells.tag("bad", "revoked")
                            : one.mayAct()
                                    ? Cells.tag("good", "good")
                                    : Cells.tag("bad", "suspended"));
            one.suspension()
                    .ifPresent(why -> standing.add(text(" " + Quotation.of(why.why()) + " ")));
            if (acting && !one.revoked()) {
                standing.add(text(" "));
                standing.add(acts(viewer, agent, Optional.of(one), one.mayAct()));
            }
            rows.add(
                    element(
                            "tr",
                            Cells.cell("instance", element("code", one.id().text())),
                            Cells.cell("key", key(one)),
                            Cells.cell("since", Cells.time(one.since())),
                            Cells.cell("standing", standing.toArray(Html[]::new))));
        }
        return rows.isEmpty() ? List.of(Cells.nothing(4, "No key has enrolled yet.")) : rows;
    }

    private static Html key(Instance one) {
        return one.key()
                .<Html>map(key -> element("code", key.thumbprint().base64Url()))
                .orElseGet(() -> text("none: it only reads, or asks"));
    }

    private Html strikes(Agent agent) {
        List<Strike> counting =
                tools.conduct()
                        .conduct(new Subject.OfAgent(agent.id()))
                        .counting(tools.conduct()::conduct);
        if (counting.isEmpty()) {
            return element("p", "Nothing.");
        }
        List<Html> all = new ArrayList<>();
        for (Strike one : counting.reversed().stream().limit(MOST).toList()) {
            all.add(
                    element(
                            "li",
                            Cells.time(one.at()),
                            text(" a strike of weight " + one.weight() + ", "),
                            Cells.link(Places.entry(one.entry()), "entry " + one.entry())));
        }
        return element("ul", all);
    }

    private List<Html> mandates(Viewer viewer, Agent agent) {
        Instant now = tools.clock().instant();
        List<Sheet> known =
                viewer.seesAll()
                        ? tools.mandates().list(MOST_MANDATES)
                        : tools.mandates().given(viewer.who().person().id(), MOST_MANDATES);
        List<Html> rows =
                known.stream()
                        .filter(one -> one.mandate().agent().equals(agent.id()))
                        .limit(MOST)
                        .<Html>map(
                                one ->
                                        element(
                                                "tr",
                                                Cells.cell(
                                                        "task",
                                                        Cells.link(
                                                                Places.mandate(one.mandate().id()),
                                                                Quotation.of(
                                                                        one.mandate()
                                                                                .task()
                                                                                .words()))),
                                                Cells.cell(
                                                        "given by",
                                                        Quotation.of(one.mandate().giver().name())),
                                                Cells.cell("state", one.state(now))))
                        .toList();
        return rows.isEmpty() ? List.of(Cells.nothing(3, "It has none.")) : rows;
    }
}
