package dev.remit.decision.intent;

import java.util.Map;
import java.util.Optional;

/**
 * How much the rules of intent count, as the operator decided. What is said of an upstream goes
 * before what is said of all, and what is said of a rule before what is said of all of them.
 *
 * @param all what is said of every upstream
 * @param upstreams what is said of one, by name
 */
public record Modes(OfUpstream all, Map<String, OfUpstream> upstreams) {
    /** Every rule counts everywhere. */
    public static final Modes USUAL = new Modes(OfUpstream.NOTHING, Map.of());

    public Modes {
        upstreams = Map.copyOf(upstreams);
    }

    /** What is said of one upstream, or of all. */
    public record OfUpstream(Optional<Mode> usual, Map<Rule, Mode> rules) {
        public static final OfUpstream NOTHING = new OfUpstream(Optional.empty(), Map.of());

        public OfUpstream {
            rules = Map.copyOf(rules);
        }

        private Optional<Mode> of(Rule rule) {
            return Optional.ofNullable(rules.get(rule)).or(() -> usual);
        }
    }

    /** The same mode everywhere. */
    public static Modes of(Mode mode) {
        return new Modes(new OfUpstream(Optional.of(mode), Map.of()), Map.of());
    }

    Mode of(String upstream, Rule rule) {
        return upstreams
                .getOrDefault(upstream, OfUpstream.NOTHING)
                .of(rule)
                .or(() -> all.of(rule))
                .orElse(Mode.ENFORCE);
    }
}
