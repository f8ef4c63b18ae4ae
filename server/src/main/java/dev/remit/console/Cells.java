package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.web.Html;
import dev.remit.web.SignIns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the console's pages are made of: tables, times, small forms. */
final class Cells {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Cells() {}

    /** A table whose rows are at this place, or that says that there are none. */
    static Html table(String id, List<String> columns, List<? extends Html> rows) {
        List<Html> titles = new ArrayList<>();
        columns.forEach(one -> titles.add(element("th", one).with("scope", "col")));
        return element(
                        "table",
                        element("thead", element("tr", titles)),
                        element("tbody", rows).with("id", id))
                .with("class", columns.equals(LineHtml.COLUMNS) ? "log lines" : "log");
    }

    /** The only row of a table that has none. */
    static Html nothing(int columns, String said) {
        return element(
                        "tr",
                        element("td", element("span", said).with("class", "quiet"))
                                .with("colspan", Integer.toString(columns)))
                .with("class", "none");
    }

    /** A cell; on a narrow page its label stands before it. */
    static Html cell(String label, Html... inside) {
        return element("td", inside).with("data-label", label);
    }

    static Html cell(String label, String inside) {
        return cell(label, text(inside));
    }

    static Html link(String href, String shown) {
        return element("a", shown).with("href", href);
    }

    /** A moment, to the second, in UTC. */
    static Html time(Instant at) {
        return element("time", TIME.format(at)).with("datetime", at.toString());
    }

    /** A word that says how something stands; its colour says the same once more. */
    static Html tag(String kind, String word) {
        return element("span", word).with("class", "tag " + kind);
    }

    /** A button that does one thing, with what it needs to know. */
    static Html act(
            String path, String csrf, Map<String, String> fields, String shown, List<Html> more) {
        List<Html> inside = new ArrayList<>();
        inside.add(hidden(SignIns.FIELD, csrf));
        fields.forEach((name, value) -> inside.add(hidden(name, value)));
        inside.addAll(more);
        inside.add(element("button", shown));
        return element("form", inside).with("method", "post").with("action", path);
    }

    static Html hidden(String name, String value) {
        return element("input").with("type", "hidden").with("name", name).with("value", value);
    }
}
