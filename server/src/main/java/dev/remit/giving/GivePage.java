package dev.remit.giving;

import static dev.remit.assent.TaskForm.hidden;
import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.assent.Assents.Assent;
import dev.remit.assent.CardHtml;
import dev.remit.assent.Signing;
import dev.remit.call.Quotation;
import dev.remit.mandate.Card;
import dev.remit.mandate.Suggestions.Suggestion;
import dev.remit.session.SignedIn;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The card of what a person said that an agent may, and how they say yes to it. */
final class GivePage {
    static final String USES = "uses:";
    static final String REQUEST = Signing.REQUEST;

    /** Says that the form is to be shown once more. */
    static final String CHANGE = "change";

    private GivePage() {}

    /**
     * A form in which somebody says what they give.
     *
     * @param problem why it gives nothing as it is
     */
    static Page form(SignedIn who, List<Html> fields, Optional<String> problem) {
        List<Html> main = new ArrayList<>();
        problem.ifPresent(
                why ->
                        main.add(
                                element("p", "Nothing is given: " + Quotation.of(why) + ".")
                                        .with("class", "warning")
                                        .with("role", "alert")));
        main.add(element("p", "Nothing is given before you have seen the card and said yes."));
        main.add(
                element("form", fields)
                        .with("method", "post")
                        .with("class", "card")
                        .with("action", GivingEdge.ROOT + "/new"));
        main.add(back());
        return Page.problem(
                        problem.isPresent() ? 400 : 200,
                        "Give a mandate",
                        main.toArray(Html[]::new))
                .in(Section.MANDATES, who);
    }

    /** What a yes would give: with a passkey if they have one, else as they have signed in. */
    static Page card(
            SignedIn who, Assent assent, Card card, Typed typed, List<Suggestion> suggested) {
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                        "p",
                        text("You are about to let "),
                        element("strong", Quotation.of(card.agent())),
                        text(" act for you, " + who.person().name() + ". The task:")));
        main.add(element("pre", Quotation.whole(card.task())));
        main.addAll(CardHtml.of(card));
        suggested.forEach(one -> main.add(suggestion(who, typed, one)));
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
        List<Html> again = new ArrayList<>(typed.kept(Set.of(CHANGE)));
        again.add(hidden(SignIns.FIELD, who.csrf()));
        again.add(
                element("button", "Change or restrict it")
                        .with("name", CHANGE)
                        .with("value", "yes"));
        inside.add(
                element("form", again)
                        .with("method", "post")
                        .with("action", GivingEdge.ROOT + "/new"));
        Page page =
                Page.of(
                                "Give this mandate?",
                                element("section", inside).with("class", "card"),
                                back())
                        .in(Section.MANDATES, who);
        return assent.isToBeSigned() ? page.withScript("passkey.js") : page;
    }

    /** What a model reads as well, and the giver's own word that it is so. */
    private static Html suggestion(SignedIn who, Typed typed, Suggestion one) {
        String act = AmendmentFields.ACT + one.act().code();
        List<Html> inside = new ArrayList<>(typed.kept(Set.of(CHANGE, act)));
        inside.add(hidden(SignIns.FIELD, who.csrf()));
        inside.add(hidden(act, AmendmentFields.ALSO));
        inside.add(
                element(
                        "p",
                        text("A model of your own reads more in “"),
                        element("em", Quotation.of(one.because())),
                        text("”: to " + one.act().code() + ". It counts only if you say so. "),
                        element("button", "Yes, " + one.act().code() + " too")));
        return element("form", inside)
                .with("method", "post")
                .with("action", GivingEdge.ROOT + "/new");
    }

    static Html back() {
        return element("p", element("a", "Mandates").with("href", GivingEdge.ROOT));
    }
}
