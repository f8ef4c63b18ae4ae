package dev.remit.giving;

import static dev.remit.assent.TaskForm.hidden;
import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.assent.TaskForm;
import dev.remit.call.Quotation;
import dev.remit.identity.Agent;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.template.Template;
import dev.remit.session.SignedIn;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.SignIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The form in which a person gives a mandate that is made from something else. */
record FromForm(SignedIn who, List<Agent> agents, Typed typed) {
    static final String TEMPLATE = "template";
    static final String LIKE = "like";

    /** Before the name of a slot: what stands there. */
    static final String SLOT = "slot:";

    /** From a template, whose slots are filled. */
    Page of(Template template, Optional<String> problem) {
        List<Html> form = new ArrayList<>();
        form.add(
                element(
                        "p",
                        text("From the template "),
                        element("code", template.name()),
                        text(template.about().isEmpty() ? "." : ": " + template.about() + ".")));
        form.add(element("pre", Quotation.whole(template.task())));
        form.add(hidden(TEMPLATE, template.name()));
        form.add(AgentField.of(agents, typed));
        template.slots()
                .forEach(
                        (name, slot) ->
                                form.add(
                                        element(
                                                "label",
                                                element("code", name),
                                                element("small", " is " + slot.said()),
                                                typed.text(SLOT + name, name)
                                                        .with("required", "required"))));
        return page(form, problem);
    }

    /** Like another, with an end of its own. */
    Page of(Mandate other, Optional<String> problem) {
        List<Html> form = new ArrayList<>();
        form.add(element("p", "With the permissions and limits, as they are now, of:"));
        form.add(element("pre", Quotation.whole(other.task().words())));
        form.add(hidden(LIKE, other.id().text()));
        form.add(AgentField.of(agents, typed));
        form.add(TaskForm.task(typed.form()));
        form.add(AmendmentFields.of(typed));
        form.add(TaskForm.lives(typed.form()));
        return page(form, problem);
    }

    private Page page(List<Html> form, Optional<String> problem) {
        form.add(hidden(SignIns.FIELD, who.csrf()));
        form.add(
                element("p", element("button", "See what this gives").with("class", "first"))
                        .with("class", "answers"));
        return GivePage.form(who, form, problem);
    }
}
