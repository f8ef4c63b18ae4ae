package dev.remit.mandate;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether there is enough left of a mandate for one more call. The judge asks before it allows, and
 * the books ask the same once more at the moment that the decision is written down, so that many
 * calls at once cannot spend what is there for one.
 */
public final class Spending {
    private Spending() {}

    /** Which limit it is that a call would exceed. */
    public enum Limit {
        CONDITION,
        PERMISSION,
        DELEGATION,
        MANDATE,
        BUDGET,
        RATE,
        AT_ONCE
    }

    /**
     * What a call would exceed.
     *
     * @param detail a sentence that helps the agent
     */
    public record Exceeded(Limit limit, String detail) {}

    /** What forbids this permission to be used once more; empty if nothing does. */
    public static Optional<Exceeded> of(Sheet sheet, Permission permission) {
        long used = sheet.usage().of(permission);
        for (Condition condition : permission.when()) {
            if (!condition.holds(sheet.usage().history(), used)) {
                return Optional.of(
                        new Exceeded(
                                Limit.CONDITION, "It is allowed only " + condition.said() + "."));
            }
        }
        return permission.uses().isPresent() && used >= permission.uses().getAsLong()
                ? Optional.of(new Exceeded(Limit.PERMISSION, ""))
                : Optional.empty();
    }

    /** What forbids one more call to those who have so many alone; empty if nothing does. */
    public static Optional<Exceeded> of(Sheet sheet, List<Allotment> allotments) {
        return allotments.stream().anyMatch(one -> sheet.usage().of(one) >= one.uses())
                ? Optional.of(new Exceeded(Limit.DELEGATION, ""))
                : Optional.empty();
    }

    /** What forbids one more call of any kind, with these arguments; empty if nothing does. */
    public static Optional<Exceeded> of(Sheet sheet, Tool tool, Arguments arguments, Instant now) {
        Limits limits = sheet.mandate().limits();
        Usage usage = sheet.usage();
        if (limits.uses().isPresent() && usage.calls() >= limits.uses().getAsLong()) {
            return Optional.of(new Exceeded(Limit.MANDATE, ""));
        }
        for (Budget budget : limits.budgets()) {
            if (budget.counts(tool)) {
                Optional<Exceeded> over = over(usage, budget, arguments);
                if (over.isPresent()) {
                    return over;
                }
            }
        }
        Optional<Instant> next = limits.rate().flatMap(rate -> rate.next(usage.recent(), now));
        if (next.isPresent()) {
            return Optional.of(
                    new Exceeded(Limit.RATE, "The next call may be made at " + next.get() + "."));
        }
        return atOnce(sheet);
    }

    /** What forbids one more call to be under way; a further round is subject to this alone. */
    public static Optional<Exceeded> atOnce(Sheet sheet) {
        Limits limits = sheet.mandate().limits();
        return limits.atOnce().isPresent() && sheet.usage().open() >= limits.atOnce().getAsLong()
                ? Optional.of(new Exceeded(Limit.AT_ONCE, ""))
                : Optional.empty();
    }

    private static Optional<Exceeded> over(Usage usage, Budget budget, Arguments arguments) {
        Optional<BigDecimal> amount = budget.amount(arguments);
        if (amount.isEmpty()) {
            return Optional.of(
                    new Exceeded(
                            Limit.BUDGET,
                            "`"
                                    + budget.argument()
                                    + "` must be a number of at least 0, so that it can be added"
                                    + " up."));
        }
        BigDecimal left = budget.most().subtract(usage.of(budget));
        return amount.get().compareTo(left) <= 0
                ? Optional.empty()
                : Optional.of(
                        new Exceeded(
                                Limit.BUDGET,
                                "Of `"
                                        + budget.argument()
                                        + "`, "
                                        + left.toPlainString()
                                        + " is left of "
                                        + budget.most().toPlainString()
                                        + "."));
    }

    /** What the call takes of each budget, and of what those have alone who make it. */
    public static Map<String, BigDecimal> amounts(
            Mandate mandate, List<Allotment> allotments, Tool tool, Arguments arguments) {
        if (mandate.limits().budgets().isEmpty() && allotments.isEmpty()) {
            return Map.of();
        }
        Map<String, BigDecimal> amounts = new HashMap<>();
        allotments.forEach(one -> amounts.put(one.name(), BigDecimal.ONE));
        for (Budget budget : mandate.limits().budgets()) {
            if (budget.counts(tool)) {
                amounts.put(budget.name(), budget.amount(arguments).orElse(BigDecimal.ZERO));
            }
        }
        return amounts;
    }
}
