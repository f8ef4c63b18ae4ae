package dev.remit.cli;

import dev.remit.call.Value;
import dev.remit.mandate.Limits;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much a mandate is good for, as it is typed. */
final class LimitOptions {
    private static final Pattern RATE = Pattern.compile("(\\d{1,3})/(\\d{0,6}[smhd])");
    private static final Pattern BUDGET =
            Pattern.compile("([^\\s():]+):([^\\s<]+)<=(\\d{1,20}(?:\\.\\d{1,10})?)");

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            description = "it ends when nothing was allowed for so long")
    private @Nullable String idle;

    @Option(names = "--uses", paramLabel = "N", description = "calls that it is good for in all")
    private @Nullable Long uses;

    @Option(
            names = "--strikes",
            paramLabel = "N",
            description = "it ends with this many calls that overstepped it")
    private @Nullable Long strikes;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "calls that may be under way at a time")
    private @Nullable Long atOnce;

    @Option(
            names = "--rate",
            paramLabel = "N/TIME",
            description = "calls in any stretch of time: 10/m, 3/30s")
    private @Nullable String rate;

    @Option(
            names = "--budget",
            paramLabel = "TOOL:ARGUMENT<=SUM",
            description = "what an argument may come to over all calls; may be repeated")
    private @Nullable List<String> budgets;

    @Option(
            names = "--ends-when",
            paramLabel = "TOOL",
            description = "it is completed when a call of this tool has succeeded; may be repeated")
    private @Nullable List<String> endsWhen;

    @Option(
            names = "--ask",
            paramLabel = "N",
            description =
                    "questions an hour about calls that it does not include; 0 refuses them at once;"
                            + " 6 if nothing is said")
    private @Nullable Integer asks;

    /** Whether anything was typed. */
    boolean isEmpty() {
        return asked().values().size() == 1 && asks == null; // the questions are always there
    }

    /** As the operator's door takes it. */
    Value.Fields asked() {
        Value.Building limits = Value.object();
        limits.put("asks", asks == null ? Limits.USUAL_ASKS : asks);
        if (idle != null) {
            limits.put("idle", MandateCommands.time(idle).toString());
        }
        if (uses != null) {
            limits.put("uses", uses);
        }
        if (strikes != null) {
            limits.put("strikes", strikes);
        }
        if (atOnce != null) {
            limits.put("at_once", atOnce);
        }
        if (rate != null) {
            limits.put("rate", rate(rate));
        }
        if (budgets != null) {
            limits.put(
                    "budgets",
                    new Value.Items(budgets.stream().map(LimitOptions::budget).toList()));
        }
        if (endsWhen != null) {
            limits.put("ends_when", Value.ofTexts(endsWhen));
        }
        return limits.build();
    }

    private static Value rate(String typed) {
        Matcher rate = RATE.matcher(typed);
        if (!rate.matches()) {
            throw new CommandFailed("`" + typed + "` is not a rate; write 10/m or 3/30s");
        }
        String per = rate.group(2).length() == 1 ? "1" + rate.group(2) : rate.group(2);
        return Value.object()
                .put("calls", Long.parseLong(rate.group(1)))
                .put("per", MandateCommands.time(per).toString())
                .build();
    }

    private static Value budget(String typed) {
        Matcher budget = BUDGET.matcher(typed);
        if (!budget.matches()) {
            throw new CommandFailed(
                    "`"
                            + typed
                            + "` is not a budget; write bank.pay:amount<=200 for at most 200 in all");
        }
        return Value.object()
                .put("tool", budget.group(1))
                .put("argument", budget.group(2))
                .put("most", new Value.Num(new BigDecimal(budget.group(3))))
                .build();
    }
}
