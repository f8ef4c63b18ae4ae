package dev.remit.giving;

import static dev.remit.web.Html.element;

import dev.remit.assent.TaskForm;
import dev.remit.registry.ActRefused;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.SignIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What somebody typed into a form, and its fields with that still in them. */
record Typed(Form form) {
    static final Typed NOTHING = new Typed(new Form(Map.of()));

    private static final String WHOLE = "[1-9][0-9]{0,8}";

    String of(String name) {
        return form.get(name).orElse("").strip();
    }

    boolean has(String name) {
        return !of(name).isEmpty();
    }

    /**
     * A whole number from 1 on; empty if nothing is there.
     *
     * @throws ActRefused if something else is there
     */
    OptionalLong whole(String name, String what) {
        if (has(name) && !of(name).matches(WHOLE)) {
            throw new ActRefused(what + " is a whole number from 1 on");
        }
        return has(name) ? OptionalLong.of(Long.parseLong(of(name))) : OptionalLong.empty();
    }

    Html.Element text(String name, String label) {
        return element("input")
                .with("name", name)
                .with("aria-label", label)
                .with("value", of(name))
                .with("autocomplete", "off")
                .with("maxlength", "600");
    }

    Html.Element number(String name, String label) {
        return text(name, label)
                .with("class", "number")
                .with("maxlength", "20")
                .with("placeholder", "any");
    }

    Html.Element box(String name) {
        Html.Element box = TaskForm.box(name);
        return has(name) ? box.with("checked", "checked") : box;
    }

    /**
     * @param choices what is sent, and what is shown for it
     */
    Html.Element select(String name, String label, Map<String, String> choices) {
        List<Html> options = new ArrayList<>();
        choices.forEach(
                (value, shown) -> {
                    Html.Element option = element("option", shown).with("value", value);
                    options.add(
                            value.equals(of(name)) ? option.with("selected", "selected") : option);
                });
        return element("select", options).with("name", name).with("aria-label", label);
    }

    /** All of it, to be sent once more from another form. */
    List<Html> kept(Set<String> but) {
        List<Html> kept = new ArrayList<>();
        new TreeMap<>(form.values())
                .forEach(
                        (name, value) -> {
                            if (!value.isEmpty()
                                    && !name.equals(SignIns.FIELD)
                                    && !but.contains(name)) {
                                kept.add(TaskForm.hidden(name, value));
                            }
                        });
        return kept;
    }
}
