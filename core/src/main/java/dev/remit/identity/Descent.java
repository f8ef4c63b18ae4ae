package dev.remit.identity;

import dev.remit.call.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What an instance hangs from that was enrolled by its parent's signature: it has no authority but
 * this part of the parent's.
 *
 * @param parent the instance that signed, of the same agent
 * @param mandate the only mandate that it acts under
 * @param share what of the mandate was passed on, as its tokens carry it
 * @param depth how often it may be passed on from here
 * @param uses how many calls it is good for in all, those of its own children included
 * @param until from this moment on it is good for nothing
 */
public record Descent(
        InstanceId parent,
        MandateId mandate,
        Value.Items share,
        int depth,
        OptionalLong uses,
        Instant until) {

    /** Reads what {@link #write} wrote. */
    public static Descent read(Value.Fields text) {
        if (!(text.get("share").orElse(null) instanceof Value.Items share)) {
            throw new IllegalArgumentException("what hangs from another has a share");
        }
        return new Descent(
                new InstanceId(text.text("parent").orElseThrow()),
                new MandateId(text.text("mandate").orElseThrow()),
                share,
                Math.toIntExact(text.whole("depth").orElseThrow()),
                text.whole("uses"),
                Instant.parse(text.text("until").orElseThrow()));
    }

    /** As JSON. */
    public Value.Fields write() {
        return Value.object()
                .put("parent", parent.text())
                .put("mandate", mandate.text())
                .put("share", share)
                .put("depth", depth)
                .putIf("uses", count().map(Value::of))
                .put("until", until.toString())
                .build();
    }

    /** The instances that this one hangs from, the nearest first. */
    public static List<Instance> above(Instance instance, AgentBook agents) {
        return Stream.iterate(
                        parent(instance, agents),
                        Optional::isPresent,
                        one -> one.flatMap(next -> parent(next, agents)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Where the authority of such an instance comes from. */
    public static Lineage lineage(Instance child, AgentBook agents) {
        return new Lineage(
                above(child, agents).stream().map(Actor::of).toList(),
                child.from().orElseThrow().share());
    }

    private static Optional<Instance> parent(Instance instance, AgentBook agents) {
        return instance.from()
                .map(
                        from ->
                                agents.instance(from.parent())
                                        .orElseThrow(
                                                () ->
                                                        new IllegalStateException(
                                                                "a child has a parent")));
    }

    private Optional<Long> count() {
        return uses.isPresent() ? Optional.of(uses.getAsLong()) : Optional.empty();
    }
}
