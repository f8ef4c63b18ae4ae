package dev.remit.console;

import dev.remit.approval.QuestionBook;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.WebServer;
import dev.remit.identity.AgentBook;
import dev.remit.ledger.LogReader;
import dev.remit.mandate.MandateBook;
import dev.remit.web.Routes;
import dev.remit.web.Routes.Route;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.time.InstantSource;
import java.util.List;

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

    /** What the desks work with. */
    public record Tools(
            SignIns signIns,
            LogReader log,
            AgentBook agents,
            MandateBook mandates,
            QuestionBook questions,
            InstantSource clock) {}

    /** Begins to follow the log, until it is closed. */
    public ConsoleEdge(Tools tools) {
        this.chronicle =
                Chronicle.start(
                        tools.log(),
                        new Telling(
                                id ->
                                        tools.mandates()
                                                .find(id)
                                                .map(sheet -> sheet.mandate().giver().id())));
        Present present = new Present(tools, chronicle);
        NowDesk now = new NowDesk(tools, present);
        LiveDesk live = new LiveDesk(tools, chronicle, present);
        this.all =
                List.of(
                        new Route("GET", Section.NOW.path(), now::page),
                        new Route("GET", LiveDesk.PATH, live::stream));
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

    @Override
    public void close() {
        chronicle.close();
    }
}
