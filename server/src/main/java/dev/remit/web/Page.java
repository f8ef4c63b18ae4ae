package dev.remit.web;

import static dev.remit.web.Html.element;

import dev.remit.http.Exchange;
import dev.remit.session.SignedIn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole page and the headers it always has: nothing loads, frames or is sent anywhere but from
 * and to this gateway.
 *
 * @param scripts names of {@link Assets}
 * @param sendsTo origins that a form on it may lead to, besides our own
 * @param frame what stands around it, for somebody who has signed in
 */
public record Page(
        int status,
        String title,
        List<Html> main,
        List<String> scripts,
        List<String> sendsTo,
        Optional<Frame> frame) {

    /** The headers of everything that is answered to a browser. */
    public static final Map<String, String> HEADERS =
            Map.of(
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "same-origin", // not `no-referrer`: a form's Origin would then be `null`
                    "Cache-Control",
                    "no-store",
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Cross-Origin-Resource-Policy",
                    "same-origin",
                    "X-Frame-Options",
                    "DENY",
                    "Permissions-Policy",
                    "publickey-credentials-get=(self), publickey-credentials-create=(self)");

    public Page {
        main = List.copyOf(main);
        scripts = List.copyOf(scripts);
        sendsTo = List.copyOf(sendsTo);
    }

    public static Page of(String title, Html... main) {
        return problem(200, title, main);
    }

    /** A page that says what is wrong, and how to mend it. */
    public static Page problem(int status, String title, Html... more) {
        return new Page(status, title, List.of(more), List.of(), List.of(), Optional.empty());
    }

    public Page withScript(String asset) {
        List<String> more = new ArrayList<>(scripts);
        more.add(asset);
        return new Page(status, title, main, more, sendsTo, frame);
    }

    /** Lets a form on it be answered with a redirect to this origin, as OAuth does. */
    public Page sendingTo(String origin) {
        if (!origin.matches("[a-z][a-z0-9+.-]*://[A-Za-z0-9.:\\[\\]-]+")) {
            throw new IllegalArgumentException("`" + origin + "` is no origin");
        }
        List<String> more = new ArrayList<>(sendsTo);
        more.add(origin);
        return new Page(status, title, main, scripts, more, frame);
    }

    /** The same within a section, for this person. */
    public Page in(Section section, SignedIn who) {
        return framed(new Frame(who, Optional.of(section)));
    }

    /** The same as a page of this person's account. */
    public Page inAccountOf(SignedIn who) {
        return framed(new Frame(who, Optional.empty()));
    }

    private Page framed(Frame around) {
        return new Page(status, title, main, scripts, sendsTo, Optional.of(around));
    }

    public void answer(Exchange exchange) {
        Map<String, String> headers = new LinkedHashMap<>(HEADERS);
        headers.put("Content-Type", "text/html; charset=utf-8");
        headers.put("Content-Security-Policy", policy());
        exchange.answer(status, headers, write().getBytes(StandardCharsets.UTF_8));
    }

    private String policy() {
        String forms = "form-action 'self'" + (sendsTo.isEmpty() ? "" : " ");
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                + " img-src 'self'; base-uri 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types 'none'; "
                + forms
                + String.join(" ", sendsTo);
    }

    private String write() {
        List<Html> head = new ArrayList<>();
        head.add(element("meta").with("charset", "utf-8"));
        head.add(
                element("meta")
                        .with("name", "viewport")
                        .with("content", "width=device-width, initial-scale=1"));
        head.add(element("title", title + " · Remit"));
        head.add(
                element("link")
                        .with("rel", "stylesheet")
                        .with("href", Assets.ALL.path("remit.css")));
        for (String script : scripts) {
            head.add(element("script").with("src", Assets.ALL.path(script)).with("type", "module"));
        }
        List<Html> inside = new ArrayList<>();
        inside.add(element("h1", title));
        inside.addAll(main);
        List<Html> body = new ArrayList<>();
        frame.ifPresent(around -> body.addAll(around.above()));
        body.add(element("main", inside).with("id", Frame.MAIN).with("tabindex", "-1"));
        return "<!doctype html>"
                + element(
                                "html",
                                element("head", head),
                                element("body", body)
                                        .with("class", frame.isPresent() ? "framed" : "alone"))
                        .with("lang", "en")
                        .write();
    }

    /** Sends the browser elsewhere, by GET. */
    public static void redirect(Exchange exchange, String to) {
        Map<String, String> headers = new LinkedHashMap<>(HEADERS);
        headers.put("Location", to);
        exchange.answer(303, headers, new byte[0]);
    }
}
