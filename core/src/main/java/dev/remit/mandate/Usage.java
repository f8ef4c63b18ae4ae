package dev.remit.mandate;

import dev.remit.call.CallId;
import dev.remit.call.Tool;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What has been used of a mandate, as the ledger's decisions add up.
 *
 * @param calls calls allowed under it
 * @param byPermission the same for each permission
 * @param strikes what the calls that overstepped it weigh
 * @param lastAllowedAt when a call was last allowed; at first, when it was given
 * @param recent when the last calls were allowed, the newest last; as many as its rate looks at
 * @param open calls that are under way
 * @param spent of each budget
 * @param history what conditions look back on
 * @param unanswered calls that ended with a question, until it is answered or too old
 * @param asked when its giver was last asked about a call, the newest last
 * @param declined tools that its giver will not be asked about again
 * @param answers where the log has the last answers to its calls, the newest last
 */
public record Usage(
        long calls,
        Map<String, Long> byPermission,
        long strikes,
        Instant lastAllowedAt,
        List<Instant> recent,
        long open,
        Map<String, BigDecimal> spent,
        History history,
        Map<CallId, Unanswered> unanswered,
        List<Instant> asked,
        Set<String> declined,
        List<Answer> answers) {
    /** So many answers are found again after a restart; none is older. */
    public static final int MOST_ANSWERS = 200;

    private static final int MOST_UNANSWERED = 100;
    private static final Duration AN_HOUR = Duration.ofHours(1);

    public Usage {
        byPermission = Map.copyOf(byPermission);
        recent = List.copyOf(recent);
        spent = Map.copyOf(spent);
        unanswered = Map.copyOf(unanswered);
        asked = List.copyOf(asked);
        declined = Set.copyOf(declined);
        answers = List.copyOf(answers);
    }

    /**
     * The places in the log of a call's decision and of its answer.
     *
     * @param decided the entry with its arguments
     * @param ended the entry with what was answered
     */
    public record Answer(long decided, long ended) {}

    public static Usage none(Instant givenAt) {
        return new Usage(
                0,
                Map.of(),
                0,
                givenAt,
                List.of(),
                0,
                Map.of(),
                History.NONE,
                Map.of(),
                List.of(),
                Set.of(),
                List.of());
    }

    public long of(Permission permission) {
        return byPermission.getOrDefault(permission.name(), 0L);
    }

    public BigDecimal of(Budget budget) {
        return spent.getOrDefault(budget.name(), BigDecimal.ZERO);
    }

    public long of(Allotment allotment) {
        return spent.getOrDefault(allotment.name(), BigDecimal.ZERO).longValueExact();
    }

    /** Whether one more may have uses of its own counted. */
    public boolean countsNoMore() {
        return spent.size() >= Allotment.MOST;
    }

    /** With the uses of this one counted, from none. */
    public Usage counting(Allotment allotment) {
        Map<String, BigDecimal> more = new HashMap<>(spent);
        more.putIfAbsent(allotment.name(), BigDecimal.ZERO);
        return changed(
                now -> {
                    now.spent = more;
                });
    }

    /**
     * With one more call under way.
     *
     * @param labels what its tool is labelled with
     * @param rate how many of the last calls are remembered, if any
     */
    public Usage allowed(OpenCall call, Set<String> labels, Optional<Rate> rate, Instant at) {
        if (!call.first()) {
            return changed(
                    now -> {
                        now.lastAllowedAt = later(at);
                        now.open = open + 1;
                    });
        }
        Map<String, Long> uses = new HashMap<>(byPermission);
        uses.merge(call.permission(), 1L, Long::sum);
        Map<String, BigDecimal> more = new HashMap<>(spent);
        call.spent().forEach((budget, amount) -> more.merge(budget, amount, BigDecimal::add));
        return changed(
                now -> {
                    now.calls = calls + 1;
                    now.byPermission = uses;
                    now.lastAllowedAt = later(at);
                    now.recent = rate.map(one -> last(one.calls(), at)).orElse(List.of());
                    now.open = open + 1;
                    now.spent = more;
                    now.history = history.making(call.tool(), labels);
                });
    }

    /** With one call less under way. It counts as spent, however it ended. */
    public Usage ended() {
        return with(open - 1, history);
    }

    /** With one call less under way, which did what it was to do. */
    public Usage succeeded(OpenCall call) {
        return with(open - 1, history.succeeding(call.tool()));
    }

    /**
     * With one call less under way, which provably had no effect: what it spent is there again. The
     * rate is not given back; it protects from more than effects.
     */
    public Usage refunded(OpenCall call) {
        if (!call.first()) {
            return ended();
        }
        Map<String, Long> uses = new HashMap<>(byPermission);
        uses.merge(call.permission(), -1L, Long::sum);
        Map<String, BigDecimal> less = new HashMap<>(spent);
        call.spent()
                .forEach((budget, amount) -> less.merge(budget, amount.negate(), BigDecimal::add));
        return changed(
                now -> {
                    now.calls = calls - 1;
                    now.byPermission = uses;
                    now.open = open - 1;
                    now.spent = less;
                    now.history = history.without(call.tool());
                });
    }

    /** With strikes of this weight more; less, if they are forgiven. */
    public Usage struck(long weight) {
        return changed(
                now -> {
                    now.strikes = Math.max(0, strikes + weight);
                });
    }

    /** The question that this call ended with, if nobody has answered it. */
    public Optional<Unanswered> unanswered(CallId call) {
        return Optional.ofNullable(unanswered.get(call));
    }

    /** With a question that may be answered once; those that are too old are forgotten. */
    public Usage asked(CallId call, Unanswered question) {
        Map<CallId, Unanswered> waiting = new HashMap<>();
        unanswered.forEach(
                (other, one) -> {
                    if (one.isOpen(question.since())) {
                        waiting.put(other, one);
                    }
                });
        if (waiting.size() >= MOST_UNANSWERED) {
            waiting.entrySet().stream()
                    .min(
                            Map.Entry.<CallId, Unanswered>comparingByValue(
                                            Comparator.comparing(Unanswered::since))
                                    .thenComparing(one -> one.getKey().text()))
                    .map(Map.Entry::getKey)
                    .ifPresent(waiting::remove);
        }
        waiting.put(call, question);
        return with(waiting);
    }

    /** With this question answered: a further round, which spends nothing. */
    public Usage answered(CallId call) {
        Map<CallId, Unanswered> waiting = new HashMap<>(unanswered);
        waiting.remove(call);
        return with(waiting);
    }

    /** With one more answer, which came in this entry of the log. */
    public Usage answering(OpenCall call, long ended) {
        List<Answer> more = new ArrayList<>(answers);
        more.add(new Answer(call.index(), ended));
        return changed(
                now ->
                        now.answers =
                                more.subList(Math.max(0, more.size() - MOST_ANSWERS), more.size()));
    }

    /** When the giver may be asked again; empty if now. */
    public Optional<Instant> nextQuestion(Limits limits, Instant now) {
        return limits.asks() == 0
                ? Optional.of(limits.expiresAt())
                : new Rate(limits.asks(), AN_HOUR).next(asked, now);
    }

    /** With one more question to its giver. */
    public Usage asking(Instant at) {
        List<Instant> last = new ArrayList<>(asked);
        last.add(at);
        return with(
                last.subList(Math.max(0, last.size() - Limits.MOST_ASKS), last.size()), declined);
    }

    /** With one tool more that its giver will not be asked about. */
    public Usage declining(Tool tool) {
        Set<String> more = new HashSet<>(declined);
        more.add(tool.toString());
        return with(asked, more);
    }

    private Usage with(List<Instant> nowAsked, Set<String> nowDeclined) {
        return changed(
                now -> {
                    now.asked = nowAsked;
                    now.declined = nowDeclined;
                });
    }

    private Usage with(long stillOpen, History changed) {
        return changed(
                now -> {
                    now.open = stillOpen;
                    now.history = changed;
                });
    }

    private Usage with(Map<CallId, Unanswered> waiting) {
        return changed(
                now -> {
                    now.unanswered = waiting;
                });
    }

    /** The same but for what is changed. */
    private Usage changed(Consumer<Draft> change) {
        Draft now = new Draft(this);
        change.accept(now);
        return new Usage(
                now.calls,
                now.byPermission,
                now.strikes,
                now.lastAllowedAt,
                now.recent,
                now.open,
                now.spent,
                now.history,
                now.unanswered,
                now.asked,
                now.declined,
                now.answers);
    }

    /** What is being changed of it. */
    private static final class Draft {
        private long calls;
        private Map<String, Long> byPermission;
        private long strikes;
        private Instant lastAllowedAt;
        private List<Instant> recent;
        private long open;
        private Map<String, BigDecimal> spent;
        private History history;
        private Map<CallId, Unanswered> unanswered;
        private List<Instant> asked;
        private Set<String> declined;
        private List<Answer> answers;

        private Draft(Usage from) {
            calls = from.calls;
            byPermission = from.byPermission;
            strikes = from.strikes;
            lastAllowedAt = from.lastAllowedAt;
            recent = from.recent;
            open = from.open;
            spent = from.spent;
            history = from.history;
            unanswered = from.unanswered;
            asked = from.asked;
            declined = from.declined;
            answers = from.answers;
        }
    }

    private List<Instant> last(int most, Instant at) {
        List<Instant> last = new ArrayList<>(recent);
        last.add(at);
        return last.subList(Math.max(0, last.size() - most), last.size());
    }

    private Instant later(Instant at) {
        return at.isAfter(lastAllowedAt) ? at : lastAllowedAt;
    }
}
