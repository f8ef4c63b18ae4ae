package dev.remit.giving;

import static dev.remit.assent.TaskForm.box;
import static dev.remit.assent.TaskForm.hidden;
import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.assent.Assents.Assent;
import dev.remit.assent.CardHtml;
import dev.remit.assent.TaskForm;
import dev.remit.call.Pin;
import dev.remit.call.Quotation;
import dev.remit.identity.Agent;
import dev.remit.mandate.Card;
import dev.remit.session.SignedIn;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form in which a person says what an agent may, and the card of what they said. */
final class GivePage {
    static final String AGENT = "agent";
    static final String USES = "uses:";
    static final String ALL_USES = "uses";
    static final String ASKS = "asks";
    static final String REQUEST = "request";

    /** More are not offered one by one. */
    static final int MOST_AGENTS = 200;

    private GivePage() {}

    static Page form(SignedIn who, List<Agent> agents, List<Pin> pins) {
        List<Html> form = new ArrayList<>();
        form.add(hidden(SignIns.FIELD, who.csrf()));
        form.add(element("label", text("Which agent"), agent(agents)));
        form.add(TaskForm.task());
        Map<String, List<Pin>> byUpstream = new LinkedHashMap<>();
        pins.forEach(
                pin ->
                        byUpstream
                                .computeIfAbsent(pin.tool().upstream(), _ -> new ArrayList<>())
                                .add(pin));
        byUpstream.forEach((upstream, all) -> form.add(tools(upstream, all)));
        if (pins.isEmpty()) {
            form.add(element("p", "No tool is known here yet."));
        }
        if (agents.isEmpty()) {
            form.add(element("p", "No agent is known here yet; `remit agent new` adds one."));
        }
        form.add(TaskForm.lives());
        form.add(element("label", text("Calls in all, at most "), number(ALL_USES)));
        form.add(
                element(
                                "label",
                                box(ASKS).with("checked", "checked"),
                                text(" Ask me about calls that are not included"))
                        .with("class", "choice"));
        form.add(
                element("p", element("button", "See what this gives").with("class", "first"))
                        .with("class", "answers"));
        return Page.of(
                "Give a mandate",
                element("p", "Nothing is given before you have seen the card and said yes."),
                element("form", form)
                        .with("method", "post")
                        .with("class", "card")
                        .with("action", GivingEdge.ROOT + "/new"),
                back());
    }

    /** One of those that there are; where there are too many to choose from, by its name. */
    private static Html agent(List<Agent> agents) {
        if (agents.size() > MOST_AGENTS) {
            return element("input")
                    .with("name", AGENT)
                    .with("placeholder", "its name, or its id")
                    .with("autocomplete", "off")
                    .with("required", "required");
        }
        List<Html> options = new ArrayList<>();
        for (Agent one : agents) {
            options.add(element("option", Quotation.of(one.name())).with("value", one.id().text()));
        }
        return element("select", options).with("name", AGENT).with("required", "required");
    }

    private static Html tools(String upstream, List<Pin> pins) {
        List<Html> inside = new ArrayList<>();
        inside.add(element("legend", "What it may use of " + upstream));
        for (Pin pin : pins) {
            inside.add(
                    element(
                                    "div",
                                    element(
                                                    "label",
                                                    box(TaskForm.TOOL + pin.tool()),
                                                    text(" "),
                                                    element(
                                                            "code",
                                                            Quotation.of(pin.tool().name())),
                                                    text(" "),
                                                    element("small", Card.Kind.of(pin).words()))
                                            .with("class", "choice"),
                                    element(
                                            "label",
                                            element("small", "at most "),
                                            number(USES + pin.tool()),
                                            element("small", " calls")))
                            .with("class", "tool"));
        }
        return element("fieldset", inside);
    }

    private static Html.Element number(String name) {
        return element("input")
                .with("type", "text")
                .with("name", name)
                .with("class", "number")
                .with("maxlength", "9")
                .with("autocomplete", "off")
                .with("placeholder", "any");
    }

    /** What a yes would give: with a passkey if they have one, else as they have signed in. */
    static Page card(SignedIn who, Assent assent, Card card) {
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                        "p",
                        text("You are about to let "),
                        element("strong", Quotation.of(card.agent())),
                        text(" act for you, " + who.person().name() + ". The task:")));
        main.add(element("pre", Quotation.whole(card.task())));
        main.addAll(CardHtml.of(card));
        List<Html> inside = new ArrayList<>(main);
        if (assent.isToBeSigned()) {
            inside.add(
                    element(
                                    "p",
                                    element("button", "Give it, with your passkey")
                                            .with("type", "button")
                                            .with("class", "first")
                                            .with("data-passkey", GivingEdge.ROOT)
                                            .with("data-request", assent.name())
                                            .with("data-form", who.csrf()))
                            .with("class", "answers"));
            inside.add(element("p").with("role", "alert"));
        } else {
            inside.add(
                    element(
                                    "form",
                                    hidden(SignIns.FIELD, who.csrf()),
                                    hidden(REQUEST, assent.name()),
                                    element("button", "Give this mandate").with("class", "first"))
                            .with("method", "post")
                            .with("action", GivingEdge.ROOT + "/give"));
        }
        Page page =
                Page.of(
                        "Give this mandate?",
                        element("section", inside).with("class", "card"),
                        back());
        return assent.isToBeSigned() ? page.withScript("passkey.js") : page;
    }

    static Html back() {
        return element("p", element("a", "Your mandates").with("href", GivingEdge.ROOT));
    }
}
