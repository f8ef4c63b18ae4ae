package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Quotation;
import dev.remit.http.Exchange;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Section;
import java.util.ArrayList;
import java.util.List;

/** How the gateway is set up; what changes it is said, and done elsewhere. */
final class SettingsDesk {
    private final ConsoleEdge.Tools tools;

    SettingsDesk(ConsoleEdge.Tools tools) {
        this.tools = tools;
    }

    void page(Exchange exchange) {
        tools.signIns()
                .forPage(exchange, Section.SETTINGS.anyOf())
                .map(Viewer::new)
                .ifPresent(viewer -> page(viewer).answer(exchange));
    }

    private Page page(Viewer viewer) {
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                                "p",
                                "How this gateway is set up. It is read here and changed with the"
                                        + " command or the line of the configuration that stands"
                                        + " below each part.")
                        .with("class", "lead"));
        for (Setting one : tools.settings().get()) {
            List<Html> rows = new ArrayList<>();
            for (Setting.Row row : one.rows()) {
                rows.add(
                        element(
                                "tr",
                                element("th", Quotation.of(row.name())).with("scope", "row"),
                                element("td", Quotation.of(row.said()))));
            }
            main.add(element("h2", one.title()));
            main.add(
                    rows.isEmpty()
                            ? element("p", "None.").with("class", "quiet")
                            : element("table", element("tbody", rows)).with("class", "log"));
            main.add(
                    element("p", text("To change it: "), element("code", one.changedBy()))
                            .with("class", "quiet"));
        }
        return Page.of("Settings", main.toArray(Html[]::new)).in(Section.SETTINGS, viewer.who());
    }
}
