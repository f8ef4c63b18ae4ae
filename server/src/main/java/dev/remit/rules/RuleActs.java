package dev.remit.rules;

import dev.remit.call.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The operator's acts on the rules, by name, on JSON; none changes them. */
public final class RuleActs {
    private final Optional<RuleWatch> watch;
    private final Supplier<Known> known;

    /**
     * @param watch on the folder, if the configuration names one
     * @param known what the gateway has seen by now
     */
    public RuleActs(Optional<RuleWatch> watch, Supplier<Known> known) {
        this.watch = watch;
        this.known = known;
    }

    /** Does the act; empty if there is none of this name. */
    public Optional<Value> act(String name) {
        return switch (name) {
            case "rules/list" -> Optional.of(list());
            case "rules/schema" ->
                    Optional.of(Value.object().put("schema", RuleSchema.of(known.get())).build());
            case "rules/check" -> Optional.of(check());
            default -> Optional.empty();
        };
    }

    private Value list() {
        Value.Building all = Value.object();
        watch.ifPresent(
                one -> {
                    RuleSet rules = one.taken().rules();
                    all.put("folder", one.folder().folder().toString())
                            .put("otherwise", rules.fallback().name().toLowerCase(Locale.ROOT))
                            .put("digest", one.taken().digest().hex())
                            .put("trouble", one.trouble());
                });
        return all.put(
                        "rules",
                        new Value.Items(
                                watch
                                        .map(one -> one.taken().rules().all())
                                        .orElse(List.of())
                                        .stream()
                                        .map(RuleActs::shown)
                                        .toList()))
                .build();
    }

    private static Value shown(Rule rule) {
        return Value.object()
                .put("id", rule.id())
                .put(
                        "does",
                        rule.draws() > 0
                                ? "draw"
                                : rule.permits() ? "permit" : rule.asks() ? "ask" : "forbid")
                .put("mode", rule.mode().name().toLowerCase(Locale.ROOT))
                .put("ceiling", rule.ceiling())
                .put("place", rule.place())
                .put("say", rule.say())
                .build();
    }

    /** What stands in the folder now, whether or not it is in force. */
    private Value check() {
        List<String> faults =
                watch.map(
                                one -> {
                                    try {
                                        return RuleFaults.of(one.folder().read(), known.get());
                                    } catch (RulesUnreadable e) {
                                        return List.of(String.valueOf(e.getMessage()));
                                    }
                                })
                        .orElse(List.of());
        return Value.object().put("faults", Value.ofTexts(faults)).build();
    }
}
