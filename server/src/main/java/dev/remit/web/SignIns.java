package dev.remit.web;

import static dev.remit.web.Html.element;

import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.identity.Role;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.Quota;
import dev.remit.session.Sessions;
import dev.remit.session.SignedIn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every edge for browsers asks who a request comes from, and whether it may be acted on. A
 * request with a token, whose ever, comes from nobody here: an agent never acts as a person.
 */
public final class SignIns {
    /** The name of the session's cookie, without what {@link Cookies} puts before it. */
    public static final String COOKIE = "session";

    /** The field of a form, or the header of a script's request, with the session's own word. */
    public static final String FIELD = "form";

    public static final String HEADER = "X-Remit-Form";

    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);
    private static final int LONGEST_FORM = 64 * 1024;
    private static final int LONGEST_PATH = 200;

    private final String origin;
    private final Cookies cookies;
    private final Sessions sessions;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Quota quota = new Quota();

    /**
     * @param origin the one origin that people use, {@code scheme://host[:port]}
     */
    public SignIns(String origin, Sessions sessions, Ledger ledger, InstantSource clock) {
        this.origin = origin;
        this.cookies = new Cookies(origin.startsWith("https://"));
        this.sessions = sessions;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A form that a signed-in person sent from a page of ours. */
    public record Posted(SignedIn who, Form form) {}

    /** Who has signed in with the browser that sent this. */
    public Optional<SignedIn> who(Exchange exchange) {
        return isAgents(exchange)
                ? Optional.empty()
                : cookies.read(exchange, COOKIE).flatMap(sessions::find);
    }

    /** The same for a page that keeps itself up to date, which does not prolong the session. */
    public Optional<SignedIn> watching(Exchange exchange) {
        return isAgents(exchange)
                ? Optional.empty()
                : cookies.read(exchange, COOKIE).flatMap(sessions::watch);
    }

    /**
     * Who asks for a page; somebody who has not signed in is sent to do so and comes back. Empty if
     * the exchange is answered.
     *
     * @param anyOf the roles of which one is needed; if empty, everybody who has signed in may
     */
    public Optional<SignedIn> forPage(Exchange exchange, Set<Role> anyOf) {
        return forPage(exchange, ownPath(exchange), anyOf);
    }

    /**
     * The same, for a page that can be had again at another path.
     *
     * @param back where somebody comes back to who is sent to sign in
     */
    public Optional<SignedIn> forPage(Exchange exchange, OwnPath back, Set<Role> anyOf) {
        if (isAgents(exchange)) {
            turnAway(exchange, TurnedAway.AGENT_TOKEN);
            return Optional.empty();
        }
        Optional<SignedIn> who = who(exchange);
        if (who.isEmpty()) {
            sendToSignIn(exchange, back, Optional.empty());
            return Optional.empty();
        }
        return ifIn(exchange, who.get(), anyOf);
    }

    /** Who sent a form, and the form; empty if the exchange is answered. */
    public Optional<Posted> forForm(Exchange exchange, Set<Role> anyOf) {
        Optional<TurnedAway> objection = objection(exchange);
        if (objection.isPresent()) {
            turnAway(exchange, objection.get());
            return Optional.empty();
        }
        Optional<SignedIn> who = who(exchange);
        if (who.isEmpty()) {
            turnAway(exchange, TurnedAway.NOT_SIGNED_IN);
            return Optional.empty();
        }
        boolean isForm =
                exchange.header("Content-Type")
                        .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                        .isPresent();
        Optional<Form> form =
                isForm
                        ? Form.read(new String(exchange.body(LONGEST_FORM), StandardCharsets.UTF_8))
                        : Optional.empty();
        if (form.isEmpty()) {
            turnAway(exchange, TurnedAway.UNREADABLE);
            return Optional.empty();
        }
        if (!isOf(who.get(), form.get().get(FIELD))) {
            turnAway(exchange, TurnedAway.FORM_REFUSED);
            return Optional.empty();
        }
        return ifIn(exchange, who.get(), anyOf).map(one -> new Posted(one, form.get()));
    }

    /** Who sent what a script of ours sends; empty if the exchange is answered. */
    public Optional<SignedIn> forScript(Exchange exchange, Set<Role> anyOf) {
        if (!maySend(exchange)) {
            return Optional.empty();
        }
        Optional<SignedIn> who = who(exchange);
        if (who.isEmpty()) {
            turnAway(exchange, TurnedAway.NOT_SIGNED_IN);
            return Optional.empty();
        }
        if (!isOf(who.get(), exchange.header(HEADER))) {
            turnAway(exchange, TurnedAway.FORM_REFUSED);
            return Optional.empty();
        }
        return ifIn(exchange, who.get(), anyOf);
    }

    /**
     * Whether a script of ours sent this, signed in or not; if not, the exchange is answered. JSON
     * is asked for because a form of another site cannot send it.
     */
    public boolean maySend(Exchange exchange) {
        Optional<TurnedAway> objection = objection(exchange);
        if (objection.isEmpty()
                && !exchange.header("Content-Type").orElse("").equals("application/json")) {
            objection = Optional.of(TurnedAway.UNREADABLE);
        }
        objection.ifPresent(why -> turnAway(exchange, why));
        return objection.isEmpty();
    }

    /**
     * Whether the person showed who they are lately; if not, the exchange is answered, and the
     * person can do it again after signing in once more (step-up).
     */
    public boolean isFresh(Exchange exchange, SignedIn who, Duration most) {
        if (who.isFresh(clock.instant(), most)) {
            return true;
        }
        if (exchange.method().equals("GET")) {
            sendToSignIn(exchange, ownPath(exchange), List.of());
        } else {
            turnAway(exchange, TurnedAway.SHOWN_TOO_LONG_AGO);
        }
        return false;
    }

    /** What every request that changes something must be, whoever sent it. */
    private Optional<TurnedAway> objection(Exchange exchange) {
        if (isAgents(exchange)) {
            return Optional.of(TurnedAway.AGENT_TOKEN);
        }
        boolean own =
                exchange.method().equals("POST")
                        && exchange.header("Origin").filter(origin::equals).isPresent()
                        && exchange.headers("Sec-Fetch-Site").stream()
                                .allMatch("same-origin"::equals);
        return own ? Optional.empty() : Optional.of(TurnedAway.FOREIGN_ORIGIN);
    }

    private Optional<SignedIn> ifIn(Exchange exchange, SignedIn who, Set<Role> anyOf) {
        if (anyOf.isEmpty() || anyOf.stream().anyMatch(who::has)) {
            return Optional.of(who);
        }
        turnAway(exchange, TurnedAway.ROLE_MISSING);
        return Optional.empty();
    }

    /** Whether the request carries what only agents carry. */
    public static boolean isAgents(Exchange exchange) {
        return !exchange.headers("Authorization").isEmpty() || !exchange.headers("DPoP").isEmpty();
    }

    private static boolean isOf(SignedIn who, Optional<String> word) {
        return word.map(given -> given.getBytes(StandardCharsets.UTF_8))
                .filter(
                        given ->
                                MessageDigest.isEqual(
                                        given, who.csrf().getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    private static OwnPath ownPath(Exchange exchange) {
        String path = exchange.path() + exchange.query().map(query -> "?" + query).orElse("");
        return OwnPath.of(path).orElse(new OwnPath("/account"));
    }

    /**
     * Sends somebody who has signed in to do it once more, and back.
     *
     * @param acr the ways of which one is to be used; if empty, any
     */
    public void sendToSignIn(Exchange exchange, OwnPath back, List<String> acr) {
        sendToSignIn(exchange, back, Optional.of(acr));
    }

    /** Sends somebody to sign in, on the origin that people use, and back. */
    private void sendToSignIn(Exchange exchange, OwnPath back, Optional<List<String>> again) {
        Page.redirect(
                exchange,
                origin
                        + "/sign-in?return="
                        + URLEncoder.encode(back.text(), StandardCharsets.UTF_8)
                        + again.map(SignIns::again).orElse(""));
    }

    /**
     * The end of a query that asks somebody to sign in once more.
     *
     * @param acr the ways of which one is to be used; if empty, any
     */
    public static String again(List<String> acr) {
        return "&again=1"
                + (acr.isEmpty()
                        ? ""
                        : "&acr="
                                + URLEncoder.encode(String.join(" ", acr), StandardCharsets.UTF_8));
    }

    /** Answers that it is not done, and writes that down. */
    public void turnAway(Exchange exchange, TurnedAway why) {
        record(why, exchange.path());
        if (exchange.header("Content-Type").orElse("").startsWith("application/json")) {
            Map<String, String> headers = new LinkedHashMap<>(Page.HEADERS);
            headers.put("Content-Type", "application/problem+json");
            exchange.answer(
                    why.status(),
                    headers,
                    Value.object()
                            .put("title", why.sentence())
                            .put("code", why.code())
                            .build()
                            .json()
                            .getBytes(StandardCharsets.UTF_8));
            return;
        }
        Page.problem(
                        why.status(),
                        "Not done",
                        element("p", "Nothing was done: " + why.sentence() + "."),
                        element("p", element("code", why.code())),
                        element("p", element("a", "Sign in").with("href", "/sign-in")))
                .answer(exchange);
    }

    private void record(TurnedAway why, String path) {
        Instant now = clock.instant();
        OptionalLong others = quota.another(why.code(), now);
        if (others.isEmpty()) {
            return;
        }
        String shown = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path;
        try {
            ledger.append(new Event.SignInRefused(why.code(), shown, others.getAsLong()), now);
        } catch (LedgerUnavailable e) {
            LOG.warn("a refused request could not be written down: {}", e.getMessage());
        }
    }

    /** The cookies of the origin that people use. */
    public Cookies cookies() {
        return cookies;
    }

    public String origin() {
        return origin;
    }
}
