package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Quotation;
import dev.remit.http.Exchange;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.AgentQuery;
import dev.remit.identity.InstanceId;
import dev.remit.identity.PersonId;
import dev.remit.identity.Role;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Registrar;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Places;
import dev.remit.web.Routes;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The agents: a list, each one's page, and an administrator's acts on it. */
final class AgentsDesk {
    static final String AGENT = "agent";
    static final String INSTANCE = "instance";
    static final String WHY = "why";
    static final Set<Role> ACTING = Set.of(Role.ADMINISTRATOR);

    private static final int PAGE = 50;
    private static final String TEXT = "text";
    private static final String FROM = "from";

    private final ConsoleEdge.Tools tools;
    private final AgentBook agents;
    private final Registrar registrar;
    private final AgentPage pages;

    AgentsDesk(ConsoleEdge.Tools tools, Chronicle chronicle) {
        this.tools = tools;
        this.agents = tools.agents();
        this.registrar = tools.registrar();
        this.pages = new AgentPage(tools, chronicle);
    }

    void list(Exchange exchange) {
        Form form = exchange.query().flatMap(Form::read).orElse(new Form(Map.of()));
        tools.signIns()
                .forPage(exchange, Section.AGENTS.anyOf())
                .map(Viewer::new)
                .ifPresent(viewer -> list(viewer, form).answer(exchange));
    }

    private Page list(Viewer viewer, Form form) {
        String named = form.get(TEXT).map(String::strip).orElse("");
        Optional<PersonId> giver =
                viewer.seesAll() ? Optional.empty() : Optional.of(viewer.who().person().id());
        AgentQuery query =
                new AgentQuery(
                        Optional.empty(),
                        named.isEmpty() ? Optional.empty() : Optional.of(named),
                        Map.of(),
                        Optional.empty(),
                        giver,
                        Optional.empty());
        dev.remit.identity.Page<Agent> page =
                agents.agents(query, form.get(FROM).orElse(dev.remit.identity.Page.START), PAGE);
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                                "p",
                                viewer.seesAll()
                                        ? "Software with an identity of its own."
                                        : "The agents that you gave a mandate.")
                        .with("class", "lead"));
        main.add(search(named));
        main.add(
                Cells.table(
                        "agents",
                        List.of("agent", "standing", "since"),
                        page.items().isEmpty()
                                ? List.of(
                                        Cells.nothing(
                                                3, "There is none. `remit agent new` adds one."))
                                : page.items().stream().map(AgentsDesk::row).toList()));
        page.next()
                .ifPresent(
                        next ->
                                main.add(
                                        element(
                                                "p",
                                                element("a", "More")
                                                        .with("class", "button")
                                                        .with("href", more(named, next)))));
        return Page.of("Agents", main.toArray(Html[]::new)).in(Section.AGENTS, viewer.who());
    }

    private static String more(String named, String next) {
        return Section.AGENTS.path()
                + "?"
                + TEXT
                + "="
                + URLEncoder.encode(named, StandardCharsets.UTF_8)
                + "&"
                + FROM
                + "="
                + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    private static Html search(String named) {
        return element(
                        "form",
                        element(
                                "label",
                                text("Name contains"),
                                element("input")
                                        .with("name", TEXT)
                                        .with("maxlength", "64")
                                        .with("value", named)),
                        element("button", "Search"))
                .with("class", "search card")
                .with("role", "search")
                .with("action", Section.AGENTS.path());
    }

    private static Html row(Agent one) {
        return element(
                "tr",
                Cells.cell("agent", Cells.link(Places.agent(one.id()), Quotation.of(one.name()))),
                Cells.cell("standing", AgentPage.standing(one)),
                Cells.cell("since", Cells.time(one.since())));
    }

    void page(Exchange exchange) {
        Optional<Viewer> viewer =
                tools.signIns().forPage(exchange, Section.AGENTS.anyOf()).map(Viewer::new);
        if (viewer.isEmpty()) {
            return; // answered
        }
        String named = exchange.path().substring(Section.AGENTS.path().length() + 1);
        Optional<Agent> agent =
                id(named).flatMap(agents::agent).filter(one -> sees(viewer.get(), one));
        if (agent.isEmpty()) {
            Routes.notThere(exchange);
            return;
        }
        pages.of(viewer.get(), agent.get()).answer(exchange);
    }

    /** Whoever sees everything, and whoever gave it a mandate. */
    private boolean sees(Viewer viewer, Agent agent) {
        return viewer.seesAll()
                || tools.mandates().current(agent.id(), viewer.who().person().id()).isPresent();
    }

    private static Optional<AgentId> id(String text) {
        try {
            return Optional.of(new AgentId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void suspend(Exchange exchange) {
        act(
                exchange,
                (agent, instance, form, by) -> {
                    String said = form.get(WHY).map(String::strip).orElse("");
                    String why = said.isEmpty() ? "suspended in the console" : said;
                    instance.ifPresentOrElse(
                            one -> registrar.suspend(one, why, by),
                            () -> registrar.suspend(agent, why, by));
                });
    }

    void restore(Exchange exchange) {
        act(
                exchange,
                (agent, instance, _, by) ->
                        instance.ifPresentOrElse(
                                one -> registrar.restore(one, by),
                                () -> registrar.restore(agent, by)));
    }

    /** What an administrator does to an agent, or to one of its instances if one is named. */
    private interface Act {
        void on(AgentId agent, Optional<InstanceId> instance, Form form, String by);
    }

    private void act(Exchange exchange, Act act) {
        Optional<SignIns.Posted> posted = tools.signIns().forForm(exchange, ACTING);
        if (posted.isEmpty()) {
            return; // answered
        }
        Form form = posted.get().form();
        Optional<Agent> agent = form.get(AGENT).flatMap(AgentsDesk::id).flatMap(agents::agent);
        Optional<InstanceId> instance = agent.flatMap(one -> instance(one, form));
        if (agent.isEmpty() || instance.isPresent() != form.get(INSTANCE).isPresent()) {
            Routes.notThere(exchange);
            return;
        }
        try {
            act.on(agent.get().id(), instance, form, posted.get().who().person().id().text());
            Page.redirect(exchange, tools.signIns().origin() + Places.agent(agent.get().id()));
        } catch (ActRefused e) {
            ConsoleEdge.refused(exchange, e, posted.get().who(), Section.AGENTS);
        }
    }

    private Optional<InstanceId> instance(Agent agent, Form form) {
        try {
            return form.get(INSTANCE)
                    .map(InstanceId::new)
                    .filter(
                            id ->
                                    agents.instance(id)
                                            .filter(one -> one.agent().equals(agent.id()))
                                            .isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
