package dev.remit.gate.replay;

import dev.remit.call.Arguments;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.decision.Circumstances;
import dev.remit.decision.Opinion;
import dev.remit.decision.Refusal;
import dev.remit.decision.Rules;
import dev.remit.identity.Account;
import dev.remit.identity.Actor;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.LogReader;
import dev.remit.ledger.RuleSaid;
import dev.remit.mandate.Mandate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What other rules would have made of the calls on record. What each mandate said of a call stays
 * as it was; only the rules are asked anew, about everything as it stood then.
 */
public final class Replay {
    private static final Set<String> BY_RULE =
            Set.of(
                    Refusal.RULE_FORBIDS.code(),
                    Refusal.RULE_FAILED.code(),
                    Refusal.RULE_MISSING.code(),
                    Refusal.RULE_ASKS.code());

    private final Rules rules;
    private final Map<AgentId, Agent> agents = new HashMap<>();
    private final Map<PersonId, Account> people = new HashMap<>();
    private final Map<Tool, Pin> pins = new HashMap<>();
    private final Map<MandateId, Mandate> mandates = new HashMap<>();
    private final Map<MandateId, Long> calls = new HashMap<>();
    private final List<Changed> changed = new ArrayList<>();
    private final int most;
    private long judged;
    private long differing;
    private boolean whole = true;

    /** What a call came to. */
    public enum Outcome {
        ALLOWED,
        ASKED,
        REFUSED
    }

    /** What the mandate alone says of a call. */
    private enum Word {
        ALLOWS,
        /** Because a person said yes to it. */
        ALLOWS_BY_YES,
        ASKS,
        REFUSES
    }

    /**
     * A call that would come to something else.
     *
     * @param rules that make the difference
     */
    public record Changed(
            Event.Decided call, Instant at, Outcome was, Outcome now, List<String> rules) {}

    /**
     * What would have been different.
     *
     * @param judged how many calls were looked at
     * @param differing how many of them would come to something else
     * @param changed the first of these
     * @param whole whether all were looked at that were to be
     */
    public record Difference(long judged, long differing, List<Changed> changed, boolean whole) {
        public Difference {
            changed = List.copyOf(changed);
        }
    }

    private Replay(Rules rules, int most) {
        this.rules = rules;
        this.most = most;
    }

    /** All calls since a moment, with all that would come to something else. */
    public static Difference of(LogReader log, Rules rules, Instant since) {
        return of(log, rules, since, Integer.MAX_VALUE, () -> true);
    }

    /**
     * The same, within bounds.
     *
     * @param most how many of those that would come to something else are kept
     * @param goesOn asked again and again; when it says no, the rest is left out
     */
    public static Difference of(
            LogReader log, Rules rules, Instant since, int most, BooleanSupplier goesOn) {
        Replay replay = new Replay(rules, most);
        log.read(
                0,
                entry -> {
                    if (!goesOn.getAsBoolean()) {
                        replay.whole = false;
                        return false;
                    }
                    if (entry.event() instanceof Event.Decided decided) {
                        if (!entry.at().isBefore(since)) {
                            replay.judge(decided, entry.at());
                        }
                        replay.count(decided);
                    } else {
                        replay.learn(entry);
                    }
                    return true;
                });
        return new Difference(replay.judged, replay.differing, replay.changed, replay.whole);
    }

    private void learn(Entry entry) {
        Event event = entry.event();
        if (event instanceof Event.AgentAdded added) {
            agents.put(added.agent().id(), added.agent());
        } else if (event instanceof Event.AgentIntroduced introduced) {
            agents.put(introduced.agent().id(), introduced.agent().broughtBy(introduced.issuer()));
        } else if (event instanceof Event.AgentTagged tagged) {
            agents.computeIfPresent(
                    tagged.agent(), (_, agent) -> agent.tagged(tagged.set(), tagged.gone()));
        } else if (event instanceof Event.PersonAdded added) {
            people.put(
                    added.person().id(),
                    Account.of(added.person(), added.roles(), added.external(), entry.at()));
        } else if (event instanceof Event.RolesChanged roles) {
            people.computeIfPresent(roles.person(), (_, one) -> one.with(roles.roles()));
        } else if (event instanceof Event.ToolPinned pinned) {
            pins.put(pinned.pin().tool(), pinned.pin());
        } else if (event instanceof Event.MandateGiven given) {
            mandates.put(given.mandate().id(), given.mandate());
        } else if (event instanceof Event.MandateChanged widened) {
            mandates.put(widened.mandate().id(), widened.mandate());
        } else if (event instanceof Event.QuestionAnswered answered) {
            answered.widened().ifPresent(one -> mandates.put(one.id(), one));
        }
    }

    private void count(Event.Decided decided) {
        boolean counts =
                decided.ruling() instanceof Event.Ruling.Allowed
                        || decided.ruling() instanceof Event.Ruling.Approved
                        || decided.ruling() instanceof Event.Ruling.Drawn;
        if (counts) {
            decided.mandate().ifPresent(under -> calls.merge(under.mandate(), 1L, Long::sum));
        }
    }

    private void judge(Event.Decided decided, Instant at) {
        judged++;
        Optional<Mandate> mandate = decided.mandate().map(Event.Under::mandate).map(mandates::get);
        List<Agent> acting = acting(decided);
        Word word = word(decided);
        if (word == Word.REFUSES || mandate.isEmpty() || acting.isEmpty()) {
            return;
        }
        Opinion opinion =
                rules.of(
                        new Circumstances(
                                acting,
                                mandate.get(),
                                Optional.ofNullable(people.get(mandate.get().giver().id())),
                                decided.tool(),
                                Optional.ofNullable(pins.get(decided.tool())),
                                Optional.of(
                                        new Circumstances.OfCall(
                                                new Arguments(decided.arguments()),
                                                decided.binding(),
                                                calls.getOrDefault(mandate.get().id(), 0L))),
                                at));
        boolean askable = mandate.get().limits().asks() > 0 && decided.behind().isEmpty();
        Outcome was = was(decided.ruling());
        Outcome now = now(word, opinion.refusal(), askable);
        if (was != now) {
            List<RuleSaid> because = now == Outcome.ALLOWED ? decided.rules() : opinion.said();
            differing++;
            if (changed.size() < most) {
                changed.add(new Changed(decided, at, was, now, counting(because)));
            }
        }
    }

    private List<Agent> acting(Event.Decided decided) {
        List<Agent> acting = new ArrayList<>();
        Optional.ofNullable(agents.get(decided.agent())).ifPresent(acting::add);
        for (Actor one : decided.behind()) {
            Optional.ofNullable(agents.get(one.agent())).ifPresent(acting::add);
        }
        return acting;
    }

    private static Word word(Event.Decided decided) {
        return switch (decided.ruling()) {
            case Event.Ruling.Allowed _, Event.Ruling.Continued _ -> Word.ALLOWS;
            case Event.Ruling.Approved _ -> Word.ALLOWS_BY_YES;
            case Event.Ruling.Drawn _ -> Word.ASKS;
            case Event.Ruling.Asked asked ->
                    asked.refusal().equals(Refusal.RULE_ASKS.code()) ? Word.ALLOWS : Word.ASKS;
            case Event.Ruling.Refused refused when BY_RULE.contains(refused.refusal()) ->
                    Word.ALLOWS;
            case Event.Ruling.Refused _ ->
                    decided.rules().stream().anyMatch(one -> one.as() == RuleSaid.As.FORBADE)
                            ? Word.ASKS
                            : Word.REFUSES;
        };
    }

    private static Outcome was(Event.Ruling ruling) {
        return switch (ruling) {
            case Event.Ruling.Allowed _,
                    Event.Ruling.Continued _,
                    Event.Ruling.Approved _,
                    Event.Ruling.Drawn _ ->
                    Outcome.ALLOWED;
            case Event.Ruling.Asked _ -> Outcome.ASKED;
            case Event.Ruling.Refused _ -> Outcome.REFUSED;
        };
    }

    private static Outcome now(Word word, Optional<Refusal> refusal, boolean askable) {
        boolean asks = refusal.equals(Optional.of(Refusal.RULE_ASKS));
        if (refusal.isPresent() && !asks) {
            return Outcome.REFUSED;
        }
        return switch (word) {
            case ALLOWS -> asks ? (askable ? Outcome.ASKED : Outcome.REFUSED) : Outcome.ALLOWED;
            case ALLOWS_BY_YES -> Outcome.ALLOWED;
            case ASKS -> Outcome.ASKED;
            case REFUSES -> Outcome.REFUSED;
        };
    }

    /** The rules that refuse or ask. */
    private static List<String> counting(List<RuleSaid> said) {
        return said.stream()
                .filter(
                        one ->
                                one.as() == RuleSaid.As.FORBADE
                                        || one.as() == RuleSaid.As.FAILED
                                        || one.as() == RuleSaid.As.ASKED)
                .map(RuleSaid::rule)
                .toList();
    }
}
