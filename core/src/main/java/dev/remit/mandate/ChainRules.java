package dev.remit.mandate;

import dev.remit.identity.DelegationStep;
import dev.remit.identity.Jwk;
import dev.remit.identity.Jws;
import dev.remit.identity.MandateId;
import dev.remit.identity.Proofs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;

/**
 * What makes a chain of delegations one: each step is signed by the key that the one before it
 * names, follows it, and passes on no more than it had. Pure; doubt is no.
 */
public final class ChainRules {
    private static final int LONGEST_SHARE = 3_500; // so that a token can carry it

    private final String audience;
    private final BiPredicate<Jws, Jwk> made;

    /**
     * @param audience the gateway's own name
     */
    public ChainRules(String audience) {
        this(audience, Jws::isSignedBy);
    }

    ChainRules(String audience, BiPredicate<Jws, Jwk> made) {
        this.audience = audience;
        this.made = made;
    }

    /** Who the first step must be by. */
    public record Root(String name, Jwk key) {}

    /**
     * What is wrong with the steps, if anything is; what the mandate says is not looked at.
     *
     * @param root the instance that signed the first
     */
    public Optional<ChainFault> fault(List<DelegationStep.Signed> steps, Root root, Instant now) {
        Optional<DelegationStep.Signed> before = Optional.empty();
        for (DelegationStep.Signed one : steps) {
            Optional<ChainFault> fault = fault(one, before, root, now);
            if (fault.isPresent()) {
                return fault;
            }
            before = Optional.of(one);
        }
        return before.isEmpty() ? Optional.of(ChainFault.UNREADABLE) : Optional.empty();
    }

    private Optional<ChainFault> fault(
            DelegationStep.Signed signed,
            Optional<DelegationStep.Signed> before,
            Root root,
            Instant now) {
        DelegationStep step = signed.step();
        Optional<DelegationStep> parent = before.map(DelegationStep.Signed::step);
        Jwk key = parent.map(DelegationStep::key).orElse(root.key());
        String name = parent.map(one -> one.key().thumbprint().base64Url()).orElse(root.name());
        if (!step.audience().equals(audience)) {
            return Optional.of(ChainFault.AUDIENCE);
        }
        if (!step.issuer().equals(name) || !made.test(signed.jws(), key)) {
            return Optional.of(ChainFault.SIGNATURE);
        }
        if (!step.parent().equals(before.map(DelegationStep.Signed::digest))) {
            return Optional.of(ChainFault.PARENT);
        }
        MandateId mandate = parent.map(DelegationStep::mandate).orElse(step.mandate());
        if (!step.mandate().equals(mandate)) {
            return Optional.of(ChainFault.MANDATE);
        }
        if (!isTimely(step, now)
                || parent.filter(one -> step.expiresAt().isAfter(one.expiresAt())).isPresent()) {
            return Optional.of(ChainFault.TIME);
        }
        int most = parent.map(one -> one.depth() - 1).orElse(DelegationStep.MOST_DEPTH);
        if (step.depth() < 0 || step.depth() > most) {
            return Optional.of(ChainFault.DEPTH);
        }
        if (!isFewEnough(step.uses(), parent.map(DelegationStep::uses))) {
            return Optional.of(ChainFault.USES);
        }
        Optional<Share> share = share(step);
        if (share.isEmpty()) {
            return Optional.of(ChainFault.SHARE);
        }
        return parent.flatMap(ChainRules::share).stream().allMatch(share.get()::isWithin)
                ? Optional.empty()
                : Optional.of(ChainFault.WIDER);
    }

    private static boolean isTimely(DelegationStep step, Instant now) {
        return now.isBefore(step.expiresAt())
                && !step.issuedAt().isAfter(now.plusSeconds(Proofs.WINDOW_SECONDS))
                && !step.expiresAt().isAfter(step.issuedAt().plus(DelegationStep.LONGEST));
    }

    private static boolean isFewEnough(OptionalLong uses, Optional<OptionalLong> parents) {
        if (uses.isPresent() && uses.getAsLong() < 1) {
            return false;
        }
        OptionalLong most = parents.orElse(OptionalLong.empty());
        return most.isEmpty() || (uses.isPresent() && uses.getAsLong() <= most.getAsLong());
    }

    /** What a step passes on; empty if that is not plainly said. */
    public static Optional<Share> share(DelegationStep step) {
        try {
            return Optional.of(step.share())
                    .filter(one -> one.json().length() <= LONGEST_SHARE)
                    .map(Share::read)
                    .filter(Share::isPlain);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
