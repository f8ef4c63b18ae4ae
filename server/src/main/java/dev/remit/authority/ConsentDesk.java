package dev.remit.authority;

import static dev.remit.web.Html.element;

import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.http.Exchange;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.Role;
import dev.remit.identity.SignInDemand;
import dev.remit.mandate.Card;
import dev.remit.mandate.CardWriter;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import dev.remit.registry.ActRefused;
import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import dev.remit.web.OwnPath;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where a person is shown what a client asks for, and says yes or no: one page and one form for
 * every way of asking.
 */
final class ConsentDesk {
    /** Who may be asked. */
    static final Set<Role> ANSWERING = Set.of(Role.PERSON);

    private final String issuer;
    private final Optional<SignIns> people;
    private final WaitingRequests waiting;
    private final Consents consents;
    private final Codes codes;
    private final Polls polls;
    private final Offer offer;
    private final AcrValues acr;
    private final InstantSource clock;

    /** The tools that can be chosen. */
    record Offer(ToolBook tools, Set<String> upstreams) {
        Offer {
            upstreams = Set.copyOf(upstreams);
        }
    }

    /**
     * @param people empty if nobody can sign in here
     */
    ConsentDesk(
            String issuer,
            Optional<SignIns> people,
            WaitingRequests waiting,
            Consents consents,
            Codes codes,
            Polls polls,
            Offer offer,
            AcrValues acr,
            InstantSource clock) {
        this.issuer = issuer;
        this.people = people;
        this.waiting = waiting;
        this.consents = consents;
        this.codes = codes;
        this.polls = polls;
        this.offer = offer;
        this.acr = acr;
        this.clock = clock;
    }

    /** Who has signed in and may be asked; empty if the exchange is answered. */
    Optional<SignedIn> forPage(Exchange exchange, OwnPath here) {
        return signIns().forPage(exchange, here, ANSWERING);
    }

    /** Who sent a form, and the form; empty if the exchange is answered. */
    Optional<SignIns.Posted> forForm(Exchange exchange) {
        return signIns().forForm(exchange, ANSWERING);
    }

    SignIns signIns() {
        return people.orElseThrow(
                () ->
                        OauthRefused.request(
                                "nobody can sign in at this gateway; give it a public https"
                                        + " address"));
    }

    /**
     * Shows the request.
     *
     * @param here where the page can be had again, after signing in once more
     */
    void show(Exchange exchange, WaitingRequests.Waiting asked, SignedIn who, OwnPath here) {
        if (!consents.isOpen(asked.request())) {
            throw gone();
        }
        SignInDemand demand = asked.request().demand();
        if (demand.isMetBy(who.shown(), asked.since())) {
            ConsentPage.of(
                            asked,
                            nameOf(asked),
                            consents.hasChanged(asked.request().client()),
                            who,
                            asked.request().wish().map(wish -> card(asked, wish, who)),
                            offered(asked.request()))
                    .answer(exchange);
        } else if (acr.canBeMetBy(who.account(), demand)) {
            signIns().sendToSignIn(exchange, here, demand.acr());
        } else {
            tellUnmet(exchange, asked);
        }
    }

    /** What a yes would give, by the tools as they are pinned. */
    private Card card(WaitingRequests.Waiting asked, Wish wish, SignedIn who) {
        Mandate proposed =
                new Mandate(
                        new MandateId("mdt_proposed"),
                        who.person(),
                        new AgentId("agt_proposed"),
                        wish.task(),
                        wish.permissions(),
                        wish.limits(clock.instant()),
                        clock.instant(),
                        new Mandate.Status.Active(),
                        1);
        return new CardWriter(offer.tools(), _ -> nameOf(asked)).write(proposed, clock.instant());
    }

    /** The request goes on waiting: the person may get a passkey, and come back to it. */
    private void tellUnmet(Exchange exchange, WaitingRequests.Waiting asked) {
        OauthRefused unmet =
                AcrValues.unmet(
                        "the person has no way to sign in that would do; a passkey can be added at"
                                + " /account");
        if (!(asked.request().way()
                instanceof
                AuthorizationRequest.Way.ByRedirect(URI to, Optional<String> state, _))) {
            throw unmet;
        }
        sendBack(
                exchange,
                to,
                state,
                Map.of("error", unmet.error(), "error_description", unmet.description()));
    }

    String nameOf(WaitingRequests.Waiting asked) {
        return consents.nameOf(asked.request().client());
    }

    static OauthRefused gone() {
        return OauthRefused.request("the request is unknown, answered or too old; start again");
    }

    private List<Tool> offered(AuthorizationRequest request) {
        String below = request.audience().substring(issuer.length());
        List<Tool> offered = new ArrayList<>();
        offer.upstreams().stream()
                .sorted()
                .filter(one -> !below.startsWith("/mcp/") || below.equals("/mcp/" + one))
                .forEach(
                        one ->
                                offer.tools().pins(one).stream()
                                        .map(Pin::tool)
                                        .forEach(offered::add));
        return offered;
    }

    /** The person's answer. */
    void decide(Exchange exchange) {
        Optional<SignIns.Posted> posted = forForm(exchange);
        if (posted.isEmpty()) {
            return; // answered
        }
        Form form = posted.get().form();
        SignedIn who = posted.get().who();
        String name = form.get(ConsentPage.REQUEST).orElse("");
        WaitingRequests.Waiting asked =
                waiting.find(name, who.person().id())
                        .filter(one -> consents.isOpen(one.request()))
                        .filter(one -> one.request().demand().isMetBy(who.shown(), one.since()))
                        .orElseThrow(ConsentDesk::gone);
        boolean allowed = form.get(ConsentPage.ANSWER).equals(Optional.of(ConsentPage.ALLOW));
        Optional<Wish> granted = allowed ? granted(form, asked.request()) : Optional.empty();
        if (allowed && granted.isEmpty()) {
            Page.problem(
                            400,
                            "Not given yet",
                            element("p", "Say the task, and choose at least one tool; go back."))
                    .answer(exchange);
            return;
        }
        WaitingRequests.Waiting taken =
                waiting.take(name, who.person().id()).orElseThrow(ConsentDesk::gone);
        try {
            tell(exchange, taken, granted.map(wish -> give(taken, wish, who)));
        } catch (ActRefused e) { // suspended at this very moment
            polls.answer(taken, Optional.empty());
            throw gone();
        }
    }

    private Consents.Consent give(WaitingRequests.Waiting taken, Wish wish, SignedIn who) {
        Duration life =
                switch (taken.request().way()) {
                    case AuthorizationRequest.Way.ByRedirect _ -> Codes.LIFE;
                    case AuthorizationRequest.Way.ByCode _, AuthorizationRequest.Way.ByInbox _ ->
                            Duration.between(clock.instant(), taken.until());
                };
        return consents.give(taken.request(), wish, who, life);
    }

    private void tell(
            Exchange exchange, WaitingRequests.Waiting taken, Optional<Consents.Consent> consent) {
        switch (taken.request().way()) {
            case AuthorizationRequest.Way.ByRedirect(URI to, Optional<String> state, _) ->
                    sendBack(
                            exchange,
                            to,
                            state,
                            consent.map(one -> Map.of("code", codes.add(one)))
                                    .orElse(Map.of("error", "access_denied")));
            case AuthorizationRequest.Way.ByCode _, AuthorizationRequest.Way.ByInbox _ -> {
                polls.answer(taken, consent);
                ConsentPage.answered(consent.isPresent()).answer(exchange);
            }
        }
    }

    /** What the person agreed to: the client's wish as it is, or what they chose themselves. */
    private Optional<Wish> granted(Form form, AuthorizationRequest request) {
        if (request.wish().isPresent()) {
            return request.wish();
        }
        List<Permission> chosen = new ArrayList<>();
        for (Tool tool : offered(request)) {
            if (form.get(ConsentPage.TOOL + tool).isPresent()) {
                chosen.add(
                        new Permission(
                                "p" + (chosen.size() + 1),
                                new Glob(tool.toString()),
                                Map.of(Permission.REST, new Constraint.Any()),
                                OptionalLong.empty()));
            }
        }
        Optional<Duration> lives = form.get(ConsentPage.LIVES).flatMap(ConsentPage::lives);
        String words = form.get(ConsentPage.TASK).orElse("").strip();
        return chosen.isEmpty() || lives.isEmpty() || words.isEmpty()
                ? Optional.empty()
                : Optional.of(new Wish(new Task(words), new Permissions(chosen), lives.get()));
    }

    /** RFC 6749, section 4.1.2, with {@code iss} (RFC 9207). */
    void sendBack(
            Exchange exchange, URI redirect, Optional<String> state, Map<String, String> answer) {
        Map<String, String> all = new LinkedHashMap<>(answer);
        state.ifPresent(one -> all.put("state", one));
        all.put("iss", issuer);
        StringBuilder to = new StringBuilder(redirect.toString());
        char next = redirect.getRawQuery() == null ? '?' : '&';
        for (Map.Entry<String, String> one : all.entrySet()) {
            to.append(next).append(one.getKey()).append('=');
            to.append(URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
            next = '&';
        }
        Page.redirect(exchange, to.toString());
    }
}
