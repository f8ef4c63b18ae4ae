package dev.remit.decision.intent;

/**
 * What the rules say of one call.
 *
 * @param rule that decided
 * @param evidence which value, and what it stands on; empty if none
 */
public record Finding(Rule rule, String evidence) {

    public Rule.Verdict verdict() {
        return rule.verdict();
    }
}
