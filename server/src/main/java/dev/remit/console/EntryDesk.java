package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.CallId;
import dev.remit.call.Quotation;
import dev.remit.http.Exchange;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.InclusionProof;
import dev.remit.ledger.told.Telling;
import dev.remit.ledger.why.Why;
import dev.remit.mandate.Sheet;
import dev.remit.web.Html;
import dev.remit.web.Page;
import dev.remit.web.Places;
import dev.remit.web.Routes;
import dev.remit.web.Section;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One call with its why, one entry, and the proof that it is in the log. */
final class EntryDesk {
    /** Before the number of an entry: its proof, as a file. */
    static final String PROOFS = "/ledger/proofs/";

    private final ConsoleEdge.Tools tools;
    private final LineHtml html;

    EntryDesk(ConsoleEdge.Tools tools) {
        this.tools = tools;
        this.html = new LineHtml(tools.agents());
    }

    void call(Exchange exchange) {
        Optional<Viewer> viewer = viewer(exchange);
        if (viewer.isEmpty()) {
            return; // answered
        }
        Optional<Why> why =
                Wanted.call(exchange.path().substring(Places.CALLS.length()))
                        .flatMap(this::why)
                        .filter(one -> sees(viewer.get(), one));
        if (why.isEmpty()) {
            Routes.notThere(exchange);
            return;
        }
        page(viewer.get(), why.get()).answer(exchange);
    }

    private Optional<Viewer> viewer(Exchange exchange) {
        return tools.signIns().forPage(exchange, Section.LEDGER.anyOf()).map(Viewer::new);
    }

    private Optional<Why> why(CallId id) {
        return Why.of(
                tools.log(), id, mandate -> tools.mandates().find(mandate).map(Sheet::mandate));
    }

    private static boolean sees(Viewer viewer, Why why) {
        Optional<PersonId> giver =
                why.decision().event() instanceof Event.Decided decided
                        ? decided.mandate().map(Event.Under::giver)
                        : Optional.empty();
        return viewer.seesAll() || giver.equals(Optional.of(viewer.who().person().id()));
    }

    private Page page(Viewer viewer, Why why) {
        List<Html> told = new ArrayList<>();
        for (Why.Said one : why.told()) {
            told.add(element("dt", one.label()));
            told.add(element("dd", Quotation.whole(one.text())));
        }
        List<Html> main = new ArrayList<>();
        main.add(
                element("p", "Why it was decided so, told from the ledger alone.")
                        .with("class", "lead"));
        main.add(element("dl", told).with("class", "why card"));
        List<Html> links = new ArrayList<>();
        why.mandate()
                .ifPresent(
                        one -> {
                            links.add(link(Places.mandate(one.id()), "The mandate"));
                            links.add(link(Places.activity(one.id()), "What was done under it"));
                        });
        if (why.decision().event() instanceof Event.Decided decided) {
            links.add(link(Places.agent(decided.agent()), "The agent"));
        }
        links.add(link(Places.entry(why.decision().index()), "The record of the decision"));
        why.end()
                .ifPresent(
                        end -> links.add(link(Places.entry(end.index()), "The record of its end")));
        main.add(element("p", links).with("class", "answers"));
        return Page.of("Why", main.toArray(Html[]::new)).in(Section.LEDGER, viewer.who());
    }

    private static Html link(String href, String shown) {
        return element("a", shown).with("class", "button").with("href", href);
    }

    void entry(Exchange exchange) {
        Optional<Viewer> viewer = viewer(exchange);
        if (viewer.isEmpty()) {
            return; // answered
        }
        Optional<Entry> entry = visible(exchange, viewer.get(), Places.ENTRIES);
        if (entry.isEmpty()) {
            Routes.notThere(exchange);
            return;
        }
        page(viewer.get(), entry.get()).answer(exchange);
    }

    /** The entry that the path names, if this person may see it. */
    private Optional<Entry> visible(Exchange exchange, Viewer viewer, String before) {
        String number = exchange.path().substring(before.length());
        return number.matches("[0-9]{1,15}")
                ? tools.log().entry(Long.parseLong(number)).filter(one -> sees(viewer, one))
                : Optional.empty();
    }

    private boolean sees(Viewer viewer, Entry entry) {
        return viewer.seesAll()
                || callOf(entry.event())
                        .flatMap(this::why)
                        .map(why -> sees(viewer, why))
                        .orElseGet(
                                () ->
                                        Telling.of(tools.mandates())
                                                .of(entry)
                                                .filter(viewer::sees)
                                                .isPresent());
    }

    private static Optional<CallId> callOf(Event event) {
        if (event instanceof Event.Decided decided) {
            return Optional.of(decided.call());
        }
        if (event instanceof Event.Concluded ended) {
            return Optional.of(ended.call());
        }
        return event instanceof Event.Asked asked ? Optional.of(asked.call()) : Optional.empty();
    }

    private Page page(Viewer viewer, Entry entry) {
        List<Html> main = new ArrayList<>();
        main.add(element("p", text("Written at "), Cells.time(entry.at()), text(" UTC.")));
        callOf(entry.event())
                .ifPresent(
                        call ->
                                main.add(
                                        element(
                                                "p",
                                                link(Places.call(call), "The call, and why"))));
        Telling.of(tools.mandates())
                .of(entry)
                .ifPresent(
                        line ->
                                main.add(
                                        Cells.table(
                                                "lines",
                                                LineHtml.COLUMNS,
                                                List.of(html.row("l", line)))));
        main.add(element("h2", "Proof"));
        main.add(
                element(
                        "p",
                        "Whoever has the log's public key can check without this gateway that the"
                                + " entry is in the log, in this place and with these words. What"
                                + " the entry says beyond its leaf is bound to it by a hash."));
        main.add(
                element(
                        "p",
                        element("a", "Download the proof")
                                .with("class", "button")
                                .with("download", "entry-" + entry.index() + ".tlog-proof")
                                .with("href", PROOFS + entry.index())));
        main.addAll(check(entry.index()));
        return Page.of("Entry " + entry.index(), main.toArray(Html[]::new))
                .withScript("verify.js")
                .in(Section.LEDGER, viewer.who());
    }

    /** What the script checks the proof with; whoever trusts the gateway less brings the key. */
    private List<Html> check(long index) {
        return List.of(
                element(
                        "p",
                        "Or check it here: your browser computes the way from the entry to the root"
                                + " that was signed, and checks the signature. These are the keys"
                                + " that this gateway names; put the one you kept in their place"
                                + " to rely on it less."),
                element(
                                "label",
                                text(
                                        "The log's public key, as in ledger/key.pub; one on each line"),
                                element("textarea", String.join("\n", tools.logKeys().get()))
                                        .with("rows", "3")
                                        .with("spellcheck", "false")
                                        .with("data-keys", ""))
                        .with("class", "stacked"),
                element(
                        "p",
                        element("button", "Check it here")
                                .with("type", "button")
                                .with("data-proof", PROOFS + index)
                                .with("data-index", Long.toString(index))),
                element("p").with("role", "status").with("data-verified", ""));
    }

    void proof(Exchange exchange) {
        Optional<Viewer> viewer = viewer(exchange);
        if (viewer.isEmpty()) {
            return; // answered
        }
        Optional<InclusionProof> proof =
                visible(exchange, viewer.get(), PROOFS)
                        .flatMap(entry -> tools.proofs().apply(entry.index()));
        if (proof.isEmpty()) {
            Routes.notThere(exchange);
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>(Page.HEADERS);
        headers.put("Content-Type", "text/plain; charset=utf-8");
        headers.put("Content-Disposition", "attachment");
        exchange.answer(200, headers, proof.get().text().getBytes(StandardCharsets.UTF_8));
    }
}
