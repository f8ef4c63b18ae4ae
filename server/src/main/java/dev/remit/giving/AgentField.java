package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Quotation;
import dev.remit.identity.Agent;
import dev.remit.web.Html;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a person says to which agent they give. */
final class AgentField {
    static final String NAME = "agent";

    /** More are not offered one by one. */
    static final int MOST = 200;

    private AgentField() {}

    /** One of those that there are; where there are too many to choose from, by its name. */
    static Html of(List<Agent> agents, Typed typed) {
        Map<String, String> choices = new LinkedHashMap<>();
        agents.forEach(one -> choices.put(one.id().text(), Quotation.of(one.name())));
        Html.Element field =
                agents.size() > MOST
                        ? typed.text(NAME, "Which agent").with("placeholder", "its name, or its id")
                        : typed.select(NAME, "Which agent", choices);
        return element("label", text("Which agent"), field.with("required", "required"));
    }
}
