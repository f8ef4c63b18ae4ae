package dev.remit.web;

import static dev.remit.web.Html.element;

import dev.remit.http.BodyTooLarge;
import dev.remit.http.Exchange;
import dev.remit.ledger.LedgerUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The desks of an edge for browsers, by route; no agent's token gets as far as one of them. */
public final class Routes {
    private final SignIns signIns;
    private final List<Route> routes;

    /**
     * @param path if it ends with a slash and is not `/` itself, everything below it
     */
    public record Route(String method, String path, Consumer<Exchange> desk) {
        private boolean fits(Exchange exchange) {
            return method.equals(exchange.method()) && isAt(exchange);
        }

        private boolean isAt(Exchange exchange) {
            boolean below = path.endsWith("/") && path.length() > 1;
            return below ? exchange.path().startsWith(path) : exchange.path().equals(path);
        }
    }

    public Routes(SignIns signIns, List<Route> routes) {
        this.signIns = signIns;
        this.routes = List.copyOf(routes);
    }

    /** Whether there is anything at the request's path, whatever its method. */
    public boolean know(Exchange exchange) {
        return routes.stream().anyMatch(one -> one.isAt(exchange));
    }

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
        } catch (BodyTooLarge e) {
            signIns.turnAway(exchange, TurnedAway.UNREADABLE);
        } catch (LedgerUnavailable e) {
            signIns.turnAway(exchange, TurnedAway.UNAVAILABLE);
        }
    }

    /** The same for what is not there and for what is somebody else's. */
    public static void notThere(Exchange exchange) {
        Page.problem(404, "There is nothing here", element("p", "Check the address."))
                .answer(exchange);
    }
}
