package dev.remit.people;

import static dev.remit.web.Html.element;

import dev.remit.http.BodyTooLarge;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.PersonBook;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.registry.Steward;
import dev.remit.session.Sessions;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The pages where people sign in and look after their accounts; every route is in one table. */
public final class PeopleEdge implements Edge {
    private final SignIns signIns;
    private final List<Route> routes;

    /**
     * What the desks work with.
     *
     * @param secrets gives fresh words of 256 random bits
     */
    public record Tools(
            SignIns signIns,
            Sessions sessions,
            Steward steward,
            PersonBook people,
            Ledger ledger,
            List<ProviderSettings> providers,
            SafeFetch fetch,
            Supplier<String> secrets,
            InstantSource clock) {
        public Tools {
            providers = List.copyOf(providers);
        }
    }

    /** Who may use a route. */
    public enum For {
        ANYBODY,
        SIGNED_IN
    }

    /**
     * @param path if it ends with a slash, everything below it
     */
    private record Route(String method, String path, For whom, Consumer<Exchange> desk) {
        boolean fits(Exchange exchange) {
            return method.equals(exchange.method())
                    && (path.endsWith("/")
                            ? exchange.path().startsWith(path)
                            : exchange.path().equals(path));
        }
    }

    /** A route as a test or a manual names it. */
    public record Named(String method, String path, For whom) {}

    public PeopleEdge(Tools tools) {
        this.signIns = tools.signIns();
        Passkeys passkeys = new Passkeys(signIns.origin(), tools.people());
        Ceremonies ceremonies = new Ceremonies(signIns.cookies(), tools.secrets(), tools.clock());
        Admission admission = new Admission(tools);
        WelcomeDesk welcome = new WelcomeDesk(tools, passkeys, ceremonies, admission);
        SignInDesk signIn = new SignInDesk(tools, passkeys, ceremonies, admission);
        ProviderDesk provider = new ProviderDesk(tools, ceremonies, admission);
        AccountDesk account = new AccountDesk(tools);
        this.routes =
                List.of(
                        new Route("GET", "/welcome", For.ANYBODY, welcome::page),
                        new Route(
                                "POST",
                                "/welcome/challenge",
                                For.ANYBODY,
                                welcome::challengeForLink),
                        new Route("POST", "/welcome/passkey", For.ANYBODY, welcome::addByLink),
                        new Route("GET", "/sign-in", For.ANYBODY, signIn::page),
                        new Route("POST", "/sign-in/challenge", For.ANYBODY, signIn::challenge),
                        new Route("POST", "/sign-in/passkey", For.ANYBODY, signIn::passkey),
                        new Route("GET", "/sign-in/with/", For.ANYBODY, provider::begin),
                        new Route("GET", "/sign-in/from/", For.ANYBODY, provider::finish),
                        new Route("POST", "/sign-out", For.SIGNED_IN, signIn::signOut),
                        new Route("GET", "/account", For.SIGNED_IN, account::page),
                        new Route(
                                "POST",
                                "/account/challenge",
                                For.SIGNED_IN,
                                welcome::challengeForMore),
                        new Route("POST", "/account/passkey", For.SIGNED_IN, welcome::addMore),
                        new Route(
                                "POST",
                                "/account/passkeys/remove",
                                For.SIGNED_IN,
                                account::removePasskey),
                        new Route(
                                "POST",
                                "/account/sessions/end",
                                For.SIGNED_IN,
                                account::endSession));
    }

    /** All routes. */
    public List<Named> routes() {
        return routes.stream()
                .map(route -> new Named(route.method(), route.path(), route.whom()))
                .toList();
    }

    /** The first parts of their paths, for whoever hands out requests. */
    public Set<String> roots() {
        Set<String> roots = new TreeSet<>();
        routes.forEach(route -> roots.add("/" + route.path().split("/", 3)[1]));
        return roots;
    }

    @Override
    public void answer(Exchange exchange) {
        if (SignIns.isAgents(exchange)) {
            signIns.turnAway(exchange, TurnedAway.AGENT_TOKEN);
            return;
        }
        Optional<Route> route = routes.stream().filter(one -> one.fits(exchange)).findFirst();
        if (route.isEmpty()) {
            Page.problem(404, "There is nothing here", element("p", "Check the address."))
                    .answer(exchange);
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
}
