package dev.remit.rules;

import dev.remit.cedar.Answer;
import dev.remit.cedar.Policies;
import dev.remit.cedar.Policy;
import dev.remit.decision.Circumstances;
import dev.remit.decision.Draw;
import dev.remit.decision.Opinion;
import dev.remit.decision.Rules;
import dev.remit.identity.Agent;
import dev.remit.ledger.RuleSaid;
import dev.remit.ledger.RuleSaid.As;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The rules of a folder, read and indexed. It does not change. */
public final class RuleSet implements Rules {
    /** More are not written down of one call; those that count come first. */
    private static final int MOST_SAID = 32;

    private final List<Rule> rules;
    private final Map<String, Rule> byId = new HashMap<>();
    private final RuleFolder.Fallback fallback;
    private final Policies enforced;
    private final Policies asking;
    private final Policies watched;
    private final Policies ceilings;
    private final Policies drawing;

    RuleSet(List<Rule> rules, RuleFolder.Fallback fallback) {
        this.rules = List.copyOf(rules);
        this.fallback = fallback;
        rules.forEach(one -> byId.put(one.id(), one));
        enforced = those(one -> one.mode() == Rule.Mode.ENFORCE && !one.asks() && one.draws() == 0);
        asking = those(one -> one.mode() == Rule.Mode.ENFORCE && one.asks());
        watched = those(one -> one.mode() != Rule.Mode.ENFORCE);
        ceilings = those(Rule::holdsAtGiving);
        drawing = those(one -> one.draws() > 0);
    }

    private Policies those(Predicate<Rule> which) {
        List<Policy> some = rules.stream().filter(which).map(Rule::policy).toList();
        return Policies.none().and(some);
    }

    /** All of them, in the order of their files. */
    public List<Rule> all() {
        return rules;
    }

    public RuleFolder.Fallback fallback() {
        return fallback;
    }

    @Override
    public Opinion of(Circumstances call) {
        if (rules.isEmpty() && fallback == RuleFolder.Fallback.PERMIT) {
            return Opinion.SILENT;
        }
        Said said = new Said();
        for (Agent agent : call.agents()) {
            said.hear(agent, call);
        }
        return said.opinion();
    }

    @Override
    public Optional<Draw> draw(Circumstances call, Map<String, Long> used) {
        if (drawing.all().isEmpty()) {
            return Optional.empty();
        }
        Set<String> willing = new TreeSet<>(byId.keySet());
        for (Agent agent : call.agents()) {
            willing.retainAll(willing(agent, call));
        }
        return willing.stream()
                .map(byId::get)
                .map(rule -> new Draw(rule.id(), rule.draws(), rule.say()))
                .filter(draw -> used.getOrDefault(draw.name(), 0L) < draw.most())
                .findFirst();
    }

    /** Those that say yes to what this agent does; none if one of them cannot be judged. */
    private List<String> willing(Agent agent, Circumstances call) {
        try {
            Facts facts = Facts.of(agent, call);
            Answer answer = drawing.decide(facts.request(), facts.entities());
            return answer.errors().isEmpty() ? answer.policies() : List.of();
        } catch (IllegalArgumentException unfit) {
            return List.of();
        }
    }

    @Override
    public Opinion ofGiving(Circumstances giving) {
        if (ceilings.all().isEmpty()) {
            return Opinion.SILENT;
        }
        Said said = new Said();
        for (Agent agent : giving.agents()) {
            said.hearCeilings(agent, giving);
        }
        return said.opinion();
    }

    /** What all rules say of all agents, gathered. */
    private final class Said {
        private final Map<String, RuleSaid> all = new LinkedHashMap<>();
        private boolean unpermitted;

        void hear(Agent agent, Circumstances call) {
            try {
                Facts facts = Facts.of(agent, call);
                Answer answer = enforced.decide(facts.request(), facts.entities());
                answer.policies()
                        .forEach(id -> add(id, answer.allowed() ? As.PERMITTED : As.FORBADE));
                answer.errors().forEach(one -> failed(one, As.FAILED));
                unpermitted |= !answer.allowed() && fallback == RuleFolder.Fallback.FORBID;
                hear(asking, facts, As.ASKED, As.FAILED);
                hear(watched, facts, As.OBSERVED, As.OBSERVED);
            } catch (IllegalArgumentException unfit) {
                add(new RuleSaid("remit.input", As.FAILED, unfit(unfit)));
            }
        }

        void hearCeilings(Agent agent, Circumstances giving) {
            try {
                hear(ceilings, Facts.of(agent, giving), As.FORBADE, As.FAILED);
            } catch (IllegalArgumentException unfit) {
                add(new RuleSaid("remit.input", As.FAILED, unfit(unfit)));
            }
        }

        private void hear(Policies some, Facts facts, As as, As ifFailed) {
            if (!some.all().isEmpty()) {
                Answer answer = some.decide(facts.request(), facts.entities());
                answer.policies().forEach(id -> add(id, as));
                answer.errors().forEach(one -> failed(one, ifFailed));
            }
        }

        private void add(String id, As as) {
            Rule rule = Objects.requireNonNull(byId.get(id));
            add(new RuleSaid(id, watchedAs(rule, as), rule.say()));
        }

        private void failed(Answer.Failure failure, As as) {
            Rule rule = Objects.requireNonNull(byId.get(failure.policy()));
            add(
                    new RuleSaid(
                            rule.id(),
                            watchedAs(rule, as),
                            "It cannot be judged: " + failure.sentence() + "."));
        }

        private static As watchedAs(Rule rule, As as) {
            return rule.mode() == Rule.Mode.WARN ? As.WARNED : as;
        }

        private static String unfit(IllegalArgumentException why) {
            return "The call cannot be put to the rules: " + why.getMessage() + ".";
        }

        private void add(RuleSaid one) {
            all.merge(one.rule(), one, (a, b) -> ORDER.compare(a, b) <= 0 ? a : b);
        }

        Opinion opinion() {
            List<RuleSaid> sorted = new ArrayList<>(all.values());
            sorted.sort(ORDER.thenComparing(RuleSaid::rule));
            return new Opinion(sorted.subList(0, Math.min(sorted.size(), MOST_SAID)), unpermitted);
        }
    }

    private static final Comparator<RuleSaid> ORDER =
            Comparator.comparingInt(one -> weight(one.as()));

    private static int weight(As as) {
        return switch (as) {
            case FORBADE -> 0;
            case FAILED -> 1;
            case ASKED -> 2;
            case PERMITTED, DREW -> 3;
            case WARNED -> 4;
            case OBSERVED -> 5;
        };
    }
}
