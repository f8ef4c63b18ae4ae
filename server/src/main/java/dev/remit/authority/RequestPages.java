package dev.remit.authority;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.assent.TaskForm;
import dev.remit.http.BodyTooLarge;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.identity.MandateId;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.mandate.MandateBook;
import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.OwnPath;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a person types the code that a device shows (RFC 8628, section 3.3), and where the requests
 * wait that were made to them. Both lead to the page of {@link ConsentDesk}, never past it.
 */
final class RequestPages implements Edge {
    static final String DEVICE = "/device";
    static final String REQUESTS = "/requests";

    static final String CHALLENGE = ConsentPage.AUTHORIZE + "/challenge";
    static final String PASSKEY = ConsentPage.AUTHORIZE + "/passkey";

    private static final String CODE = "user_code";
    private static final String GIVEN = "given";

    private final ConsentDesk consent;
    private final MandateBook mandates;
    private final WaitingRequests waiting;
    private final Tries tries;
    private final Door door;

    RequestPages(
            ConsentDesk consent,
            MandateBook mandates,
            WaitingRequests waiting,
            Door door,
            InstantSource clock) {
        this.consent = consent;
        this.mandates = mandates;
        this.waiting = waiting;
        this.door = door;
        this.tries = new Tries(clock);
    }

    @Override
    public void answer(Exchange exchange) {
        SignIns signIns = consent.signIns();
        if (SignIns.isAgents(exchange)) {
            signIns.turnAway(exchange, TurnedAway.AGENT_TOKEN);
            return;
        }
        try {
            serve(exchange, signIns);
        } catch (OauthRefused refused) {
            refused.doubt().ifPresent(doubt -> door.record(doubt, exchange.path()));
            refuse(exchange, refused);
        } catch (BodyTooLarge e) {
            signIns.turnAway(exchange, TurnedAway.UNREADABLE);
        } catch (LedgerUnavailable e) {
            signIns.turnAway(exchange, TurnedAway.UNAVAILABLE);
        }
    }

    private void serve(Exchange exchange, SignIns signIns) {
        switch (exchange.method() + " " + exchange.path()) {
            case "GET " + DEVICE -> askForCode(exchange);
            case "POST " + DEVICE -> typed(exchange, signIns);
            case "GET " + REQUESTS -> inbox(exchange);
            case "POST " + CHALLENGE -> consent.signing().challenge(exchange);
            case "POST " + PASSKEY -> consent.signing().sign(exchange);
            default ->
                    Page.problem(404, "There is nothing here", element("p", "Check the address."))
                            .answer(exchange);
        }
    }

    /** What a person is told of a request that cannot be answered. */
    static void refuse(Exchange exchange, OauthRefused refused) {
        Page.problem(
                        refused.status(),
                        "This cannot be asked for",
                        element("p", refused.description()),
                        element("p", element("code", refused.error())))
                .answer(exchange);
    }

    /** A code that came with the address is only written into the field (section 5.4). */
    private void askForCode(Exchange exchange) {
        Optional<TypedCode> code = query(exchange).get(CODE).flatMap(TypedCode::typed);
        OwnPath here =
                new OwnPath(DEVICE + code.map(one -> "?" + CODE + "=" + one.shown()).orElse(""));
        consent.forPage(exchange, here).ifPresent(who -> codePage(who, code).answer(exchange));
    }

    private static Page codePage(SignedIn who, Optional<TypedCode> code) {
        return Page.of(
                "Connect a device",
                element(
                        "p",
                        "A program that you started somewhere else shows you a code. Type it here"
                                + " to see what it asks for."),
                element(
                                "form",
                                TaskForm.hidden(SignIns.FIELD, who.csrf()),
                                element(
                                        "label",
                                        text("The code"),
                                        element("input")
                                                .with("name", CODE)
                                                .with("class", "code")
                                                .with(
                                                        "value",
                                                        code.map(TypedCode::shown).orElse(""))
                                                .with("placeholder", "XXXXX-XXXXX")
                                                .with("autocomplete", "off")
                                                .with("maxlength", "20")
                                                .with("required", "required")),
                                element("button", "Go on").with("class", "first"))
                        .with("method", "post")
                        .with("class", "card")
                        .with("action", DEVICE),
                ConsentPage.warning(
                        "Did somebody send you this code, or ask you to open this page? Then"
                                + " close it: they want to act in your name."));
    }

    private void typed(Exchange exchange, SignIns signIns) {
        Optional<SignIns.Posted> posted = consent.forForm(exchange);
        if (posted.isEmpty()) {
            return; // answered
        }
        SignedIn who = posted.get().who();
        if (!tries.mayTry(who.person().id())) {
            signIns.turnAway(exchange, TurnedAway.TOO_MANY_CODES);
            return;
        }
        Optional<WaitingRequests.Waiting> asked =
                posted.get().form().get(CODE).flatMap(TypedCode::typed).flatMap(waiting::brought);
        if (asked.isEmpty()) {
            tries.failed(who.person().id());
            signIns.turnAway(exchange, TurnedAway.CODE_UNKNOWN);
            return;
        }
        OwnPath here = new OwnPath(DEVICE + "?" + CODE + "=" + asked.get().code().shown());
        consent.show(exchange, asked.get(), who, here);
    }

    /** Where somebody learns that what they signed is given. */
    static String given(MandateId mandate) {
        return REQUESTS + "?" + GIVEN + "=" + mandate;
    }

    private boolean hasGiven(SignedIn who, String mandate) {
        try {
            return mandates.find(new MandateId(mandate))
                    .filter(one -> one.mandate().giver().id().equals(who.person().id()))
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void inbox(Exchange exchange) {
        Optional<String> given = query(exchange).get(GIVEN);
        Optional<String> name = query(exchange).get(ConsentPage.REQUEST);
        OwnPath here =
                new OwnPath(
                        REQUESTS
                                + name.map(one -> "?" + ConsentPage.REQUEST + "=" + encoded(one))
                                        .orElse(""));
        consent.forPage(exchange, here)
                .ifPresent(
                        who -> {
                            if (given.filter(one -> hasGiven(who, one)).isPresent()) {
                                ConsentPage.answered(true).answer(exchange);
                            } else if (name.isPresent()) {
                                consent.show(exchange, one(name.get(), who), who, here);
                            } else {
                                inboxPage(who).answer(exchange);
                            }
                        });
    }

    /** Only what is in this person's inbox is opened from there. */
    private WaitingRequests.Waiting one(String name, SignedIn who) {
        return waiting.inboxOf(who.person().id()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(ConsentDesk::gone);
    }

    private Page inboxPage(SignedIn who) {
        List<Html> main = new ArrayList<>();
        List<WaitingRequests.Waiting> all = waiting.inboxOf(who.person().id());
        if (all.isEmpty()) {
            main.add(element("p", "Nothing waits for your answer."));
        }
        for (WaitingRequests.Waiting one : all) {
            main.add(
                    element(
                                    "section",
                                    element("h2", consent.nameOf(one)),
                                    element(
                                            "p",
                                            element("code", one.code().shown()),
                                            text(" since "),
                                            ConsentPage.time(one.since())),
                                    element(
                                            "p",
                                            element("a", "See what it asks for")
                                                    .with("class", "button")
                                                    .with(
                                                            "href",
                                                            REQUESTS
                                                                    + "?"
                                                                    + ConsentPage.REQUEST
                                                                    + "="
                                                                    + encoded(one.name()))))
                            .with("class", "card"));
        }
        return Page.of("What waits for you", main.toArray(Html[]::new));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Form query(Exchange exchange) {
        return exchange.query().flatMap(Form::read).orElse(new Form(Map.of()));
    }
}
