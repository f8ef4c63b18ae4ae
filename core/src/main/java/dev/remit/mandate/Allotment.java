package dev.remit.mandate;

import dev.remit.identity.Instance;
import dev.remit.identity.InstanceId;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many calls an instance may make in all that has its authority by another's signature; those
 * of its own children are its own too.
 */
public record Allotment(InstanceId holder, long uses) {
    /** How many of them are counted under one mandate. */
    public static final int MOST = 1_000;

    /** Those of these instances. */
    public static List<Allotment> of(Stream<Instance> instances) {
        return instances
                .flatMap(
                        one ->
                                one.from().stream()
                                        .filter(from -> from.uses().isPresent())
                                        .map(
                                                from ->
                                                        new Allotment(
                                                                one.id(), from.uses().getAsLong())))
                .toList();
    }

    /** What its uses are counted under, among the sums of the mandate's budgets. */
    public String name() {
        return holder.text();
    }
}
