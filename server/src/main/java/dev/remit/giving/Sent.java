package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Arguments;
import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.ledger.IntentSaid;
import dev.remit.web.Html;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a call would send, the most consequential first, each value with where it came from. */
final class Sent {
    private final Waiting one;

    Sent(Waiting one) {
        this.one = one;
    }

    Html html() {
        List<Html> rows = new ArrayList<>();
        one.arguments().fields().values().entrySet().stream()
                .sorted(Comparator.comparing(argument -> role(argument.getKey())))
                .forEach(argument -> rows.add(row(argument)));
        if (rows.isEmpty()) {
            return element("p", "It would send no arguments.");
        }
        return element(
                        "table",
                        element("caption", "What it would send"),
                        element(
                                "thead",
                                element(
                                        "tr",
                                        column("argument"),
                                        column("value"),
                                        column("where it came from"))),
                        element("tbody", rows))
                .with("class", "log sent");
    }

    private static Html column(String title) {
        return element("th", title).with("scope", "col");
    }

    private Html row(Map.Entry<String, Value> argument) {
        String name = argument.getKey();
        ArgumentRole role = role(name);
        String words = words(role);
        return element(
                "tr",
                element(
                                "th",
                                element("code", Quotation.whole(name)),
                                element("small", words.isEmpty() ? "" : " " + words))
                        .with("scope", "row"),
                cell("value", value(argument)),
                cell("where it came from", origins(argument)));
    }

    private static Html cell(String label, Html... inside) {
        return element("td", inside).with("data-label", label);
    }

    /** What the agent wrote itself stands as a quotation. */
    private Html value(Map.Entry<String, Value> argument) {
        Html shown = element("pre", Quotation.whole(said(argument.getValue())));
        return isAgents(argument.getKey())
                ? element("blockquote", element("small", "the agent's words"), shown)
                : shown;
    }

    private boolean isAgents(String argument) {
        return role(argument) == ArgumentRole.CONTENT && traced(argument).isEmpty();
    }

    private List<IntentSaid.Origin> traced(String argument) {
        return one.intent().map(IntentSaid::origins).orElse(List.of()).stream()
                .filter(origin -> isOf(origin.argument(), argument))
                .toList();
    }

    /** Arguments as they would be sent, by themselves. */
    static Html plain(Arguments arguments) {
        List<Html> all = new ArrayList<>();
        arguments
                .fields()
                .values()
                .forEach(
                        (name, value) -> {
                            all.add(element("dt", element("code", Quotation.whole(name))));
                            all.add(element("dd", element("pre", Quotation.whole(said(value)))));
                        });
        return all.isEmpty() ? element("p", "no arguments") : element("dl", all);
    }

    static String said(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num _, Value.Flag _, Value.Nothing _, Value.Items _, Value.Fields _ ->
                    value.json();
        };
    }

    private Html[] origins(Map.Entry<String, Value> argument) {
        String name = argument.getKey();
        List<Html> lines = new ArrayList<>();
        for (IntentSaid.Origin origin : traced(name)) {
            boolean whole = origin.value().equals(said(argument.getValue()));
            String value = whole || origin.value().isEmpty() ? "" : "“" + origin.value() + "”: ";
            lines.add(element("p", Quotation.of(value + origin.standing())));
        }
        if (lines.isEmpty()) {
            lines.add(
                    element("p", text(isAgents(name) ? "the agent wrote it" : "not traced"))
                            .with("class", "quiet"));
        }
        return lines.toArray(Html[]::new);
    }

    /** Whether an origin's place, such as {@code to[0].name}, is within this argument. */
    private static boolean isOf(String place, String argument) {
        return place.equals(argument)
                || place.startsWith(argument + "[")
                || place.startsWith(argument + ".");
    }

    private ArgumentRole role(String argument) {
        return one.tool()
                .map(tool -> tool.roles().getOrDefault(argument, ArgumentRole.PLAIN))
                .orElse(ArgumentRole.PLAIN);
    }

    private static String words(ArgumentRole role) {
        return switch (role) {
            case DESTINATION -> "who receives";
            case AMOUNT -> "how much";
            case TARGET -> "which object";
            case SECRET -> "a secret";
            case CONTENT -> "what is said";
            case PLAIN -> "";
        };
    }
}
