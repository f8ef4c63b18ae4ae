package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.registry.ActRefused;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The organisation's rules as they are in force, and what keeps newer ones from being taken. */
final class RulesDesk {
    private final ConsoleEdge.Tools tools;

    RulesDesk(ConsoleEdge.Tools tools) {
        this.tools = tools;
    }

    void page(Exchange exchange) {
        tools.signIns()
                .forPage(exchange, Section.RULES.anyOf())
                .map(Viewer::new)
                .ifPresent(
                        viewer -> page(200, viewer, Optional.empty(), List.of()).answer(exchange));
    }

    /** Answers a form of this page with what comes of it, or with why nothing does. */
    void tried(Exchange exchange, Function<Form, Html> doing) {
        Optional<SignIns.Posted> posted = tools.signIns().forForm(exchange, Section.RULES.anyOf());
        if (posted.isEmpty()) {
            return; // answered
        }
        Viewer viewer = new Viewer(posted.get().who());
        Form form = posted.get().form();
        try {
            answer(exchange, viewer, form, doing.apply(form));
        } catch (ActRefused e) {
            refuse(exchange, viewer, form, String.valueOf(e.getMessage()));
        }
    }

    /** The page with what came of a trial, and what was typed still in the forms. */
    void answer(Exchange exchange, Viewer viewer, Form typed, Html result) {
        page(200, viewer, Optional.of(typed), List.of(result)).answer(exchange);
    }

    /** The page with why there is nothing to show. */
    void refuse(Exchange exchange, Viewer viewer, Form typed, String why) {
        Html said =
                element("p", "Not tried: " + Quotation.of(why) + ".")
                        .with("class", "warning")
                        .with("role", "alert");
        page(400, viewer, Optional.of(typed), List.of(said)).answer(exchange);
    }

    private Page page(int status, Viewer viewer, Optional<Form> typed, List<Html> result) {
        Value.Fields said = tools.rules().get();
        List<Html> main = new ArrayList<>(result);
        main.add(
                element(
                                "p",
                                "What never happens, what always asks a person, and what nobody can"
                                        + " give to an agent.")
                        .with("class", "lead"));
        said.text("trouble")
                .filter(trouble -> !trouble.isEmpty())
                .ifPresent(
                        trouble ->
                                main.add(
                                        element(
                                                        "p",
                                                        "Newer rules are not taken: "
                                                                + Quotation.of(trouble))
                                                .with("class", "warning")));
        List<Html> rows = new ArrayList<>();
        for (Value one : said.items("rules")) {
            if (one instanceof Value.Fields rule) {
                rows.add(row(rule));
            }
        }
        main.add(
                Cells.table(
                        "rules",
                        List.of("rule", "does", "mode", "says", "stands in"),
                        rows.isEmpty() ? List.of(Cells.nothing(5, "There are no rules.")) : rows));
        main.add(
                element(
                        "p",
                        text(
                                said.text("folder")
                                        .map(
                                                folder ->
                                                        "They are the files of "
                                                                + folder
                                                                + " and are taken over as soon as"
                                                                + " these change. ")
                                        .orElse("")),
                        element("code", "remit rules check"),
                        text(" looks at the files as they stand.")));
        main.add(element("h2", "Try a call"));
        main.add(
                element(
                        "p",
                        "What would be decided of a call now, and why: by mandate, intent and"
                                + " rules."));
        main.add(TrialDesk.form(viewer, typed));
        main.add(element("h2", "Replay"));
        main.add(
                element(
                        "p",
                        "What would have become of the calls on record; "
                                + "remit replay does the same at a terminal."));
        main.add(ReplayDesk.form(viewer, typed));
        return Page.problem(status, "Rules", main.toArray(Html[]::new))
                .in(Section.RULES, viewer.who());
    }

    private static Html row(Value.Fields rule) {
        String mode = rule.text("mode").orElse("");
        return element(
                "tr",
                Cells.cell("rule", element("code", Quotation.of(rule.text("id").orElse("")))),
                Cells.cell(
                        "does",
                        rule.text("does").orElse("") + (rule.flag("ceiling") ? ", a ceiling" : "")),
                Cells.cell("mode", Cells.tag(mode.equals("enforce") ? "good" : "wait", mode)),
                Cells.cell("says", Quotation.of(rule.text("say").orElse(""))),
                Cells.cell("stands in", Quotation.of(rule.text("place").orElse(""))));
    }
}
