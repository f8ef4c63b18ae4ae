package dev.remit.people;

import static dev.remit.web.Html.element;

import dev.remit.call.Digest;
import dev.remit.http.Exchange;
import dev.remit.identity.Account;
import dev.remit.identity.Passkey;
import dev.remit.identity.Role;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Steward;
import dev.remit.session.Session;
import dev.remit.session.Sessions;
import dev.remit.session.SignedIn;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The own account: ways to sign in, and where one is signed in. */
final class AccountDesk {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final SignIns signIns;
    private final Sessions sessions;
    private final Steward steward;

    AccountDesk(PeopleEdge.Tools tools) {
        this.signIns = tools.signIns();
        this.sessions = tools.sessions();
        this.steward = tools.steward();
    }

    void page(Exchange exchange) {
        signIns.forPage(exchange, Set.of()).ifPresent(who -> page(who).answer(exchange));
    }

    private Page page(SignedIn who) {
        Account account = who.account();
        String roles = account.roles().stream().map(Role::word).collect(Collectors.joining(", "));
        return Page.of(
                        account.person().name(),
                        element(
                                "p",
                                Html.text(
                                        "You are signed in. Your roles: "
                                                + (roles.isEmpty() ? "none" : roles)
                                                + ". "),
                                form(who, "/sign-out", "Sign out")),
                        element("h2", "Passkeys"),
                        passkeys(who),
                        element(
                                "p",
                                element("input")
                                        .with("name", "label")
                                        .with("aria-label", "Name of the device")
                                        .with("maxlength", "100")
                                        .with("value", "another device"),
                                Html.text(" "),
                                element("button", "Add a passkey")
                                        .with("data-passkey", "/account")
                                        .with("data-form", who.csrf())),
                        element("p").with("role", "alert"),
                        element("h2", "Where you are signed in"),
                        sessions(who))
                .withScript("passkey.js")
                .inAccountOf(who);
    }

    private static Html passkeys(SignedIn who) {
        List<Html> rows = new ArrayList<>();
        for (Passkey passkey : who.account().passkeys()) {
            rows.add(
                    element(
                            "tr",
                            element("td", passkey.label()),
                            element("td", "since " + TIME.format(passkey.since())),
                            element(
                                    "td",
                                    form(
                                            who,
                                            "/account/passkeys/remove",
                                            "Remove",
                                            field("passkey", passkey.id())))));
        }
        return element("table", element("tbody", rows));
    }

    private Html sessions(SignedIn who) {
        List<Html> rows = new ArrayList<>();
        for (Session session : sessions.of(who.person().id())) {
            boolean here = session.id().equals(who.session().id());
            rows.add(
                    element(
                            "tr",
                            element("td", session.device() + (here ? " (here)" : "")),
                            element("td", "since " + TIME.format(session.startedAt())),
                            element(
                                    "td",
                                    form(
                                            who,
                                            "/account/sessions/end",
                                            "End",
                                            field("session", session.id().hex())))));
        }
        return element("table", element("tbody", rows));
    }

    private static Html field(String name, String value) {
        return element("input").with("type", "hidden").with("name", name).with("value", value);
    }

    private static Html form(SignedIn who, String action, String button, Html... fields) {
        List<Html> inside = new ArrayList<>(List.of(fields));
        inside.add(field(SignIns.FIELD, who.csrf()));
        inside.add(element("button", button));
        return element("form", inside).with("method", "post").with("action", action);
    }

    void endSession(Exchange exchange) {
        signIns.forForm(exchange, Set.of())
                .ifPresent(
                        posted -> {
                            Optional<Digest> named = posted.form().get("session").flatMap(this::id);
                            boolean ended =
                                    named.isPresent()
                                            && sessions.end(
                                                    posted.who().person().id(), named.get());
                            if (ended) {
                                backToAccount(exchange);
                            } else {
                                notThere(exchange, "session");
                            }
                        });
    }

    private Optional<Digest> id(String hex) {
        try {
            return Optional.of(Digest.ofHex(hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void removePasskey(Exchange exchange) {
        signIns.forForm(exchange, Set.of())
                .filter(posted -> signIns.isFresh(exchange, posted.who(), WelcomeDesk.FRESH))
                .ifPresent(
                        posted -> {
                            Account account = posted.who().account();
                            String passkey = posted.form().get("passkey").orElse("");
                            if (account.passkey(passkey).isEmpty()) {
                                notThere(exchange, "passkey");
                            } else if (account.passkeys().size() == 1
                                    && account.external().isEmpty()) {
                                Page.problem(
                                                409,
                                                "Not removed",
                                                element(
                                                        "p",
                                                        "It is your only way to sign in; add"
                                                                + " another passkey first."))
                                        .answer(exchange);
                            } else {
                                remove(exchange, account, passkey);
                            }
                        });
    }

    private void remove(Exchange exchange, Account account, String passkey) {
        try {
            steward.removePasskey(account.id(), passkey, account.id().text());
            backToAccount(exchange);
        } catch (ActRefused e) {
            notThere(exchange, "passkey");
        }
    }

    private static void notThere(Exchange exchange, String what) {
        Page.problem(404, "Not found", element("p", "You have no such " + what + "."))
                .answer(exchange);
    }

    private void backToAccount(Exchange exchange) {
        Page.redirect(exchange, signIns.origin() + "/account");
    }
}
