package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Correction;
import dev.remit.call.Effect;
import dev.remit.call.Pin;
import dev.remit.call.Quotation;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.intent.ToolReading;
import dev.remit.gate.Readings;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One tool: what it is read to do and where the operator says otherwise, what has changed since it
 * was accepted, and what its upstream wrote of it.
 */
final class ToolPage {
    static final String TOOL = "tool";
    static final String HELD = "held";
    private static final String PATH = Section.TOOLS.path() + "/one";
    private static final String EFFECT = "effect:";
    private static final String ROLE = "role:";

    private final Viewer viewer;
    private final Pin pin;
    private final Readings readings;

    ToolPage(Viewer viewer, Pin pin, Readings readings) {
        this.viewer = viewer;
        this.pin = pin;
        this.readings = readings;
    }

    static String path(Tool tool) {
        return PATH + "?tool=" + URLEncoder.encode(tool.toString(), StandardCharsets.UTF_8);
    }

    Page page() {
        Readings.Account now = readings.accepted(pin);
        boolean mayAct = AgentsDesk.ACTING.stream().anyMatch(viewer.who()::has);
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                        "p",
                        ToolWords.effects(now.reading()),
                        text(pin.reads() ? " marked as only reading " : " "),
                        Cells.link(
                                Section.LEDGER.path()
                                        + "?tool="
                                        + URLEncoder.encode(
                                                pin.tool().toString(), StandardCharsets.UTF_8),
                                "Its calls")));
        readings.held(pin).ifPresent(then -> main.add(held(now, then, mayAct)));
        main.add(element("h2", "What it does"));
        main.add(mayAct ? form(now) : told(now));
        if (!now.outsiders().isEmpty()) {
            main.add(
                    element(
                            "p",
                            text("Of its answers, whoever sends something sets: "),
                            ToolWords.names(now.outsiders()),
                            text(".")));
        }
        main.add(element("h2", "What its upstream wrote of it"));
        main.add(quoted(pin.acceptedDefinition()));
        return Page.of("Tool " + Quotation.of(pin.tool().toString()), main.toArray(Html[]::new))
                .in(Section.TOOLS, viewer.who());
    }

    private static Html quoted(Value.Fields definition) {
        return element("blockquote", element("pre", Quotation.whole(definition.json())));
    }

    private static Html told(Readings.Account now) {
        return Cells.table(
                "reading",
                List.of("argument", "is"),
                rows(now, Optional.empty(), now.reading().roles().keySet()));
    }

    /** What is read, to be put right: what is chosen as it was read corrects nothing. */
    private Html form(Readings.Account now) {
        List<Html> inside = new ArrayList<>();
        inside.add(Cells.hidden(SignIns.FIELD, viewer.who().csrf()));
        inside.add(Cells.hidden(TOOL, pin.tool().toString()));
        List<Html> effects = new ArrayList<>();
        effects.add(element("legend", "A call of it"));
        boolean fixed = !now.fixed().effects().isEmpty();
        for (Effect one : Effect.values()) {
            effects.add(choice(now, one, fixed));
        }
        effects.add(
                told(
                        fixed,
                        !now.correction().effects().isEmpty(),
                        ToolWords.words(now.read().effects())));
        inside.add(element("fieldset", effects));
        for (String name : new TreeSet<>(now.reading().roles().keySet())) {
            inside.add(argument(now, name));
        }
        inside.add(element("button", "Read it so"));
        Html form =
                element("form", inside)
                        .with("method", "post")
                        .with("action", Section.TOOLS.path() + "/correct")
                        .with("class", "card");
        return pin.correction().isNone() ? form : element("div", form, back());
    }

    private Html back() {
        return Cells.act(
                Section.TOOLS.path() + "/correct",
                viewer.who().csrf(),
                Map.of(TOOL, pin.tool().toString(), "back", "yes"),
                "Take the corrections back",
                List.of());
    }

    private static Html choice(Readings.Account now, Effect one, boolean fixed) {
        Html.Element box =
                element("input").with("type", "checkbox").with("name", EFFECT + one.code());
        if (now.reading().effects().contains(one)) {
            box = box.with("checked", "checked");
        }
        if (fixed) {
            box = box.with("disabled", "disabled");
        }
        return element("label", box, text(" " + ToolWords.of(one) + " ")).with("class", "choice");
    }

    private static Html argument(Readings.Account now, String name) {
        boolean fixed = now.fixed().roles().containsKey(name);
        List<Html> roles = new ArrayList<>();
        for (ArgumentRole one : ArgumentRole.values()) {
            Html.Element option = element("option", ToolWords.of(one)).with("value", one.code());
            boolean chosen = now.reading().roles().get(name) == one;
            roles.add(chosen ? option.with("selected", "selected") : option);
        }
        Html.Element select = element("select", roles).with("name", ROLE + name);
        return element(
                "label",
                element("code", Quotation.of(name)),
                fixed ? select.with("disabled", "disabled") : select,
                told(
                        fixed,
                        now.correction().roles().containsKey(name),
                        Optional.ofNullable(now.read().roles().get(name))
                                .map(ToolWords::of)
                                .orElse("no argument of it")));
    }

    /** Where the operator's word counts: whose place that word stands in, and where it is said. */
    private static Html told(boolean fixed, boolean corrected, String read) {
        return element(
                "small",
                fixed
                        ? " as the configuration says; its definition alone: " + read
                        : corrected ? " as was said here; its definition alone: " + read : "");
    }

    /** Both definitions beside each other, and the yes to the newer. */
    private Html held(Readings.Account now, Readings.Account then, boolean mayAct) {
        Set<String> names = new TreeSet<>(now.reading().roles().keySet());
        names.addAll(then.reading().roles().keySet());
        List<Html> inside = new ArrayList<>();
        inside.add(
                element(
                        "h2",
                        pin.former().isPresent()
                                ? "Held: changed since it was accepted"
                                : "Held: nobody has accepted it"));
        inside.add(
                element(
                        "p",
                        "No agent sees it or may call it until somebody accepts this definition."));
        inside.add(
                Cells.table(
                        "held",
                        List.of("", "accepted", "held, as it would be"),
                        rows(now, Optional.of(then), names)));
        inside.add(element("p", "The upstream says now:"));
        inside.add(quoted(pin.definition()));
        if (mayAct) {
            inside.add(
                    Cells.act(
                            Section.TOOLS.path() + "/accept",
                            viewer.who().csrf(),
                            Map.of(
                                    TOOL,
                                    pin.tool().toString(),
                                    HELD,
                                    pin.held().orElseThrow().hex()),
                            "Accept this definition",
                            List.of()));
        }
        return element("section", inside).with("class", "card");
    }

    private static List<Html> rows(
            Readings.Account now, Optional<Readings.Account> then, Set<String> names) {
        List<Html> rows = new ArrayList<>();
        rows.add(
                row(
                        text("a call of it"),
                        ToolWords.words(now.reading().effects()),
                        then.map(one -> ToolWords.words(one.reading().effects()))));
        for (String name : new TreeSet<>(names)) {
            rows.add(
                    row(
                            element("code", Quotation.of(name)),
                            role(now.reading(), name),
                            then.map(one -> role(one.reading(), name))));
        }
        return rows;
    }

    private static Html row(Html name, String now, Optional<String> then) {
        List<Html> cells = new ArrayList<>();
        cells.add(Cells.cell("", name));
        cells.add(Cells.cell(then.isPresent() ? "accepted" : "is", now));
        then.ifPresent(
                one ->
                        cells.add(
                                one.equals(now)
                                        ? Cells.cell("held", one)
                                        : Cells.cell("held", element("strong", one))));
        return element("tr", cells);
    }

    private static String role(ToolReading reading, String name) {
        return Optional.ofNullable(reading.roles().get(name))
                .map(ToolWords::of)
                .orElse("no argument of it");
    }

    /** What a form puts right of what is read off the accepted definition. */
    static Correction chosen(Form form, Pin pin, Readings.Account now) {
        if (form.get("back").isPresent()) {
            return Correction.NONE;
        }
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        Map<String, ArgumentRole> roles = new HashMap<>();
        new TreeMap<>(form.values())
                .forEach(
                        (name, value) -> {
                            if (name.startsWith(EFFECT)) {
                                effects.add(Effect.of(name.substring(EFFECT.length())));
                            } else if (name.startsWith(ROLE)) {
                                roles.put(name.substring(ROLE.length()), ArgumentRole.of(value));
                            }
                        });
        boolean fixed = !now.fixed().effects().isEmpty();
        if (effects.isEmpty() && !fixed) {
            throw new IllegalArgumentException("a call does something; choose what");
        }
        roles.entrySet().removeIf(one -> one.getValue() == now.read().roles().get(one.getKey()));
        return new Correction(
                fixed
                        ? pin.correction().effects()
                        : effects.equals(now.read().effects()) ? Set.of() : effects,
                kept(roles, pin, now));
    }

    /** With what the form could not say, as the configuration says it. */
    private static Map<String, ArgumentRole> kept(
            Map<String, ArgumentRole> roles, Pin pin, Readings.Account now) {
        pin.correction()
                .roles()
                .forEach(
                        (name, role) -> {
                            if (now.fixed().roles().containsKey(name)) {
                                roles.put(name, role);
                            }
                        });
        return roles;
    }
}
