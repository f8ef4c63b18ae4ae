package dev.remit.people;

import static dev.remit.web.Html.element;

import com.yubico.webauthn.AssertionRequest;
import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.identity.Authentication;
import dev.remit.ledger.Event;
import dev.remit.people.Ceremonies.Begun;
import dev.remit.session.Sessions;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.OwnPath;
import dev.remit.web.Page;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import dev.remit.web.TurnedAway;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Signs people in with a passkey, shows the way to their provider, and signs them out. */
final class SignInDesk {
    private static final OwnPath HOME = new OwnPath(Section.NOW.path());

    private final SignIns signIns;
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final Ceremonies ceremonies;
    private final Admission admission;
    private final List<ProviderSettings> providers;
    private final InstantSource clock;

    SignInDesk(
            PeopleEdge.Tools tools, Passkeys passkeys, Ceremonies ceremonies, Admission admission) {
        this.signIns = tools.signIns();
        this.sessions = tools.sessions();
        this.passkeys = passkeys;
        this.ceremonies = ceremonies;
        this.admission = admission;
        this.providers = tools.providers();
        this.clock = tools.clock();
    }

    /** Where a query says to go on afterwards; the first page if it says nothing usable. */
    static OwnPath back(Exchange exchange) {
        return query(exchange).get("return").flatMap(OwnPath::of).orElse(HOME);
    }

    static Form query(Exchange exchange) {
        return exchange.query().flatMap(Form::read).orElse(new Form(Map.of()));
    }

    /** The ways of which one is asked for, if somebody is to sign in once more. */
    static Optional<List<String>> again(Exchange exchange) {
        Form query = query(exchange);
        return query.get("again")
                .map(
                        _ ->
                                Stream.of(query.get("acr").orElse("").split(" "))
                                        .filter(one -> !one.isEmpty())
                                        .toList());
    }

    void page(Exchange exchange) {
        OwnPath back = back(exchange);
        Optional<List<String>> again = again(exchange);
        List<String> acr = again.orElse(List.of());
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                        "p",
                        again.isPresent()
                                ? "Show once more who you are, to go on."
                                : "Sign in to see what your agents do, and to say what they may."));
        if (!acr.isEmpty()) {
            main.add(element("p", "What you go on to asks for one of these ways."));
        }
        if (acr.isEmpty() || acr.contains(Authentication.PHISHING_RESISTANT)) {
            main.add(
                    element(
                            "p",
                            element("button", "Use a passkey")
                                    .with("class", "first")
                                    .with("data-passkey", "/sign-in")
                                    .with("data-to", back.text())));
        }
        for (ProviderSettings provider : providers) {
            if (!acr.isEmpty() && provider.acr().stream().noneMatch(acr::contains)) {
                continue;
            }
            main.add(
                    element(
                            "p",
                            element("a", "Sign in with " + provider.label())
                                    .with("class", "button")
                                    .with(
                                            "href",
                                            "/sign-in/with/"
                                                    + provider.name()
                                                    + "?return="
                                                    + URLEncoder.encode(
                                                            back.text(), StandardCharsets.UTF_8)
                                                    + again.map(SignIns::again).orElse(""))));
        }
        main.add(element("p").with("role", "alert"));
        Page.of("Sign in", main.toArray(Html[]::new)).withScript("passkey.js").answer(exchange);
    }

    void challenge(Exchange exchange) {
        if (signIns.maySend(exchange)) {
            AssertionRequest request = passkeys.showing();
            ceremonies.begin(exchange, new Begun.Showing(request));
            Answers.answer(exchange, Passkeys.asked(request));
        }
    }

    void passkey(Exchange exchange) {
        if (!signIns.maySend(exchange)) {
            return;
        }
        Optional<Begun.Showing> begun = ceremonies.take(exchange, Begun.Showing.class);
        if (begun.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.CHALLENGE_UNKNOWN);
            return;
        }
        Optional<Value.Fields> asked = Answers.asked(exchange);
        Optional<Passkeys.Shown> shown =
                asked.flatMap(one -> one.fields("credential"))
                        .flatMap(credential -> passkeys.shown(begun.get().request(), credential));
        if (shown.isEmpty()) {
            signIns.turnAway(exchange, TurnedAway.PASSKEY_REFUSED);
            return;
        }
        Event.Way way = new Event.Way.ByPasskey(shown.get().passkey(), shown.get().count());
        OwnPath back = asked.flatMap(one -> one.text("to")).flatMap(OwnPath::of).orElse(HOME);
        admission
                .admit(
                        exchange,
                        shown.get().person(),
                        way,
                        Authentication.byPasskey(clock.instant()))
                .ifPresentOrElse(
                        why -> signIns.turnAway(exchange, why),
                        () -> Answers.goOn(exchange, back.text()));
    }

    void signOut(Exchange exchange) {
        signIns.forForm(exchange, Set.of())
                .ifPresent(
                        _ -> {
                            signIns.cookies()
                                    .read(exchange, SignIns.COOKIE)
                                    .ifPresent(sessions::end);
                            signIns.cookies().clear(exchange, SignIns.COOKIE);
                            Page.redirect(exchange, signIns.origin() + "/sign-in");
                        });
    }
}
