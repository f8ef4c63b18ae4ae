package dev.remit.assent;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.mandate.Card;
import dev.remit.web.Html;
import java.util.ArrayList;
import java.util.List;

/** A mandate's card on a page; its task is left to the page, which knows whose words they are. */
public final class CardHtml {
    private CardHtml() {}

    /** What it lets the agent do, until when, what not, and whom it asks. */
    public static List<Html> of(Card card) {
        List<Html> parts = new ArrayList<>();
        parts.add(element("h2", "It may"));
        if (card.may().isEmpty()) {
            parts.add(element("p", "do nothing yet."));
        }
        for (Card.Reach reach : card.may()) {
            parts.add(element("h3", reach.upstream()));
            parts.add(element("ul", reach.lines().stream().map(CardHtml::line).toList()));
        }
        parts.add(element("h2", "Until when, and how much"));
        parts.add(phrases(card.until()));
        parts.add(element("h2", "It may not"));
        parts.add(phrases(card.mayNot()));
        parts.add(element("p", "It asks " + card.asks() + "."));
        return parts;
    }

    private static Html line(Card.Line line) {
        List<Html> inside = new ArrayList<>();
        inside.add(element("code", line.tools()));
        inside.add(text(" "));
        inside.add(element("small", line.kind().words()));
        inside.add(phrases(line.terms()));
        return element("li", inside);
    }

    private static Html phrases(List<String> all) {
        return element("ul", all.stream().map(one -> element("li", one)).toList());
    }
}
