package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Pin;
import dev.remit.call.Quotation;
import dev.remit.web.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a person restricts the calls of one tool; closed until they want to. */
final class RestrictionHtml {
    private RestrictionHtml() {}

    /**
     * @param others the tools that calls may depend on
     */
    static Html of(Pin pin, Typed typed, List<Pin> others) {
        List<Html> inside = new ArrayList<>();
        inside.add(element("summary", "Restrict it"));
        List<ToolArgument> known = ToolArgument.of(pin);
        for (ToolArgument one : known) {
            inside.add(argument(pin, one, typed));
        }
        if (known.isEmpty()) {
            inside.add(element("p", element("small", "It names no arguments.")));
        }
        Map<String, String> tools = new LinkedHashMap<>();
        tools.put("", "–");
        others.stream()
                .filter(one -> !one.tool().equals(pin.tool()))
                .forEach(one -> tools.put(one.tool().toString(), one.tool().toString()));
        inside.add(
                element(
                                "div",
                                said("only after a call of "),
                                typed.select(
                                        Restriction.field(Restriction.AFTER, pin), "after", tools),
                                said(" succeeded"))
                        .with("class", "restrict"));
        inside.add(
                element(
                                "div",
                                said("only "),
                                typed.number(
                                        Restriction.field(Restriction.PER_MOST, pin),
                                        "how many times for each"),
                                said(" times for each call of "),
                                typed.select(
                                        Restriction.field(Restriction.PER, pin), "for each", tools))
                        .with("class", "restrict"));
        inside.add(
                element(
                                "div",
                                said("not once "),
                                typed.select(
                                        Restriction.field(Restriction.NOT_AFTER, pin),
                                        "not after",
                                        tools),
                                said(" was called, nor anything labelled "),
                                typed.text(
                                                Restriction.field(Restriction.NOT_LABEL, pin),
                                                "not after label")
                                        .with("class", "number"))
                        .with("class", "restrict"));
        inside.add(
                element(
                                "label",
                                typed.box(Restriction.field(Restriction.ENDS, pin)),
                                text(" the task is done when it has succeeded"))
                        .with("class", "choice"));
        Html.Element details = element("details", inside).with("class", "more");
        return Restriction.isSaid(typed, pin) ? details.with("open", "open") : details;
    }

    private static Html argument(Pin pin, ToolArgument argument, Typed typed) {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("", "may be anything");
        Must.fitting(argument.type()).forEach(one -> choices.put(one.code(), one.words()));
        List<Html> inside = new ArrayList<>();
        String name = argument.name();
        inside.add(element("code", Quotation.of(name)));
        inside.add(
                typed.select(
                        Restriction.field(Restriction.IS, pin, argument), "how " + name, choices));
        inside.add(typed.text(Restriction.field(Restriction.TO, pin, argument), "what " + name));
        if (argument.type() == ToolArgument.Type.NUMBER) {
            inside.add(
                    element(
                            "label",
                            said("in all at most "),
                            typed.number(
                                    Restriction.field(Restriction.SUM, pin, argument),
                                    "sum of " + name)));
        }
        return element("div", inside).with("class", "restrict");
    }

    private static Html said(String words) {
        return element("small", words);
    }
}
