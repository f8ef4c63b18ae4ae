package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Quotation;
import dev.remit.call.Tool;
import dev.remit.decision.intent.ToolReading;
import dev.remit.http.Exchange;
import dev.remit.registry.ActRefused;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Routes;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The upstreams' tools: what they are read to do, and what has changed since it was accepted. */
final class ToolsDesk {
    private final ConsoleEdge.Tools tools;

    ToolsDesk(ConsoleEdge.Tools tools) {
        this.tools = tools;
    }

    void page(Exchange exchange) {
        viewer(exchange).ifPresent(viewer -> page(viewer).answer(exchange));
    }

    private Optional<Viewer> viewer(Exchange exchange) {
        return tools.signIns().forPage(exchange, Section.TOOLS.anyOf()).map(Viewer::new);
    }

    private Page page(Viewer viewer) {
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                                "p",
                                "What each tool is read to do, from its name and its arguments;"
                                        + " from its description only where these say nothing."
                                        + " Read wrongly? Open the tool and put it right.")
                        .with("class", "lead"));
        List<Html> held = new ArrayList<>();
        List<Html> others = new ArrayList<>();
        for (String upstream : tools.upstreams()) {
            List<Html> rows = new ArrayList<>();
            for (Pin pin : tools.tools().pins(upstream)) {
                rows.add(row(pin));
                if (pin.held().isPresent()) {
                    held.add(
                            element(
                                    "li",
                                    link(pin, pin.tool().toString()),
                                    text(" cannot be called until somebody accepts it.")));
                }
            }
            others.add(element("h2", upstream));
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
            main.add(element("ul", held));
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
        return Page.of("Tools", main.toArray(Html[]::new)).in(Section.TOOLS, viewer.who());
    }

    private static Html link(Pin pin, String shown) {
        return Cells.link(ToolPage.path(pin.tool()), Quotation.of(shown));
    }

    private Html row(Pin pin) {
        ToolReading reading = tools.readings().of(pin);
        String said =
                (pin.reads() ? " marked as only reading" : "")
                        + (pin.correction().isNone() ? "" : " corrected");
        return element(
                "tr",
                Cells.cell("tool", link(pin, pin.tool().name())),
                Cells.cell("does", ToolWords.effects(reading)),
                Cells.cell("arguments", arguments(reading)),
                Cells.cell(
                        "definition",
                        pin.held().isPresent()
                                ? Cells.tag("bad", "held")
                                : Cells.tag("good", "accepted"),
                        text(said)));
    }

    private static Html arguments(ToolReading reading) {
        List<Html> all = new ArrayList<>();
        new TreeMap<>(reading.roles())
                .forEach(
                        (name, role) -> {
                            all.add(text(all.isEmpty() ? "" : ", "));
                            all.add(element("code", Quotation.of(name)));
                            all.add(
                                    element(
                                            "small",
                                            role == ArgumentRole.PLAIN
                                                    ? ""
                                                    : " " + ToolWords.of(role)));
                        });
        return all.isEmpty() ? text("none") : element("span", all);
    }

    /** One tool. */
    void one(Exchange exchange) {
        Optional<Viewer> viewer = viewer(exchange);
        if (viewer.isEmpty()) {
            return; // answered
        }
        Form form = exchange.query().flatMap(Form::read).orElse(new Form(Map.of()));
        Optional<Pin> pin = form.get(ToolPage.TOOL).flatMap(this::pin);
        if (pin.isEmpty()) {
            Routes.notThere(exchange);
            return;
        }
        new ToolPage(viewer.get(), pin.get(), tools.readings()).page().answer(exchange);
    }

    private Optional<Pin> pin(String name) {
        try {
            return tools.tools().pin(Tool.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void accept(Exchange exchange) {
        act(
                exchange,
                (form, pin, by) ->
                        tools.examiner()
                                .accept(
                                        pin.tool(),
                                        Optional.of(
                                                Digest.ofHex(form.get(ToolPage.HELD).orElse(""))),
                                        by));
    }

    void correct(Exchange exchange) {
        act(
                exchange,
                (form, pin, by) ->
                        tools.examiner()
                                .correct(
                                        pin.tool(),
                                        ToolPage.chosen(form, pin, tools.readings().accepted(pin)),
                                        by));
    }

    /** What a form does to a tool. */
    private interface Act {
        void on(Form form, Pin pin, String by);
    }

    private void act(Exchange exchange, Act act) {
        Optional<SignIns.Posted> posted = tools.signIns().forForm(exchange, AgentsDesk.ACTING);
        if (posted.isEmpty()) {
            return; // answered
        }
        Form form = posted.get().form();
        try {
            Pin pin =
                    form.get(ToolPage.TOOL)
                            .flatMap(this::pin)
                            .orElseThrow(() -> new ActRefused("there is no such tool"));
            act.on(form, pin, posted.get().who().person().id().text());
            Page.redirect(exchange, tools.signIns().origin() + ToolPage.path(pin.tool()));
        } catch (ActRefused e) {
            ConsoleEdge.refused(exchange, e, posted.get().who(), Section.TOOLS);
        } catch (IllegalArgumentException e) {
            ConsoleEdge.refused(
                    exchange,
                    new ActRefused("the form says nothing that can be done"),
                    posted.get().who(),
                    Section.TOOLS);
        }
    }
}
