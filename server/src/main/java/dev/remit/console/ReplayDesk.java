package dev.remit.console;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.call.Quotation;
import dev.remit.decision.Rules;
import dev.remit.gate.replay.Replay;
import dev.remit.http.Exchange;
import dev.remit.registry.ActRefused;
import dev.remit.web.Form;
import dev.remit.web.Html;
import dev.remit.web.Places;
import dev.remit.web.Section;
import dev.remit.web.SignIns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Puts the calls of the last days to other rules, or once more to those in force. One at a time,
 * and no longer than a person waits.
 */
final class ReplayDesk {
    static final String PATH = Section.RULES.path() + "/replay";

    private static final String DAYS = "days";
    private static final String WHICH = "which";
    private static final String TEXT = "text";
    private static final String BESIDE = "beside";
    private static final String INSTEAD = "instead";
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 366;
    private static final int MOST_SHOWN = 100;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Form UNTYPED = Form.read("").orElseThrow();

    private final ConsoleEdge.Tools tools;
    private final RulesDesk page;
    private final Semaphore one = new Semaphore(1);

    ReplayDesk(ConsoleEdge.Tools tools, RulesDesk page) {
        this.tools = tools;
        this.page = page;
    }

    void replay(Exchange exchange) {
        page.tried(exchange, this::alone);
    }

    private Html alone(Form form) {
        if (!one.tryAcquire()) {
            throw new ActRefused("somebody's calls are being replayed; try again in a moment");
        }
        try {
            return result(form);
        } finally {
            one.release();
        }
    }

    private Html result(Form form) {
        int days = days(said(form, DAYS));
        String which = said(form, WHICH);
        Rules rules =
                which.equals(BESIDE) || which.equals(INSTEAD)
                        ? tools.trials()
                                .candidates()
                                .read(form.get(TEXT).orElse(""), which.equals(BESIDE))
                        : tools.trials().inForce().get();
        Instant now = tools.clock().instant();
        Instant until = now.plus(LONGEST);
        Replay.Difference found =
                Replay.of(
                        tools.log(),
                        rules,
                        now.minus(Duration.ofDays(days)),
                        MOST_SHOWN,
                        () -> tools.clock().instant().isBefore(until));
        List<Html> inside = new ArrayList<>();
        inside.add(
                element(
                        "h3",
                        counted(found.judged(), "call")
                                + " of the last "
                                + counted(days, "day")
                                + ": "
                                + (found.differing() == 0
                                        ? "none would come to something else"
                                        : found.differing() + " would come to something else")));
        if (!found.whole()) {
            inside.add(
                    element("p", "It took too long to look at all of them; remit replay does.")
                            .with("class", "warning"));
        }
        if (!found.changed().isEmpty()) {
            inside.add(
                    Cells.table(
                            "replayed",
                            List.of("time", "call", "was", "would be", "rules"),
                            found.changed().stream().map(ReplayDesk::row).toList()));
        }
        if (found.differing() > found.changed().size()) {
            inside.add(element("p", "The first " + found.changed().size() + " are shown."));
        }
        inside.add(
                element(
                                "p",
                                "Only what the rules say was asked anew, of everything as it stood"
                                        + " then; what each mandate said stays as it was.")
                        .with("class", "quiet"));
        return element("section", inside).with("class", "card").with("role", "status");
    }

    private static Html row(Replay.Changed one) {
        return element(
                "tr",
                Cells.cell("time", Cells.time(one.at())),
                Cells.cell(
                        "call",
                        Cells.link(
                                Places.call(one.call().call()),
                                Quotation.of(one.call().tool().toString()))),
                Cells.cell("was", tag(one.was())),
                Cells.cell("would be", tag(one.now())),
                Cells.cell("rules", Quotation.of(String.join(", ", one.rules()))));
    }

    private static Html tag(Replay.Outcome outcome) {
        String word = outcome.name().toLowerCase(Locale.ROOT);
        return switch (outcome) {
            case ALLOWED -> Cells.tag("good", word);
            case ASKED -> Cells.tag("wait", word);
            case REFUSED -> Cells.tag("bad", word);
        };
    }

    private static String counted(long many, String what) {
        return many + " " + what + (many == 1 ? "" : "s");
    }

    private static int days(String typed) {
        if (!typed.matches("[0-9]{1,3}")) {
            throw new ActRefused("how many days is a number from 1 to " + MOST_DAYS);
        }
        int days = Integer.parseInt(typed);
        if (days < 1 || days > MOST_DAYS) {
            throw new ActRefused("how many days is a number from 1 to " + MOST_DAYS);
        }
        return days;
    }

    private static String said(Form form, String name) {
        return form.get(name).map(String::strip).orElse("");
    }

    /** The form, with what was typed still in it. */
    static Html form(Viewer viewer, Optional<Form> typed) {
        Form form = typed.orElse(UNTYPED);
        String which = said(form, WHICH);
        String days = said(form, DAYS);
        return element(
                        "form",
                        Cells.hidden(SignIns.FIELD, viewer.who().csrf()),
                        element(
                                "label",
                                text("Calls of the last days"),
                                element("input")
                                        .with("name", DAYS)
                                        .with("maxlength", "3")
                                        .with(
                                                "value",
                                                days.isEmpty()
                                                        ? Integer.toString(USUAL_DAYS)
                                                        : days)),
                        element(
                                "label",
                                text("under"),
                                element(
                                                "select",
                                                option("", "the rules in force", which),
                                                option(
                                                        BESIDE,
                                                        "the rules in force and these",
                                                        which),
                                                option(INSTEAD, "these alone", which))
                                        .with("name", WHICH)),
                        element(
                                "label",
                                text("These rules, as in a .cedar file"),
                                element("textarea", form.get(TEXT).orElse(""))
                                        .with("name", TEXT)
                                        .with("rows", "6")
                                        .with("maxlength", "50000")
                                        .with(
                                                "placeholder",
                                                "@id(\"no-mail\") forbid(principal, action,"
                                                        + " resource == Upstream::\"mail\");")),
                        element("button", "Replay"))
                .with("method", "post")
                .with("class", "card stacked")
                .with("action", PATH);
    }

    private static Html option(String value, String shown, String chosen) {
        Html.Element option = element("option", shown).with("value", value);
        return value.equals(chosen) ? option.with("selected", "selected") : option;
    }
}
