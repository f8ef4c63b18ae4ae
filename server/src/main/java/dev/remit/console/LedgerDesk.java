package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.CallId;
import dev.remit.http.Exchange;
import dev.remit.ledger.told.Line;
import dev.remit.ledger.told.Lines;
import dev.remit.ledger.told.Telling;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Places;
import dev.remit.web.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what the ledger tells: of the last lines at once, of older ones part by part. */
final class LedgerDesk {
    private static final int MOST = 100;

    /** How many entries of the log itself are looked through for one page. */
    private static final long PART = 20_000;

    private final ConsoleEdge.Tools tools;
    private final Chronicle chronicle;
    private final LineHtml html;

    LedgerDesk(ConsoleEdge.Tools tools, Chronicle chronicle) {
        this.tools = tools;
        this.chronicle = chronicle;
        this.html = new LineHtml(tools.agents());
    }

    /**
     * What was found.
     *
     * @param reached the first entry that was looked at; what is before it was not
     */
    private record Found(List<Line> lines, long reached) {}

    void page(Exchange exchange) {
        Optional<Viewer> viewer =
                tools.signIns().forPage(exchange, Section.LEDGER.anyOf()).map(Viewer::new);
        if (viewer.isEmpty()) {
            return; // answered
        }
        Form form = exchange.query().flatMap(Form::read).orElse(new Form(Map.of()));
        Optional<CallId> named = form.get(Wanted.CALL).map(String::strip).flatMap(Wanted::call);
        if (named.isPresent()) {
            Page.redirect(exchange, tools.signIns().origin() + Places.call(named.get()));
            return;
        }
        Wanted wanted = Wanted.of(form, tools.agents());
        page(viewer.get(), wanted, find(viewer.get(), wanted)).answer(exchange);
    }

    private Found find(Viewer viewer, Wanted wanted) {
        long before = wanted.before().orElse(Long.MAX_VALUE);
        List<Line> found =
                new ArrayList<>(
                        chronicle.newest(
                                one -> one.entry() < before && viewer.sees(one) && wanted.is(one),
                                MOST));
        if (found.size() == MOST) {
            return new Found(found, found.getLast().entry());
        }
        long known = Math.min(before, chronicle.from());
        long from = Math.max(0, known - PART);
        if (known > 0) {
            Lines part = new Lines(Telling.of(tools.mandates()), (int) PART);
            tools.log()
                    .read(
                            from,
                            entry -> {
                                if (entry.index() < known) {
                                    part.add(entry);
                                }
                                return entry.index() < known;
                            });
            found.addAll(
                    part.newest(one -> viewer.sees(one) && wanted.is(one), MOST - found.size()));
        }
        boolean full = found.size() == MOST;
        return new Found(found, full ? found.getLast().entry() : from);
    }

    private Page page(Viewer viewer, Wanted wanted, Found found) {
        List<Html> main = new ArrayList<>();
        main.add(
                element(
                                "p",
                                viewer.seesAll()
                                        ? "Everything that happened, the newest first. Nobody can"
                                                + " change it unnoticed."
                                        : "What happened under your mandates, the newest first."
                                                + " Nobody can change it unnoticed.")
                        .with("class", "lead"));
        main.add(wanted.form(viewer.seesAll()));
        if (!wanted.trouble().isEmpty()) {
            main.add(element("p", wanted.trouble()).with("class", "warning").with("role", "alert"));
        }
        if (!chronicle.trouble().isEmpty()) {
            main.add(element("p", chronicle.trouble()).with("class", "warning"));
        }
        main.add(
                Cells.table(
                        "lines", LineHtml.COLUMNS, html.rows(found.lines(), "Nothing was found.")));
        if (found.reached() > 0) {
            main.add(
                    element(
                            "p",
                            text("Looked back to entry " + found.reached() + ". "),
                            element("a", "Look further back")
                                    .with("class", "button")
                                    .with("href", wanted.before(found.reached()))));
        } else {
            main.add(element("p", "This goes back to the first entry.").with("class", "quiet"));
        }
        return Page.of("Ledger", main.toArray(Html[]::new)).in(Section.LEDGER, viewer.who());
    }
}
