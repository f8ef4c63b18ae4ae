package dev.remit.giving;

import static dev.remit.web.Html.element;
import static dev.remit.web.Html.text;

import dev.remit.mandate.Budget;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Rate;
import dev.remit.registry.ActRefused;
import dev.remit.web.Html;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The limits of the whole task; all but how many calls and whom it asks is closed at first. */
final class LimitFields {
    static final String USES = "uses";
    static final String ASKS = "asks";
    static final String IDLE = "idle";
    static final String AT_ONCE = "at-once";
    static final String RATE = "rate";
    static final String RATE_PER = "rate-per";
    static final String STRIKES = "strikes";

    private static final int LONGEST_RATE = 100;
    private static final Map<String, String> IDLES = new LinkedHashMap<>();
    private static final Map<String, String> RATES = new LinkedHashMap<>();

    static {
        IDLES.put("", "however long");
        IDLES.put("PT10M", "ten minutes");
        IDLES.put("PT1H", "an hour");
        IDLES.put("PT8H", "eight hours");
        RATES.put("PT1M", "in any minute");
        RATES.put("PT1H", "in any hour");
        RATES.put("P1D", "in any day");
    }

    private LimitFields() {}

    static Html of(Typed typed) {
        List<Html> inside = new ArrayList<>();
        inside.add(element("summary", "More limits"));
        inside.add(
                element(
                        "label",
                        text("It ends when it did nothing for "),
                        typed.select(IDLE, "idle", IDLES)));
        inside.add(
                element(
                        "label",
                        text("Calls at a time, at most "),
                        typed.number(AT_ONCE, "at once")));
        inside.add(
                element(
                                "div",
                                element("span", "At most "),
                                typed.number(RATE, "calls"),
                                element("span", " calls "),
                                typed.select(RATE_PER, "in what time", RATES))
                        .with("class", "restrict"));
        inside.add(
                element(
                        "label",
                        text("It ends when it has overstepped so often "),
                        typed.number(STRIKES, "strikes")
                                .with("placeholder", Long.toString(Limits.USUAL_STRIKES))));
        boolean said = List.of(IDLE, AT_ONCE, RATE, STRIKES).stream().anyMatch(typed::has);
        Html.Element details = element("details", inside).with("class", "more");
        return said ? details.with("open", "open") : details;
    }

    /** All but the end, which is told by how long it lives. */
    static Limits read(Typed typed, List<Budget> sums, List<Glob> endsWhen) {
        List<Budget> budgets = new ArrayList<>();
        for (Budget one : sums) {
            String name = "b" + (budgets.size() + 1);
            budgets.add(new Budget(name, one.tools(), one.argument(), one.most()));
        }
        OptionalLong strikes = typed.whole(STRIKES, "how often it may overstep");
        return new Limits(
                Instant.EPOCH,
                idle(typed),
                typed.whole(USES, "a number of calls"),
                strikes.orElse(Limits.USUAL_STRIKES),
                typed.whole(AT_ONCE, "the number of calls at a time"),
                rate(typed),
                budgets,
                endsWhen,
                typed.has(ASKS) ? Limits.USUAL_ASKS : 0);
    }

    private static Optional<Duration> idle(Typed typed) {
        if (typed.has(IDLE) && !IDLES.containsKey(typed.of(IDLE))) {
            throw new ActRefused("choose how long it may do nothing");
        }
        return typed.has(IDLE) ? Optional.of(Duration.parse(typed.of(IDLE))) : Optional.empty();
    }

    private static Optional<Rate> rate(Typed typed) {
        OptionalLong calls = typed.whole(RATE, "a number of calls");
        if (calls.isEmpty()) {
            return Optional.empty();
        }
        if (calls.getAsLong() > LONGEST_RATE || !RATES.containsKey(typed.of(RATE_PER))) {
            throw new ActRefused("a rate is 1 to " + LONGEST_RATE + " calls in a minute or longer");
        }
        return Optional.of(new Rate((int) calls.getAsLong(), Duration.parse(typed.of(RATE_PER))));
    }
}
