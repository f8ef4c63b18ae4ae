package dev.remit.authority;

import static dev.remit.assent.TaskForm.hidden;
import static dev.remit.assent.TaskForm.option;
import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.assent.CardHtml;
import dev.remit.assent.TaskForm;
import dev.remit.authority.AuthorizationRequest.Way;
import dev.remit.call.Quotation;
import dev.remit.call.Tool;
import dev.remit.mandate.Card;
import dev.remit.mandate.Proposal;
import dev.remit.session.SignedIn;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a person sees what a client would get, and says yes or no; one for every way of asking.
 *
 * @param name what is to be believed of the client
 * @param changed whether it publishes something else than when it was last consented to
 * @param again whether what a yes would give is not what it was when the person said yes
 */
record ConsentPage(
        WaitingRequests.Waiting asked, String name, boolean changed, SignedIn who, boolean again) {
    static final String AUTHORIZE = "/oauth2/authorize";
    static final String REQUEST = "request";
    static final String ANSWER = "answer";
    static final String ALLOW = "allow";
    static final String KEEP = "keep:";
    static final String SEEN = "seen";

    private static final List<Duration> SHORTER =
            List.of(
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(8),
                    Duration.ofDays(1),
                    Duration.ofDays(7));

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /**
     * What a yes would give.
     *
     * @param seen the digest of what the card says
     */
    record Shown(Card card, Proposal proposal, String seen) {}

    /**
     * With a form in which the person says what they give: as much of what the client asks for as
     * they leave, or their own choice.
     *
     * @param shown what a yes would give, if the client said what it needs
     * @param tools what may be chosen, if it did not
     */
    Page choosing(Optional<Shown> shown, List<Tool> tools) {
        List<Html> inside = new ArrayList<>();
        if (shown.isPresent()) {
            inside.addAll(words(shown.get().card()));
            inside.addAll(CardHtml.lowerable(shown.get().card(), KEEP));
            inside.add(hidden(SEEN, shown.get().seen()));
            inside.add(lives(shown.get()));
            inside.add(element("p", "What you take the tick from, it does not get."));
        } else {
            choice(inside, tools);
        }
        boolean signs = !who.account().passkeys().isEmpty();
        inside.add(
                element(
                                "p",
                                button(ALLOW, signs ? "See what this gives" : "Give this mandate")
                                        .with("class", "first"),
                                text(" "),
                                refuse())
                        .with("class", "answers"));
        return page(form(inside).with("class", "card"));
    }

    /**
     * With a card that the person's passkey signs as it stands.
     *
     * @param whole what the client asked for, from which less can be taken; empty if it left the
     *     choice to the person
     */
    Page signing(SigningDesk.Shown fixed, Optional<Shown> whole) {
        List<Html> inside = new ArrayList<>(words(fixed.card()));
        inside.addAll(CardHtml.of(fixed.card()));
        inside.add(
                element(
                                "div",
                                element("button", "Give it, with your passkey")
                                        .with("type", "button")
                                        .with("class", "first")
                                        .with("data-passkey", AUTHORIZE)
                                        .with("data-request", fixed.assent().name())
                                        .with("data-form", who.csrf()),
                                form(List.of(refuse())))
                        .with("class", "answers"));
        inside.add(element("p").with("role", "alert"));
        whole.ifPresent(one -> inside.add(less(one)));
        return page(element("section", inside).with("class", "card")).withScript("passkey.js");
    }

    /** While this is open the card beside it cannot be signed. */
    private Html less(Shown whole) {
        List<Html> inside = new ArrayList<>(CardHtml.choice(whole.card(), KEEP));
        inside.add(hidden(SEEN, whole.seen()));
        inside.add(lives(whole));
        inside.add(element("p", "What you take the tick from, it does not get."));
        inside.add(
                element("p", button(ALLOW, "See what is left").with("class", "first"))
                        .with("class", "answers"));
        return element(
                        "details",
                        element("summary", "Give less, or for a shorter time"),
                        form(inside))
                .with("class", "instead");
    }

    private Html.Element form(List<Html> inside) {
        List<Html> all = new ArrayList<>();
        all.add(hidden(SignIns.FIELD, who.csrf()));
        all.add(hidden(REQUEST, asked.name()));
        all.addAll(inside);
        return element("form", all).with("method", "post").with("action", AUTHORIZE);
    }

    /** Who asks and how, above what it would get. */
    private Page page(Html below) {
        AuthorizationRequest request = asked.request();
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                        "p",
                        element("strong", name),
                        text(" asks to act for " + who.person().name() + " at "),
                        element("code", request.audience()),
                        text(".")));
        main.add(known(request.client()));
        if (changed) {
            main.add(
                    warning(
                            "What it publishes about itself has changed since it was last given a"
                                    + " mandate here. If nobody told you why, ask before you go"
                                    + " on."));
        }
        if (again) {
            main.add(
                    warning(
                            "Something has changed since you were shown this, and nothing was"
                                    + " given. Below is how it is now."));
        }
        main.addAll(came(asked));
        main.add(below);
        Page page = Page.of("May it act for you?", main.toArray(Html[]::new));
        return request.way() instanceof Way.ByRedirect(URI to, _, _)
                ? page.sendingTo(to.getScheme() + "://" + to.getAuthority())
                : page;
    }

    /** What a person sees who answered a request that does not go on in their browser. */
    static Page answered(boolean allowed) {
        return allowed
                ? Page.of(
                        "Done",
                        element(
                                "p",
                                "The mandate is given. You can go back to where it was asked."))
                : Page.of("Refused", element("p", "Nothing was given. You can close this page."));
    }

    private static Html known(Clients.Client client) {
        return switch (client) {
            case Clients.Client.Enrolled enrolled ->
                    element(
                            "p",
                            text("An agent that is enrolled here: "),
                            element("code", enrolled.instance().agent().text()));
            case Clients.Client.Published(ClientDocument document) ->
                    element(
                            "p",
                            text("It is known by its address alone: "),
                            element("code", document.id().toString()));
        };
    }

    /** How the request came here, and where the answer goes. */
    private static List<Html> came(WaitingRequests.Waiting asked) {
        return switch (asked.request().way()) {
            case Way.ByRedirect(URI to, _, _) ->
                    List.of(
                            element(
                                    "p",
                                    text("Your answer is sent to "),
                                    element("code", to.getAuthority()),
                                    text(".")));
            case Way.ByCode(String from) ->
                    List.of(
                            element(
                                    "p",
                                    text("It asked from the network address "),
                                    element("code", from),
                                    text(" at "),
                                    time(asked.since()),
                                    text(", and shows the code "),
                                    element("code", asked.code().shown()),
                                    text(".")),
                            warning(
                                    "Only go on if you started this yourself, on a device that"
                                            + " is in front of you. If somebody sent you the code,"
                                            + " refuse: whoever holds that device will act in your"
                                            + " name."));
            case Way.ByInbox(_, Optional<String> message) -> {
                List<Html> came = new ArrayList<>();
                came.add(
                        element(
                                "p",
                                text("It asked at "),
                                time(asked.since()),
                                text(". Where you work with it, it can show the code "),
                                element("code", asked.code().shown()),
                                text("; if it shows another one, refuse.")));
                message.ifPresent(
                        words -> {
                            came.add(element("p", "It says about this request, in its own words:"));
                            came.add(element("pre", Quotation.of(words)));
                        });
                yield came;
            }
        };
    }

    static Html warning(String words) {
        return element("p", words).with("class", "warning");
    }

    static Html time(Instant at) {
        return element("time", TIME.format(at)).with("datetime", at.toString());
    }

    /** The client's own words stand apart; what it would get is said in ours. */
    private List<Html> words(Card card) {
        if (asked.request().wish().isEmpty()) {
            return List.of(
                    element("p", "The task, in your words:"),
                    element("pre", Quotation.whole(card.task())));
        }
        return List.of(
                element(
                        "p",
                        card.from().isPresent()
                                ? "It asks by a template that is kept here; what stands in"
                                        + " quotation marks is its own:"
                                : "It says that it wants to, in its own words:"),
                element("pre", Quotation.of(card.task())));
    }

    private static Html lives(Shown shown) {
        Duration whole = shown.proposal().lives();
        List<Html> lives = new ArrayList<>();
        lives.add(option(whole.toString(), "as long as it asks"));
        SHORTER.stream()
                .filter(one -> one.compareTo(whole) < 0)
                .forEach(one -> lives.add(option(one.toString(), words(one))));
        return element(
                "label", text("For "), element("select", lives).with("name", TaskForm.LIVES));
    }

    private static String words(Duration time) {
        return time.toDays() > 0
                ? time.toDays() + (time.toDays() == 1 ? " day" : " days")
                : time.toHours() > 0
                        ? time.toHours() + (time.toHours() == 1 ? " hour" : " hours")
                        : time.toMinutes() + " minutes";
    }

    private static void choice(List<Html> form, List<Tool> tools) {
        form.add(TaskForm.task());
        List<Html> boxes = new ArrayList<>();
        boxes.add(element("legend", "What it may use for it"));
        for (Tool tool : tools) {
            boxes.add(element("label", TaskForm.box(TaskForm.TOOL + tool), text(" " + tool)));
        }
        if (tools.isEmpty()) {
            boxes.add(element("p", "No tool is known here yet."));
        }
        form.add(element("fieldset", boxes));
        form.add(TaskForm.lives());
    }

    private static Html.Element refuse() {
        return button("refuse", "Refuse").with("formnovalidate", "formnovalidate");
    }

    private static Html.Element button(String answer, String shown) {
        return element("button", shown)
                .with("type", "submit")
                .with("name", ANSWER)
                .with("value", answer);
    }

    /** Whether this is a shorter time than asked that the page offers. */
    static Optional<Duration> shorter(String text) {
        return SHORTER.stream().filter(one -> one.toString().equals(text)).findFirst();
    }
}
