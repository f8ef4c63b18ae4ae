package dev.remit.giving;

import static dev.remit.web.Html.element;

import dev.remit.approval.QuestionBook;
import dev.remit.assent.Assents;
import dev.remit.call.ToolBook;
import dev.remit.http.BodyTooLarge;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.identity.AgentBook;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.mandate.MandateBook;
import dev.remit.registry.ActRefused;
import dev.remit.registry.AskedCalls;
import dev.remit.registry.Grantor;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where people give mandates and look after them; every route is in one table. */
public final class GivingEdge implements Edge {
    public static final String ROOT = "/mandates";

    private final SignIns signIns;
    private final List<Route> routes;

    /**
     * What the desks work with.
     *
     * @param upstreams the configured upstreams' names
     */
    public record Tools(
            SignIns signIns,
            Grantor grantor,
            Assents assents,
            AgentBook agents,
            MandateBook mandates,
            ToolBook tools,
            List<String> upstreams,
            QuestionBook questions,
            AskedCalls asked,
            InstantSource clock) {
        public Tools {
            upstreams = List.copyOf(upstreams);
        }
    }

    /**
     * @param path if it ends with a slash, everything below it
     */
    private record Route(String method, String path, Consumer<Exchange> desk) {
        boolean fits(Exchange exchange) {
            return method.equals(exchange.method())
                    && (path.endsWith("/")
                            ? exchange.path().startsWith(path)
                            : exchange.path().equals(path));
        }
    }

    public GivingEdge(Tools tools) {
        this.signIns = tools.signIns();
        GiveDesk give = new GiveDesk(tools);
        MandateDesk mandates = new MandateDesk(tools);
        AnswerDesk answers = new AnswerDesk(tools);
        this.routes =
                List.of(
                        new Route("GET", ROOT, mandates::list),
                        new Route("GET", ROOT + "/new", give::form),
                        new Route("POST", ROOT + "/new", give::card),
                        new Route("POST", ROOT + "/challenge", give::challenge),
                        new Route("POST", ROOT + "/passkey", give::sign),
                        new Route("POST", ROOT + "/give", give::give),
                        new Route("POST", ROOT + "/revoke", mandates::revoke),
                        new Route("POST", ROOT + "/complete", mandates::complete),
                        new Route("POST", ROOT + "/answer", answers::answer),
                        new Route("GET", ROOT + "/", mandates::page));
    }

    /** All routes, as {@code METHOD path}. */
    public List<String> routes() {
        return routes.stream().map(route -> route.method() + " " + route.path()).toList();
    }

    @Override
    public void answer(Exchange exchange) {
        if (SignIns.isAgents(exchange)) {
            signIns.turnAway(exchange, TurnedAway.AGENT_TOKEN);
            return;
        }
        Optional<Route> route = routes.stream().filter(one -> one.fits(exchange)).findFirst();
        if (route.isEmpty()) {
            notThere(exchange);
            return;
        }
        try {
            route.get().desk().accept(exchange);
        } catch (ActRefused e) {
            refused(exchange, e);
        } catch (BodyTooLarge e) {
            signIns.turnAway(exchange, TurnedAway.UNREADABLE);
        } catch (LedgerUnavailable e) {
            signIns.turnAway(exchange, TurnedAway.UNAVAILABLE);
        }
    }

    /** The same for what is not there and for what is somebody else's. */
    static void notThere(Exchange exchange) {
        Page.problem(404, "There is nothing here", element("p", "Check the address."))
                .answer(exchange);
    }

    /** Why an act was refused; nothing was done. */
    static void refused(Exchange exchange, ActRefused why) {
        Page.problem(
                        409,
                        "Not done",
                        element("p", "Nothing was done: " + why.getMessage() + "."),
                        element("p", element("a", "Your mandates").with("href", ROOT)))
                .answer(exchange);
    }
}
