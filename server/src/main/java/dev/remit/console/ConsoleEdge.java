package dev.remit.console;

import static dev.remit.web.Html.element;

import dev.remit.approval.QuestionBook;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.conduct.ConductBook;
import dev.remit.gate.Readings;
import dev.remit.gate.StopSwitch;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.WebServer;
import dev.remit.identity.AgentBook;
import dev.remit.ledger.InclusionProof;
import dev.remit.ledger.LogReader;
import dev.remit.ledger.told.Telling;
import dev.remit.mandate.MandateBook;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Examiner;
import dev.remit.registry.Registrar;
import dev.remit.session.SignedIn;
import dev.remit.web.Page;
import dev.remit.web.Places;
import dev.remit.web.Routes;
import dev.remit.web.Routes.Route;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The console: what happens now, what happened, and who and what takes part in it; every route is
 * in one table. It takes what no other edge does, and knows nothing at any other path.
 */
public final class ConsoleEdge implements Edge, AutoCloseable {
    /** Its path, for whoever hands out requests. */
    public static final String ROOT = Section.NOW.path();

    private final List<Route> all;
    private final Routes routes;
    private final Chronicle chronicle;

    /**
     * What the desks work with.
     *
     * @param proofs proves that the entry at a place is in the log
     * @param logKeys the public keys of the log, as signed notes write them
     * @param upstreams the configured upstreams' names
     * @param readings what tools do, as the gate reads them
     * @param rules the organisation's rules, as {@code remit rules list --json} has them
     * @param trials what calls and rules are tried with
     * @param settings how the gateway is set up
     */
    public record Tools(
            SignIns signIns,
            LogReader log,
            LongFunction<Optional<InclusionProof>> proofs,
            Supplier<List<String>> logKeys,
            AgentBook agents,
            Registrar registrar,
            ConductBook conduct,
            MandateBook mandates,
            QuestionBook questions,
            StopSwitch stop,
            List<String> upstreams,
            ToolBook tools,
            Readings readings,
            Examiner examiner,
            Supplier<Value.Fields> rules,
            Trials trials,
            Supplier<List<Setting>> settings,
            InstantSource clock) {
        public Tools {
            upstreams = List.copyOf(upstreams);
        }
    }

    /** Begins to follow the log, until it is closed. */
    public ConsoleEdge(Tools tools) {
        this.chronicle = Chronicle.start(tools.log(), Telling.of(tools.mandates()));
        Present present = new Present(tools, chronicle);
        NowDesk now = new NowDesk(tools, present);
        LiveDesk live = new LiveDesk(tools, chronicle, present);
        AgentsDesk agents = new AgentsDesk(tools, chronicle);
        ActivityDesk activity = new ActivityDesk(tools, chronicle);
        LedgerDesk ledger = new LedgerDesk(tools, chronicle);
        EntryDesk entries = new EntryDesk(tools);
        ToolsDesk known = new ToolsDesk(tools);
        RulesDesk rules = new RulesDesk(tools);
        TrialDesk trials = new TrialDesk(tools, rules);
        ReplayDesk replays = new ReplayDesk(tools, rules);
        SettingsDesk settings = new SettingsDesk(tools);
        this.all =
                List.of(
                        new Route("GET", Section.NOW.path(), now::page),
                        new Route("GET", LiveDesk.PATH, live::stream),
                        new Route("GET", Section.AGENTS.path(), agents::list),
                        new Route("POST", Section.AGENTS.path() + "/suspend", agents::suspend),
                        new Route("POST", Section.AGENTS.path() + "/restore", agents::restore),
                        new Route("GET", Section.AGENTS.path() + "/", agents::page),
                        new Route("GET", Places.ACTIVITY, activity::page),
                        new Route("GET", Section.LEDGER.path(), ledger::page),
                        new Route("GET", Places.CALLS, entries::call),
                        new Route("GET", Places.ENTRIES, entries::entry),
                        new Route("GET", EntryDesk.PROOFS, entries::proof),
                        new Route("GET", Section.TOOLS.path(), known::page),
                        new Route("GET", Section.TOOLS.path() + "/one", known::one),
                        new Route("POST", Section.TOOLS.path() + "/accept", known::accept),
                        new Route("POST", Section.TOOLS.path() + "/correct", known::correct),
                        new Route("GET", Section.RULES.path(), rules::page),
                        new Route("POST", TrialDesk.PATH, trials::tryIt),
                        new Route("POST", ReplayDesk.PATH, replays::replay),
                        new Route("GET", Section.SETTINGS.path(), settings::page));
        this.routes = new Routes(tools.signIns(), all);
    }

    /** All routes, as {@code METHOD path}. */
    public List<String> routes() {
        return all.stream().map(route -> route.method() + " " + route.path()).toList();
    }

    @Override
    public void answer(Exchange exchange) {
        if (routes.know(exchange)) {
            routes.answer(exchange);
        } else {
            exchange.answer(404, WebServer.problem("there is nothing at this path"));
        }
    }

    /** Why an act was refused; nothing was done. */
    static void refused(Exchange exchange, ActRefused why, SignedIn who, Section section) {
        Page.problem(
                        409,
                        "Not done",
                        element("p", "Nothing was done: " + why.getMessage() + "."),
                        element("p", element("a", "Back").with("href", section.path())))
                .in(section, who)
                .answer(exchange);
    }

    @Override
    public void close() {
        chronicle.close();
    }
}
