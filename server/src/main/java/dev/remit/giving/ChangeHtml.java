package dev.remit.giving;

import static dev.remit.assent.TaskForm.hidden;
import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.assent.CardHtml;
import dev.remit.assent.TaskForm;
import dev.remit.call.Pin;
import dev.remit.call.Quotation;
import dev.remit.call.Tool;
import dev.remit.mandate.Card;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.registry.ActRefused;
import dev.remit.session.SignedIn;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.SignIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The forms in which a giver takes away from a mandate, and adds to it. */
final class ChangeHtml {
    private static final String KEEP = "keep:";
    private static final String TOOL = "tool";
    private static final String USES = "uses";

    private ChangeHtml() {}

    static List<Html> of(Mandate mandate, Card card, List<Pin> pins, SignedIn who) {
        List<Html> all = new ArrayList<>();
        if (mandate.permissions().all().size() > 1) {
            List<Html> narrow = begun(mandate, who);
            narrow.addAll(CardHtml.choice(card, KEEP));
            narrow.add(element("p", element("button", "Keep what is ticked, and nothing else")));
            all.add(form("Narrow it", "/narrow", narrow));
        }
        if (!pins.isEmpty()) {
            List<Html> widen = begun(mandate, who);
            widen.add(
                    element(
                            "label",
                            text("It may also call "),
                            element("select", pins.stream().map(ChangeHtml::option).toList())
                                    .with("name", TOOL)));
            widen.add(
                    element(
                            "label",
                            text("at most so often: "),
                            element("input")
                                    .with("name", USES)
                                    .with("type", "number")
                                    .with("min", "1")
                                    .with("class", "number")
                                    .with("required", "required")));
            widen.add(
                    element(
                            "p",
                            "With any arguments. To say which arguments, give"
                                    + " another like it, or answer when it asks."));
            widen.add(element("p", element("button", "Let it do this too")));
            all.add(form("Widen it", "/widen", widen));
        }
        return all;
    }

    private static List<Html> begun(Mandate mandate, SignedIn who) {
        return new ArrayList<>(
                List.of(
                        hidden(SignIns.FIELD, who.csrf()),
                        hidden(MandatePage.MANDATE, mandate.id().text())));
    }

    private static Html form(String title, String path, List<Html> inside) {
        return element(
                        "details",
                        element("summary", title),
                        element("form", inside)
                                .with("method", "post")
                                .with("class", "card")
                                .with("action", GivingEdge.ROOT + path))
                .with("class", "change");
    }

    private static Html option(Pin pin) {
        return TaskForm.option(
                pin.tool().toString(),
                Quotation.of(pin.tool().toString()) + " (" + Card.Kind.of(pin).words() + ")");
    }

    /** The names of the permissions that stay. */
    static Set<String> kept(Form form) {
        return form.values().keySet().stream()
                .filter(name -> name.startsWith(KEEP))
                .map(name -> name.substring(KEEP.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The permission that is added.
     *
     * @throws ActRefused if the form says none
     */
    static Permission more(Form form) {
        String uses = form.get(USES).map(String::strip).orElse("");
        if (!uses.matches("[1-9][0-9]{0,8}")) {
            throw new ActRefused("say how often, as a number from 1 on");
        }
        try {
            Tool tool = Tool.of(form.get(TOOL).orElse(""));
            return new Permission(
                    "w",
                    new Glob(tool.toString()),
                    Map.of(),
                    OptionalLong.of(Long.parseLong(uses)));
        } catch (IllegalArgumentException e) {
            throw new ActRefused("say which tool");
        }
    }
}
