package dev.remit.people;

import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.identity.PersonBook;
import dev.remit.ledger.Ledger;
import dev.remit.registry.Steward;
import dev.remit.session.Sessions;
import dev.remit.web.Routes;
import dev.remit.web.Routes.Route;
import dev.remit.web.SignIns;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The pages where people sign in and look after their accounts; every route is in one table. */
public final class PeopleEdge implements Edge {
    private final List<Open> all;
    private final Routes routes;

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

    private record Open(For whom, Route route) {
        Open(String method, String path, For whom, Consumer<Exchange> desk) {
            this(whom, new Route(method, path, desk));
        }
    }

    /** A route as a test or a manual names it. */
    public record Named(String method, String path, For whom) {}

    public PeopleEdge(Tools tools) {
        SignIns signIns = tools.signIns();
        Passkeys passkeys = new Passkeys(signIns.origin(), tools.people());
        Ceremonies ceremonies = new Ceremonies(signIns.cookies(), tools.secrets(), tools.clock());
        Admission admission = new Admission(tools);
        WelcomeDesk welcome = new WelcomeDesk(tools, passkeys, ceremonies, admission);
        SignInDesk signIn = new SignInDesk(tools, passkeys, ceremonies, admission);
        ProviderDesk provider = new ProviderDesk(tools, ceremonies, admission);
        AccountDesk account = new AccountDesk(tools);
        this.all =
                List.of(
                        new Open("GET", "/welcome", For.ANYBODY, welcome::page),
                        new Open(
                                "POST",
                                "/welcome/challenge",
                                For.ANYBODY,
                                welcome::challengeForLink),
                        new Open("POST", "/welcome/passkey", For.ANYBODY, welcome::addByLink),
                        new Open("GET", "/sign-in", For.ANYBODY, signIn::page),
                        new Open("POST", "/sign-in/challenge", For.ANYBODY, signIn::challenge),
                        new Open("POST", "/sign-in/passkey", For.ANYBODY, signIn::passkey),
                        new Open("GET", "/sign-in/with/", For.ANYBODY, provider::begin),
                        new Open("GET", "/sign-in/from/", For.ANYBODY, provider::finish),
                        new Open("POST", "/sign-out", For.SIGNED_IN, signIn::signOut),
                        new Open("GET", "/account", For.SIGNED_IN, account::page),
                        new Open(
                                "POST",
                                "/account/challenge",
                                For.SIGNED_IN,
                                welcome::challengeForMore),
                        new Open("POST", "/account/passkey", For.SIGNED_IN, welcome::addMore),
                        new Open(
                                "POST",
                                "/account/passkeys/remove",
                                For.SIGNED_IN,
                                account::removePasskey),
                        new Open(
                                "POST",
                                "/account/sessions/end",
                                For.SIGNED_IN,
                                account::endSession));
        this.routes = new Routes(signIns, all.stream().map(Open::route).toList());
    }

    /** All routes. */
    public List<Named> routes() {
        return all.stream()
                .map(one -> new Named(one.route().method(), one.route().path(), one.whom()))
                .toList();
    }

    /** The first parts of their paths, for whoever hands out requests. */
    public Set<String> roots() {
        Set<String> roots = new TreeSet<>();
        all.forEach(one -> roots.add("/" + one.route().path().split("/", 3)[1]));
        return roots;
    }

    @Override
    public void answer(Exchange exchange) {
        routes.answer(exchange);
    }
}
