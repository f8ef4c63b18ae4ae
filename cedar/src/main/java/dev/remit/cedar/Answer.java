package dev.remit.cedar;

import java.util.List;

/**
 * What the policies say of a request. Cedar leaves a policy out that could not be evaluated, even
 * one that forbids; so whoever wants to be safe allows only if there are no {@code errors}.
 *
 * @param allowed whether a policy permits and none forbids
 * @param policies those that decided: all that forbid if any does, else all that permit
 * @param errors those that could not be evaluated
 */
public record Answer(boolean allowed, List<String> policies, List<Failure> errors) {
    public Answer {
        policies = List.copyOf(policies);
        errors = List.copyOf(errors);
    }

    /** A policy that could not be evaluated, and why; the sentence holds no values. */
    public record Failure(String policy, String sentence) {}
}
