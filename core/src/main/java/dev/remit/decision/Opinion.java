package dev.remit.decision;

import dev.remit.ledger.RuleSaid;
import java.util.List;
import java.util.Optional;

/**
 * What the organisation's rules come to, all of them together.
 *
 * @param said by each rule that has something to say, those that count first
 * @param unpermitted whether something must be permitted by a rule, and is by none
 */
public record Opinion(List<RuleSaid> said, boolean unpermitted) {
    /** Of rules that have nothing to say. */
    public static final Opinion SILENT = new Opinion(List.of(), false);

    public Opinion {
        said = List.copyOf(said);
    }

    /** Why a call that the mandate allows is refused all the same, if it is. */
    public Optional<Refusal> refusal() {
        if (first(RuleSaid.As.FORBADE).isPresent()) {
            return Optional.of(Refusal.RULE_FORBIDS);
        }
        if (first(RuleSaid.As.FAILED).isPresent()) {
            return Optional.of(Refusal.RULE_FAILED);
        }
        if (unpermitted) {
            return Optional.of(Refusal.RULE_MISSING);
        }
        return first(RuleSaid.As.ASKED).map(_ -> Refusal.RULE_ASKS);
    }

    /** Which rule refuses, and its own words. */
    public String detail() {
        return first(RuleSaid.As.FORBADE)
                .or(() -> first(RuleSaid.As.FAILED))
                .or(() -> unpermitted ? Optional.empty() : first(RuleSaid.As.ASKED))
                .map(one -> "It is " + one + (one.sentence().isEmpty() ? "." : ""))
                .orElse("");
    }

    private Optional<RuleSaid> first(RuleSaid.As as) {
        return said.stream().filter(one -> one.as() == as).findFirst();
    }
}
