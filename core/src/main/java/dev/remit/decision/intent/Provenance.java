package dev.remit.decision.intent;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to hold one call against: what its tool does, what was asked for and seen under its
 * mandate so far, and how much each rule counts there.
 */
public final class Provenance {
    private static final int MOST_ORIGINS = 20;
    private static final Set<ArgumentRole> OF_CONSEQUENCE =
            EnumSet.of(
                    ArgumentRole.DESTINATION,
                    ArgumentRole.AMOUNT,
                    ArgumentRole.TARGET,
                    ArgumentRole.SECRET);

    private final ToolReading tool;
    private final Memory memory; // guarded by itself
    private final Modes modes;
    private final String upstream;

    public Provenance(ToolReading tool, Memory memory, Modes modes, String upstream) {
        this.tool = tool;
        this.memory = memory;
        this.modes = modes;
        this.upstream = upstream;
    }

    /**
     * What is made of a call.
     *
     * @param mode how much the rule that decided counts
     * @param origins of its values of consequence; none if it only reads
     */
    public record Judged(Finding finding, Mode mode, List<Origin> origins) {
        public Judged {
            origins = List.copyOf(origins);
        }

        /** What is to be done with it. */
        public Rule.Verdict verdict() {
            return mode == Mode.ENFORCE ? finding.verdict() : Rule.Verdict.ALLOW;
        }
    }

    /**
     * Judges a call of the tool.
     *
     * @param look what was made of it at a second look, if there was one
     */
    public Judged judge(Value.Fields arguments, ExpressLeave leave, Optional<SecondLook> look) {
        Judged judged = judge(arguments, leave);
        return look.map(one -> after(judged, one)).orElse(judged);
    }

    /** A second look holds back what the rules let through; of the rest it only explains. */
    private Judged after(Judged judged, SecondLook look) {
        if (judged.verdict() != Rule.Verdict.ALLOW) {
            String both = judged.finding().evidence() + "; a model says: " + look.why();
            return new Judged(
                    new Finding(judged.finding().rule(), both), judged.mode(), judged.origins());
        }
        if (look.fits()) {
            return judged;
        }
        Finding finding = new Finding(Rule.SECOND_LOOK, "it says: " + look.why());
        return new Judged(finding, mode(finding), judged.origins());
    }

    private Judged judge(Value.Fields arguments, ExpressLeave leave) {
        synchronized (memory) {
            Finding first = Intent.judge(tool, arguments, memory, leave, Set.of());
            Finding finding = first;
            if (mode(first) != Mode.ENFORCE) {
                Finding next = Intent.judge(tool, arguments, memory, leave, notEnforced());
                finding = next.verdict() == Rule.Verdict.ALLOW ? first : next;
            }
            return new Judged(
                    finding, mode(finding), tool.reads() ? List.of() : origins(arguments, leave));
        }
    }

    private Mode mode(Finding finding) {
        return finding.verdict() == Rule.Verdict.ALLOW
                ? Mode.ENFORCE
                : modes.of(upstream, finding.rule());
    }

    private Set<Rule> notEnforced() {
        Set<Rule> off = EnumSet.noneOf(Rule.class);
        for (Rule rule : Rule.values()) {
            boolean bounds = rule == Rule.TOO_MUCH; // nothing goes on beyond it
            if (!bounds && modes.of(upstream, rule) != Mode.ENFORCE) {
                off.add(rule);
            }
        }
        return off;
    }

    private List<Origin> origins(Value.Fields arguments, ExpressLeave leave) {
        List<Origin> origins = new ArrayList<>();
        for (Map.Entry<String, Value> one : arguments.values().entrySet()) {
            if (!OF_CONSEQUENCE.contains(tool.role(one.getKey()))) {
                continue;
            }
            List<String> values = new ArrayList<>();
            Memory.texts(one.getValue(), values);
            for (String value : values) {
                if (origins.size() == MOST_ORIGINS) {
                    return origins;
                }
                origins.add(origin(one.getKey(), value, leave));
            }
        }
        return origins;
    }

    private Origin origin(String argument, String value, ExpressLeave leave) {
        if (leave.gives(argument)) {
            return new Origin(argument, Intent.shown(value), "a permission lists it", "");
        }
        Ground ground = Ground.of(value, tool, memory);
        return new Origin(
                argument,
                Intent.shown(value),
                ground.toString(),
                ground.leaf().map(leaf -> leaf.output().call()).orElse(""));
    }
}
