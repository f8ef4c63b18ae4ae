package dev.remit.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Steps of a delegation, the first one first; as text, with {@code ~} between them. Read, but not
 * yet trusted.
 */
public record DelegationChain(List<DelegationStep.Signed> steps) {
    /** How a token request names it (RFC 8693, section 3). */
    public static final String TYPE = "urn:remit:token-type:delegation-chain";

    private static final String BETWEEN = "~";

    public DelegationChain {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > Lineage.DEPTH) {
            throw new IllegalArgumentException("a chain has 1 to " + Lineage.DEPTH + " steps");
        }
    }

    /** Reads a chain; empty if it is not strictly one. */
    public static Optional<DelegationChain> read(String text) {
        List<DelegationStep.Signed> read = new ArrayList<>();
        for (String one : text.split(BETWEEN, Lineage.DEPTH + 1)) {
            Optional<DelegationStep.Signed> step = DelegationStep.read(one);
            if (step.isEmpty()) {
                return Optional.empty();
            }
            read.add(step.get());
        }
        return read.size() > Lineage.DEPTH
                ? Optional.empty()
                : Optional.of(new DelegationChain(read));
    }

    /** The step that the last child got. */
    public DelegationStep.Signed last() {
        return steps.getLast();
    }

    public String text() {
        return steps.stream()
                .map(DelegationStep.Signed::compact)
                .collect(Collectors.joining(BETWEEN));
    }

    /** The chain with one more step. */
    public DelegationChain then(String compact) {
        return new DelegationChain(
                Stream.concat(steps.stream(), DelegationStep.read(compact).stream()).toList());
    }
}
