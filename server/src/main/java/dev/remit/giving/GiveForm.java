package dev.remit.giving;

import static dev.remit.assent.TaskForm.hidden;
import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

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
import java.util.Optional;

/**
 * The form in which a person says what an agent may; with what they typed before still in it.
 *
 * @param templates what it can be made from instead
 * @param typed before, if they have been here
 */
record GiveForm(
        SignedIn who, List<Agent> agents, List<Pin> pins, List<String> templates, Typed typed) {
    /** Where there are more tools or arguments, what can be restricted is shown for the chosen. */
    private static final int FEW_TOOLS = 20;

    private static final int FEW_ARGUMENTS = 150;

    /**
     * @param before what stands above the fields
     * @param problem why it gives nothing as it is
     */
    Page page(List<Html> before, Optional<String> problem) {
        return GivePage.form(who, fields(before), problem);
    }

    private List<Html> fields(List<Html> before) {
        List<Html> form = new ArrayList<>(before);
        form.add(hidden(SignIns.FIELD, who.csrf()));
        if (typed.has(FromCall.NAME)) {
            form.add(hidden(FromCall.NAME, typed.of(FromCall.NAME)));
        }
        if (!templates.isEmpty()) {
            form.add(element("p", from()));
        }
        form.add(AgentField.of(agents, typed));
        form.add(TaskForm.task(typed.form()));
        form.add(AmendmentFields.of(typed));
        Map<String, List<Pin>> byUpstream = new LinkedHashMap<>();
        pins.forEach(
                pin ->
                        byUpstream
                                .computeIfAbsent(pin.tool().upstream(), _ -> new ArrayList<>())
                                .add(pin));
        byUpstream.forEach((upstream, all) -> form.add(tools(upstream, all)));
        if (pins.isEmpty()) {
            form.add(
                    element(
                            "p",
                            "No tool is known here yet: a tool is known from when an agent first"
                                    + " looks at it."));
        }
        if (agents.isEmpty()) {
            form.add(element("p", "No agent is known here yet; `remit agent new` adds one."));
        }
        form.add(TaskForm.lives(typed.form()));
        form.add(
                element(
                        "label",
                        text("Calls in all, at most "),
                        typed.number(LimitFields.USES, "calls in all")));
        form.add(LimitFields.of(typed));
        form.add(
                element(
                                "label",
                                typed.equals(Typed.NOTHING)
                                        ? TaskForm.box(LimitFields.ASKS).with("checked", "checked")
                                        : typed.box(LimitFields.ASKS),
                                text(" Ask me about calls that are not included"))
                        .with("class", "choice"));
        List<Html> buttons = new ArrayList<>();
        buttons.add(element("button", "See what this gives").with("class", "first"));
        if (!isSmall()) {
            buttons.add(
                    element("button", "Restrict what is chosen")
                            .with("name", GivePage.CHANGE)
                            .with("value", "yes")
                            .with("formnovalidate", "formnovalidate"));
        }
        form.add(element("p", buttons).with("class", "answers"));
        return form;
    }

    private List<Html> from() {
        List<Html> from = new ArrayList<>();
        from.add(text("Or from a template:"));
        for (String name : templates) {
            from.add(text(" "));
            from.add(
                    element("a", name)
                            .with(
                                    "href",
                                    GivingEdge.ROOT + "/new?" + FromForm.TEMPLATE + "=" + name));
        }
        return from;
    }

    private boolean isSmall() {
        return pins.size() <= FEW_TOOLS
                && pins.stream().mapToInt(pin -> ToolArgument.of(pin).size()).sum()
                        <= FEW_ARGUMENTS;
    }

    private Html tools(String upstream, List<Pin> all) {
        List<Html> inside = new ArrayList<>();
        inside.add(element("legend", "What it may use of " + upstream));
        all.forEach(pin -> inside.add(tool(pin)));
        return element("fieldset", inside);
    }

    private Html tool(Pin pin) {
        List<Html> inside = new ArrayList<>();
        inside.add(
                element(
                                "label",
                                typed.box(TaskForm.TOOL + pin.tool()),
                                text(" "),
                                element("code", Quotation.of(pin.tool().name())),
                                text(" "),
                                element("small", Card.Kind.of(pin).words()))
                        .with("class", "choice"));
        inside.add(
                element(
                        "label",
                        element("small", "at most "),
                        typed.number(GivePage.USES + pin.tool(), "calls of " + pin.tool()),
                        element("small", " calls")));
        List<Pin> others =
                isSmall()
                        ? pins
                        : pins.stream().filter(one -> Chosen.isChosen(typed, one)).toList();
        if (others.contains(pin)) {
            inside.add(RestrictionHtml.of(pin, typed, others));
        }
        return element("div", inside).with("class", "tool");
    }
}
