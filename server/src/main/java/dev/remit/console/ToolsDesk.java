package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Quotation;
import dev.remit.call.Tool;
import dev.remit.decision.intent.Effect;
import dev.remit.decision.intent.Role;
import dev.remit.decision.intent.ToolReading;
import dev.remit.http.Exchange;
import dev.remit.registry.ActRefused;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The upstreams' tools: what they are read to do, and what has changed since it was accepted. */
final class ToolsDesk {
    private static final String TOOL = "tool";
    private static final String HELD = "held";

    private final ConsoleEdge.Tools tools;

    ToolsDesk(ConsoleEdge.Tools tools) {
        this.tools = tools;
    }

    void page(Exchange exchange) {
        tools.signIns()
                .forPage(exchange, Section.TOOLS.anyOf())
                .map(Viewer::new)
                .ifPresent(viewer -> page(viewer).answer(exchange));
    }

    private Page page(Viewer viewer) {
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                                "p",
                                "What each tool is read to do, from its name and its arguments;"
                                        + " from its description only where these say nothing.")
                        .with("class", "lead"));
        List<Html> held = new ArrayList<>();
        List<Html> others = new ArrayList<>();
        for (String upstream : tools.upstreams()) {
            List<Pin> pins = tools.tools().pins(upstream);
            others.add(element("h2", upstream));
            List<Html> rows = new ArrayList<>();
            for (Pin pin : pins) {
                rows.add(row(pin));
                if (pin.held().isPresent()) {
                    held.add(held(viewer, pin, pin.held().get()));
                }
            }
            others.add(
                    Cells.table(
                            "tools-" + upstream,
                            List.of("tool", "does", "arguments", "definition"),
                            rows.isEmpty()
                                    ? List.of(
                                            Cells.nothing(
                                                    4,
                                                    "Nobody has looked at it yet: a tool is known"
                                                            + " from when an agent first does."))
                                    : rows));
        }
        if (!held.isEmpty()) {
            main.add(element("h2", "Held: changed since it was accepted"));
            main.addAll(held);
        }
        main.addAll(others);
        if (tools.upstreams().isEmpty()) {
            main.add(
                    element(
                            "p",
                            text("There is no upstream yet. "),
                            element("code", "remit.yaml"),
                            text(" names them under "),
                            element("code", "mcpServers"),
                            text(".")));
        }
        main.add(
                element(
                        "p",
                        text("Read wrongly? "),
                        element("code", "intent.tools"),
                        text(" in the configuration corrects it; "),
                        element("code", "remit tool mark"),
                        text(" says that a tool only reads.")));
        return Page.of("Tools", main.toArray(Html[]::new)).in(Section.TOOLS, viewer.who());
    }

    private Html row(Pin pin) {
        ToolReading reading = tools.readings().of(pin);
        List<Html> does = new ArrayList<>();
        for (Effect one : Effect.values()) {
            if (reading.effects().contains(one)) {
                does.add(Cells.tag(grave(one) ? "wait" : "good", words(one)));
                does.add(text(" "));
            }
        }
        List<Html> definition = new ArrayList<>();
        definition.add(
                pin.held().isPresent() ? Cells.tag("bad", "held") : Cells.tag("good", "accepted"));
        if (pin.reads()) {
            definition.add(text(" marked as only reading"));
        }
        return element(
                "tr",
                Cells.cell("tool", element("code", Quotation.of(pin.tool().name()))),
                Cells.cell("does", does.toArray(Html[]::new)),
                Cells.cell("arguments", arguments(reading)),
                Cells.cell("definition", definition.toArray(Html[]::new)));
    }

    private static Html arguments(ToolReading reading) {
        List<Html> all = new ArrayList<>();
        new TreeMap<>(reading.roles())
                .forEach(
                        (name, role) -> {
                            all.add(text(all.isEmpty() ? "" : ", "));
                            all.add(element("code", Quotation.of(name)));
                            all.add(element("small", words(role)));
                        });
        return all.isEmpty() ? text("none") : element("span", all);
    }

    private static boolean grave(Effect effect) {
        return switch (effect) {
            case READ, FETCH, CREATE, CHANGE -> false;
            case REMOVE, SEND, SHARE, PAY -> true;
        };
    }

    private static String words(Effect effect) {
        return switch (effect) {
            case READ -> "reads";
            case FETCH -> "asks an address";
            case CREATE -> "makes";
            case CHANGE -> "changes";
            case REMOVE -> "removes";
            case SEND -> "sends";
            case SHARE -> "shares";
            case PAY -> "pays";
        };
    }

    private static String words(Role role) {
        return switch (role) {
            case DESTINATION -> " who receives";
            case AMOUNT -> " how much";
            case TARGET -> " which object";
            case SECRET -> " a secret";
            case CONTENT -> " what is said";
            case PLAIN -> "";
        };
    }

    /** What the upstream offers now, quoted, and the yes to it. */
    private static Html held(Viewer viewer, Pin pin, Digest held) {
        List<Html> inside = new ArrayList<>();
        inside.add(element("h3", element("code", Quotation.of(pin.tool().toString()))));
        inside.add(
                element(
                        "p",
                        "Its definition is not the accepted one any more. It can be seen and not"
                                + " called until somebody accepts it. The upstream says now:"));
        inside.add(element("blockquote", element("pre", Quotation.whole(pin.definition().json()))));
        if (AgentsDesk.ACTING.stream().anyMatch(viewer.who()::has)) {
            inside.add(
                    Cells.act(
                            Section.TOOLS.path() + "/accept",
                            viewer.who().csrf(),
                            Map.of(TOOL, pin.tool().toString(), HELD, held.hex()),
                            "Accept this definition",
                            List.of()));
        }
        return element("section", inside).with("class", "card");
    }

    void accept(Exchange exchange) {
        Optional<SignIns.Posted> posted = tools.signIns().forForm(exchange, AgentsDesk.ACTING);
        if (posted.isEmpty()) {
            return; // answered
        }
        try {
            Tool tool = Tool.of(posted.get().form().get(TOOL).orElse(""));
            Digest seen = Digest.ofHex(posted.get().form().get(HELD).orElse(""));
            tools.examiner()
                    .accept(tool, Optional.of(seen), posted.get().who().person().id().text());
            Page.redirect(exchange, tools.signIns().origin() + Section.TOOLS.path());
        } catch (ActRefused e) {
            ConsoleEdge.refused(exchange, e, posted.get().who(), Section.TOOLS);
        } catch (IllegalArgumentException e) {
            ConsoleEdge.refused(
                    exchange,
                    new ActRefused("the form names no tool and no definition"),
                    posted.get().who(),
                    Section.TOOLS);
        }
    }
}
