package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Quotation;
import dev.remit.call.Value;
import dev.remit.http.Exchange;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Section;
import java.util.ArrayList;
import java.util.List;

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
                .ifPresent(viewer -> page(viewer).answer(exchange));
    }

    private Page page(Viewer viewer) {
        Value.Fields said = tools.rules().get();
        List<Html> main = new ArrayList<>();
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
                        text(" looks at the files as they stand, and "),
                        element("code", "remit replay"),
                        text(" tries them on the calls on record.")));
        return Page.of("Rules", main.toArray(Html[]::new)).in(Section.RULES, viewer.who());
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
