package dev.remit.cedar;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One policy, or a template for policies if its head has slots.
 *
 * @param line where it begins in its text, counted from 1
 */
public record Policy(
        String id,
        Effect effect,
        Map<String, String> annotations,
        Head head,
        List<Condition> conditions,
        int line) {
    /** What it does where it applies. */
    public enum Effect {
        PERMIT,
        FORBID
    }

    /** To whom, what and which it applies. */
    record Head(Scope principal, Scope action, Scope resource) {
        boolean fits(Request request, Set<Uid> groups, Set<Uid> kinds, Set<Uid> places) {
            return action.fits(request.action(), kinds)
                    && principal.fits(request.principal(), groups)
                    && resource.fits(request.resource(), places);
        }
    }

    /** {@code when} it holds, or {@code unless} it does. */
    record Condition(boolean when, Expr expr) {}

    public Policy {
        annotations = Map.copyOf(annotations);
        conditions = List.copyOf(conditions);
    }

    /** Whether its head has slots, so that it applies to nothing before it is linked. */
    public boolean isTemplate() {
        return head.principal() instanceof Scope.Slot || head.resource() instanceof Scope.Slot;
    }

    /**
     * The policy that a template becomes with entities in its slots (Cedar: a linked policy).
     *
     * @throws IllegalArgumentException if a slot stays empty, or an entity is left over
     */
    public Policy link(String as, Optional<Uid> principal, Optional<Uid> resource) {
        return new Policy(
                as,
                effect,
                annotations,
                new Head(
                        linked("?principal", head.principal(), principal),
                        head.action(),
                        linked("?resource", head.resource(), resource)),
                conditions,
                line);
    }

    private Scope linked(String slot, Scope scope, Optional<Uid> uid) {
        if (scope instanceof Scope.Slot one && uid.isPresent()) {
            return one.filled(uid.get());
        }
        if (scope instanceof Scope.Slot || uid.isPresent()) {
            throw new IllegalArgumentException(
                    "template `" + id + (uid.isPresent() ? "` has no " : "` needs a ") + slot);
        }
        return scope;
    }

    /** Whether it applies to everybody, everything, always. */
    public boolean isBoundless() {
        return conditions.isEmpty()
                && head.principal() instanceof Scope.Any
                && head.action() instanceof Scope.Any
                && head.resource() instanceof Scope.Any;
    }

    /** Whether it applies wherever the other does, as far as their texts show. */
    public boolean covers(Policy other) {
        return conditions.isEmpty()
                && (head.principal() instanceof Scope.Any
                        || head.principal().equals(other.head.principal()))
                && (head.action() instanceof Scope.Any || head.action().equals(other.head.action()))
                && (head.resource() instanceof Scope.Any
                        || head.resource().equals(other.head.resource()));
    }

    /** Whether its head lets it apply to this action, which hangs below these. */
    public boolean fits(Uid action, Set<Uid> above) {
        return head.action().fits(action, above);
    }

    /** What it names. */
    public Mentions mentions() {
        return Mentions.of(this);
    }

    boolean holds(Evaluator evaluator) throws Fault {
        for (Condition one : conditions) {
            if (evaluator.holds(one.expr()) != one.when()) {
                return false;
            }
        }
        return true;
    }
}
