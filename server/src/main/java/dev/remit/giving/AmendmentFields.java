package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.mandate.Amendment;
import dev.remit.mandate.Amendment.Act;
import dev.remit.registry.ActRefused;
import dev.remit.web.Html;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a person says beside the task's words of what they ask for; closed at first. */
final class AmendmentFields {
    /** Before what may be done. */
    static final String ACT = "act:";

    private static final String NOT = "not";
    static final String ALSO = "also";
    private static final Map<String, String> CHOICES = new LinkedHashMap<>();

    static {
        CHOICES.put("", "as my words say");
        CHOICES.put(NOT, "not, whatever they say");
        CHOICES.put(ALSO, "this too");
    }

    private AmendmentFields() {}

    static Html of(Typed typed) {
        List<Html> inside = new ArrayList<>();
        inside.add(element("summary", "What my words ask for"));
        for (Act act : Act.values()) {
            inside.add(
                    element(
                            "label",
                            text("To " + act.code() + " something: "),
                            typed.select(ACT + act.code(), "to " + act.code(), CHOICES)));
        }
        boolean said = Stream.of(Act.values()).anyMatch(act -> typed.has(ACT + act.code()));
        Html.Element details = element("details", inside).with("class", "more");
        return said ? details.with("open", "open") : details;
    }

    static Amendment read(Typed typed) {
        Set<Act> not = EnumSet.noneOf(Act.class);
        Set<Act> also = EnumSet.noneOf(Act.class);
        for (Act act : Act.values()) {
            switch (typed.of(ACT + act.code())) {
                case "" -> {}
                case NOT -> not.add(act);
                case ALSO -> also.add(act);
                default -> throw new ActRefused("choose what your words ask for");
            }
        }
        return new Amendment(not, also);
    }
}
