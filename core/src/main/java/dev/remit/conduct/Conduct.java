package dev.remit.conduct;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What was counted against one subject.
 *
 * @param strikes the last ones, the newest last
 * @param forgivenBy the entry by which a person forgave all before it; -1 if nobody did
 */
public record Conduct(Subject subject, List<Strike> strikes, long forgivenBy) {
    /** How many strikes are remembered of each. */
    public static final int MOST = 100;

    public Conduct {
        strikes = List.copyOf(strikes);
    }

    public static Conduct clean(Subject subject) {
        return new Conduct(subject, List.of(), -1);
    }

    public Conduct struck(Strike strike) {
        List<Strike> more = new ArrayList<>(strikes);
        more.add(strike);
        return new Conduct(
                subject, more.subList(Math.max(0, more.size() - MOST), more.size()), forgivenBy);
    }

    public Conduct forgiven(long entry) {
        return new Conduct(subject, List.of(), entry);
    }

    /**
     * The strikes that count against it: what a person forgave the agent, or the instance, counts
     * no more against anything.
     */
    public List<Strike> counting(Function<Subject, Conduct> others) {
        return strikes.stream()
                .filter(
                        one ->
                                one.subjects()
                                        .allMatch(
                                                who ->
                                                        one.entry()
                                                                > others.apply(who).forgivenBy()))
                .toList();
    }
}
