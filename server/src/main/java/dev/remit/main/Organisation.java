package dev.remit.main;

import dev.remit.call.ToolBook;
import dev.remit.decision.Rules;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.PersonBook;
import dev.remit.ledger.Ledger;
import dev.remit.registry.ActRefused;
import dev.remit.registry.RuledCeiling;
import dev.remit.rules.Known;
import dev.remit.rules.RuleActs;
import dev.remit.rules.RuleFolder;
import dev.remit.rules.RuleWatch;
import dev.remit.rules.RulesUnreadable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The organisation's rules, if there are any, until it is closed. */
final class Organisation implements AutoCloseable {
    private static final String PASTED = "what was pasted";
    private static final Duration PAUSE = Duration.ofMillis(400);

    private final Optional<RuleWatch> watch;

    Organisation(Config config) {
        try {
            watch = config.rules().map(folder -> new RuleWatch(folder, PAUSE));
        } catch (RulesUnreadable e) {
            throw new ConfigRefused(String.valueOf(e.getMessage()));
        }
    }

    /** Writes down the rules that are in force from now on, and each that comes after them. */
    void start(Ledger ledger, InstantSource clock) {
        watch.ifPresent(one -> one.start(rules -> ledger.append(rules, clock.instant())));
    }

    /** Why new rules are not taken; empty if they are. */
    String trouble() {
        return watch.map(RuleWatch::trouble).orElse("");
    }

    RuleActs acts(AgentBook agents, ToolBook tools, List<String> upstreams) {
        return new RuleActs(
                watch,
                () ->
                        Known.of(
                                upstreams,
                                tools::pins,
                                id -> agents.agent(new AgentId(id)).isPresent()));
    }

    Supplier<Rules> rules() {
        Rules none = Rules.none();
        return watch.<Supplier<Rules>>map(one -> one).orElse(() -> none);
    }

    /**
     * Rules that somebody would like to try; nothing is taken over.
     *
     * @param beside whether they would stand beside the folder's, and not in their place
     * @throws ActRefused if they cannot be read; says where
     */
    Rules candidate(String text, boolean beside) {
        try {
            return beside && watch.isPresent()
                    ? watch.get().folder().with(PASTED, text)
                    : RuleFolder.ofText(PASTED, text, fallback());
        } catch (RulesUnreadable e) {
            throw new ActRefused(String.valueOf(e.getMessage()));
        }
    }

    private RuleFolder.Fallback fallback() {
        return watch.map(one -> one.folder().fallback()).orElse(RuleFolder.Fallback.PERMIT);
    }

    RuledCeiling ceiling(
            AgentBook agents, PersonBook people, ToolBook tools, List<String> upstreams) {
        return new RuledCeiling(rules(), agents, people, tools, upstreams);
    }

    @Override
    public void close() {
        watch.ifPresent(RuleWatch::close);
    }
}
