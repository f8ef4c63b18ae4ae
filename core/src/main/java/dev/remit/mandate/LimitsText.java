package dev.remit.mandate;

import dev.remit.call.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The limits of a mandate and the conditions of its permissions as JSON. */
public final class LimitsText {
    private LimitsText() {}

    public static Value write(Limits limits) {
        Value.Building written = Value.object().put("expires", limits.expiresAt().toString());
        limits.idle().ifPresent(idle -> written.put("idle", idle.toString()));
        limits.uses().ifPresent(uses -> written.put("uses", uses));
        written.put("strikes", limits.strikes());
        limits.atOnce().ifPresent(most -> written.put("at_once", most));
        limits.rate()
                .ifPresent(
                        rate ->
                                written.put(
                                        "rate",
                                        Value.object()
                                                .put("calls", rate.calls())
                                                .put("per", rate.per().toString())
                                                .build()));
        if (!limits.budgets().isEmpty()) {
            written.put(
                    "budgets",
                    new Value.Items(limits.budgets().stream().map(LimitsText::budget).toList()));
        }
        if (!limits.endsWhen().isEmpty()) {
            written.put(
                    "ends_when",
                    Value.ofTexts(limits.endsWhen().stream().map(Glob::text).toList()));
        }
        if (limits.asks() > 0) {
            written.put("asks", limits.asks());
        }
        return written.build();
    }

    private static Value budget(Budget budget) {
        return Value.object()
                .put("name", budget.name())
                .put("tool", budget.tools().text())
                .put("argument", budget.argument())
                .put("most", new Value.Num(budget.most()))
                .build();
    }

    static Limits read(Value.Fields text) {
        return read(text, Instant.parse(MandateText.string(text, "expires")));
    }

    /** Reads limits whose end is told apart. */
    public static Limits read(Value.Fields text, Instant expires) {
        MandateText.only(
                text,
                "expires",
                "idle",
                "uses",
                "strikes",
                "at_once",
                "rate",
                "budgets",
                "ends_when",
                "asks");
        return new Limits(
                expires,
                MandateText.present(text, "idle", text.text("idle")).map(LimitsText::duration),
                MandateText.whole(text, "uses"),
                MandateText.whole(text, "strikes").orElse(Limits.USUAL_STRIKES),
                MandateText.whole(text, "at_once"),
                text.get("rate").map(LimitsText::readRate),
                readBudgets(MandateText.list(text, "budgets")),
                readGlobs(MandateText.list(text, "ends_when")),
                Math.clamp(MandateText.whole(text, "asks").orElse(0), -1, 1_000));
    }

    private static Rate readRate(Value written) {
        if (written instanceof Value.Fields rate) {
            MandateText.only(rate, "calls", "per");
            OptionalLong calls = MandateText.whole(rate, "calls");
            return new Rate(
                    Math.clamp(calls.orElseThrow(() -> MandateText.missing("calls")), 0, 1_000),
                    duration(MandateText.string(rate, "per")));
        }
        throw MandateText.missing("rate");
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "`" + text + "` is no length of time; write PT30M for half an hour", e);
        }
    }

    private static List<Budget> readBudgets(List<Value> all) {
        List<Budget> read = new ArrayList<>();
        for (Value one : all) {
            if (!(one instanceof Value.Fields budget)) {
                throw MandateText.missing("budgets");
            }
            MandateText.only(budget, "name", "tool", "argument", "most");
            read.add(
                    new Budget(
                            budget.text("name").orElse("b" + (read.size() + 1)),
                            new Glob(MandateText.string(budget, "tool")),
                            MandateText.string(budget, "argument"),
                            MandateText.number(budget, "most")
                                    .orElseThrow(() -> MandateText.missing("most"))));
        }
        return read;
    }

    private static List<Glob> readGlobs(List<Value> all) {
        List<Glob> read = new ArrayList<>();
        for (Value one : all) {
            if (!(one instanceof Value.Text(String text))) {
                throw MandateText.missing("ends_when");
            }
            read.add(new Glob(text));
        }
        return read;
    }

    static Value conditions(List<Condition> conditions) {
        return new Value.Items(conditions.stream().map(LimitsText::condition).toList());
    }

    private static Value condition(Condition condition) {
        return switch (condition) {
            case Condition.After(Glob tools) -> Value.object().put("after", tools.text()).build();
            case Condition.Per(Glob tools, long most) ->
                    Value.object().put("per", tools.text()).put("most", most).build();
            case Condition.NotAfter(Glob tools) ->
                    Value.object().put("not_after", tools.text()).build();
            case Condition.NotAfterLabel(String label) ->
                    Value.object().put("not_after_label", label).build();
            case Condition.Unrecognised(Value written) -> written;
        };
    }

    /** Reads conditions; one that is not recognised never holds. */
    static List<Condition> readConditions(List<Value> all) {
        return all.stream().map(LimitsText::readCondition).toList();
    }

    private static Condition readCondition(Value written) {
        if (!(written instanceof Value.Fields fields)) {
            return new Condition.Unrecognised(written);
        }
        try {
            return switch (String.join(" ", fields.values().keySet().stream().sorted().toList())) {
                case "after" -> new Condition.After(new Glob(MandateText.string(fields, "after")));
                case "most per" ->
                        new Condition.Per(
                                new Glob(MandateText.string(fields, "per")),
                                fields.whole("most").orElse(0));
                case "not_after" ->
                        new Condition.NotAfter(new Glob(MandateText.string(fields, "not_after")));
                case "not_after_label" ->
                        new Condition.NotAfterLabel(MandateText.string(fields, "not_after_label"));
                default -> new Condition.Unrecognised(written);
            };
        } catch (IllegalArgumentException e) {
            return new Condition.Unrecognised(written);
        }
    }
}
