package dev.remit.assent;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.mandate.Card;
import dev.remit.web.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A mandate's card on a page; its task is left to the page, which knows whose words they are. */
public final class CardHtml {
    private CardHtml() {}

    /** What it lets the agent do, until when, what not, and whom it asks. */
    public static List<Html> of(Card card) {
        return of(card, Optional.empty());
    }

    /**
     * The same within a form, where each permission can be left out.
     *
     * @param field what the names of the boxes begin with; the permission's name follows
     */
    public static List<Html> lowerable(Card card, String field) {
        return of(card, Optional.of(field));
    }

    /** What it may, where each permission can be left out, and nothing else of the card. */
    public static List<Html> choice(Card card, String field) {
        return may(card, Optional.of(field));
    }

    private static List<Html> of(Card card, Optional<String> field) {
        List<Html> parts = new ArrayList<>();
        parts.add(element("p", "Understood to ask for: " + card.understood().asks() + "."));
        parts.add(
                element(
                                "details",
                                element("summary", "How each part of it is read"),
                                phrases(card.understood().plan()))
                        .with("class", "more"));
        card.from().ifPresent(from -> parts.add(element("p", "Made from " + from + ".")));
        parts.add(element("h2", "It may"));
        if (card.may().isEmpty()) {
            parts.add(element("p", "do nothing yet."));
        }
        parts.addAll(may(card, field));
        parts.add(element("h2", "Until when, and how much"));
        parts.add(phrases(card.until()));
        parts.add(element("h2", "It may not"));
        parts.add(phrases(card.mayNot()));
        parts.add(element("p", "It asks " + card.asks() + "."));
        return parts;
    }

    private static List<Html> may(Card card, Optional<String> field) {
        List<Html> parts = new ArrayList<>();
        for (Card.Reach reach : card.may()) {
            parts.add(element("h3", reach.upstream()));
            parts.add(element("ul", reach.lines().stream().map(one -> line(one, field)).toList()));
        }
        return parts;
    }

    private static Html line(Card.Line line, Optional<String> field) {
        List<Html> inside = new ArrayList<>();
        List<Html> named = new ArrayList<>();
        field.ifPresent(
                one ->
                        named.add(
                                element("input")
                                        .with("type", "checkbox")
                                        .with("name", one + line.permission())
                                        .with("value", "yes")
                                        .with("checked", "checked")));
        named.add(text(" "));
        named.add(element("code", line.tools()));
        named.add(text(" "));
        named.add(element("small", line.kind().words()));
        inside.add(element(field.isPresent() ? "label" : "span", named));
        inside.add(phrases(line.terms()));
        return element("li", inside);
    }

    private static Html phrases(List<String> all) {
        return element("ul", all.stream().map(one -> element("li", one)).toList());
    }
}
