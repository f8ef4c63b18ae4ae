package dev.remit.authority;

import static dev.remit.web.Html.element;

import dev.remit.assent.Assents;
import dev.remit.assent.TaskForm;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.decision.intent.Plan;
import dev.remit.http.Exchange;
import dev.remit.identity.AgentId;
import dev.remit.identity.Role;
import dev.remit.identity.SignInDemand;
import dev.remit.mandate.Card;
import dev.remit.mandate.CardWriter;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Proposal;
import dev.remit.mandate.Task;
import dev.remit.registry.ActRefused;
import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import dev.remit.web.OwnPath;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a person is shown what a client asks for, and says yes or no: one page and one form for
 * every way of asking.
 */
final class ConsentDesk {
    /** Who may be asked. */
    static final Set<Role> ANSWERING = Set.of(Role.PERSON);

    private static final byte[] SEEN = "remit/seen/v1\0".getBytes(StandardCharsets.US_ASCII);

    private final String issuer;
    private final Optional<SigningDesk> people;
    private final WaitingRequests waiting;
    private final Consents consents;
    private final Answering answering;
    private final Polls polls;
    private final Offer offer;
    private final AcrValues acr;

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
            Optional<SigningDesk> people,
            WaitingRequests waiting,
            Consents consents,
            Answering answering,
            Polls polls,
            Offer offer,
            AcrValues acr) {
        this.issuer = issuer;
        this.people = people;
        this.waiting = waiting;
        this.consents = consents;
        this.answering = answering;
        this.polls = polls;
        this.offer = offer;
        this.acr = acr;
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
        return signing().signIns();
    }

    SigningDesk signing() {
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
            page(exchange, asked, who, false);
        } else if (acr.canBeMetBy(who.account(), demand)) {
            signIns().sendToSignIn(exchange, here, demand.acr());
        } else {
            tellUnmet(exchange, asked);
        }
    }

    /** What can be given: to be signed by who has a passkey, else to say yes to. */
    private void page(
            Exchange exchange, WaitingRequests.Waiting asked, SignedIn who, boolean again) {
        Optional<Proposal> wish = asked.request().wish();
        if (wish.isPresent() && !who.account().passkeys().isEmpty()) {
            signingPage(exchange, asked, who, wish.get(), again);
            return;
        }
        try {
            asking(asked, who, again)
                    .choosing(wish.map(one -> shown(asked, one, who)), offered(asked.request()))
                    .answer(exchange);
        } catch (ActRefused refused) {
            tellNever(exchange, refused);
        }
    }

    /** What is fixed now and is given if it is signed; with what was asked for, to take less. */
    private void signingPage(
            Exchange exchange,
            WaitingRequests.Waiting asked,
            SignedIn who,
            Proposal given,
            boolean again) {
        try {
            Optional<ConsentPage.Shown> whole =
                    asked.request().wish().map(wish -> shown(asked, wish, who));
            SigningDesk.Shown fixed = signing().show(asked, given, who);
            asking(asked, who, again).signing(fixed, whole).answer(exchange);
        } catch (ActRefused refused) {
            tellNever(exchange, refused);
        }
    }

    private ConsentPage asking(WaitingRequests.Waiting asked, SignedIn who, boolean again) {
        boolean changed = consents.hasChanged(asked.request().client());
        return new ConsentPage(asked, nameOf(asked), changed, who, again);
    }

    /** What a yes would give, by the tools as they are pinned. */
    private ConsentPage.Shown shown(WaitingRequests.Waiting asked, Proposal wish, SignedIn who) {
        Mandate proposed = consents.propose(asked.request(), wish, who, who.shown());
        Card card =
                new CardWriter(offer.tools(), _ -> nameOf(asked), Plan::understood)
                        .write(proposed, proposed.givenAt());
        return new ConsentPage.Shown(card, wish, seen(card, wish).base64Url());
    }

    /** The same for as long as the card says the same, but for the time. */
    private static Digest seen(Card card, Proposal wish) {
        Digest whole = wish.digest(new AgentId("agt_proposed"), Set.of());
        return Digest.of(SEEN, whole.bytes(), Assents.seen(card).bytes());
    }

    private static void tellNever(Exchange exchange, ActRefused refused) {
        Page.problem(
                        409,
                        "This cannot be given",
                        element("p", String.valueOf(refused.getMessage()) + "."))
                .answer(exchange);
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
        sendBack(exchange, to, state, unmet);
    }

    /** Tells the client what is wrong, at its own address. */
    void sendBack(Exchange exchange, URI to, Optional<String> state, OauthRefused wrong) {
        Map<String, String> said =
                Map.of("error", wrong.error(), "error_description", wrong.description());
        Page.redirect(exchange, answering.back(to, state, said));
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
        if (allowed && !isAsSeen(form, asked, who)) {
            page(exchange, asked, who, true);
            return;
        }
        Optional<Proposal> granted = allowed ? granted(form, asked.request()) : Optional.empty();
        if (allowed && granted.isEmpty()) {
            Page.problem(
                            400,
                            "Not given yet",
                            element("p", "Say the task, and choose at least one tool; go back."))
                    .answer(exchange);
            return;
        }
        if (allowed
                && !who.account().passkeys().isEmpty()) { // it is not by a form that they say yes
            signingPage(exchange, asked, who, granted.orElseThrow(), false);
            return;
        }
        WaitingRequests.Waiting taken =
                waiting.take(name, who.person().id()).orElseThrow(ConsentDesk::gone);
        try {
            Optional<String> back =
                    granted.isPresent() ? yes(taken, granted.get(), who) : answering.no(taken);
            tell(exchange, back, allowed);
        } catch (ActRefused e) { // suspended at this very moment
            polls.answer(taken, Optional.empty());
            throw gone();
        }
    }

    /** Whether what a yes would give is what the person was shown, and it can still be given. */
    private boolean isAsSeen(Form form, WaitingRequests.Waiting asked, SignedIn who) {
        try {
            return asked.request().wish().stream()
                    .map(wish -> shown(asked, wish, who).seen())
                    .allMatch(seen -> form.get(ConsentPage.SEEN).equals(Optional.of(seen)));
        } catch (ActRefused _) {
            return false; // and the page says why
        }
    }

    /** Of somebody who has no passkey to sign it with. */
    private Optional<String> yes(WaitingRequests.Waiting taken, Proposal wish, SignedIn who) {
        Mandate proposed = consents.propose(taken.request(), wish, who, who.shown());
        return answering.yes(taken, proposed, Optional.empty(), who);
    }

    private static void tell(Exchange exchange, Optional<String> back, boolean allowed) {
        if (back.isPresent()) {
            Page.redirect(exchange, back.get());
        } else {
            ConsentPage.answered(allowed).answer(exchange);
        }
    }

    /**
     * What the person agreed to: as much of the client's wish as they left, or their own choice.
     */
    private Optional<Proposal> granted(Form form, AuthorizationRequest request) {
        return request.wish().isPresent()
                ? lowered(form, request.wish().get())
                : chosen(form, request);
    }

    private static Optional<Proposal> lowered(Form form, Proposal wish) {
        Set<String> kept =
                wish.permissions().all().stream()
                        .map(Permission::name)
                        .filter(one -> form.get(ConsentPage.KEEP + one).isPresent())
                        .collect(Collectors.toSet());
        Optional<Duration> lives =
                form.get(TaskForm.LIVES)
                        .filter(one -> !one.equals(wish.lives().toString()))
                        .map(one -> ConsentPage.shorter(one).orElse(Duration.ZERO));
        return kept.isEmpty() || lives.equals(Optional.of(Duration.ZERO))
                ? Optional.empty()
                : Optional.of(wish.keeping(kept).shortened(lives.orElse(wish.lives())));
    }

    private Optional<Proposal> chosen(Form form, AuthorizationRequest request) {
        List<Permission> chosen = new ArrayList<>();
        for (Tool tool : offered(request)) {
            if (form.get(TaskForm.TOOL + tool).isPresent()) {
                chosen.add(
                        new Permission(
                                "p" + (chosen.size() + 1),
                                new Glob(tool.toString()),
                                Map.of(Permission.REST, new Constraint.Any()),
                                OptionalLong.empty()));
            }
        }
        Optional<Duration> lives = TaskForm.life(form);
        String words = TaskForm.words(form);
        return chosen.isEmpty() || lives.isEmpty() || words.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Proposal.of(
                                new Task(words),
                                new Permissions(chosen),
                                Limits.USUAL.asking(Limits.USUAL_ASKS),
                                lives.get(),
                                Optional.empty()));
    }
}
