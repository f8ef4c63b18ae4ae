package dev.remit.ledger;

import dev.remit.call.Value;
import dev.remit.conduct.Excess;
import dev.remit.conduct.Subject;
import dev.remit.identity.AgentId;
import dev.remit.identity.InstanceId;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What follows from how agents behave, as names and values. */
final class ConductText {
    private static final String OVERSTEPPED = "overstepped";
    private static final String SUSPENDED = "instance-suspended";
    private static final String RESTORED = "instance-restored";

    private ConductText() {}

    static EventText write(Event.OfConduct event) {
        return switch (event) {
            case Overstepped(Excess excess) ->
                    EventText.of(OVERSTEPPED)
                            .with("counted", excess.counted().text())
                            .with("stopped", excess.stopped().text())
                            .with("rule", excess.rule())
                            .with("borne", excess.borne())
                            .with("weight", excess.weight())
                            .with("evidence", evidence(excess));
            case InstanceSuspended(InstanceId instance, AgentId agent, String why, String by) ->
                    EventText.of(SUSPENDED)
                            .with("instance", instance.text())
                            .with("agent", agent.text())
                            .with("by", by)
                            .saying("why", Value.of(why));
            case InstanceRestored(InstanceId instance, AgentId agent, String by) ->
                    EventText.of(RESTORED)
                            .with("instance", instance.text())
                            .with("agent", agent.text())
                            .with("by", by);
        };
    }

    private static String evidence(Excess excess) {
        return excess.evidence().stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /** The event, if it is one of these. */
    static Optional<Event> read(EventText text) {
        return switch (text.kind()) {
            case OVERSTEPPED ->
                    Optional.of(
                            new Overstepped(
                                    new Excess(
                                            Subject.read(text.get("counted")),
                                            Subject.read(text.get("stopped")),
                                            text.get("rule"),
                                            text.number("borne"),
                                            text.number("weight"),
                                            Arrays.stream(text.get("evidence").split(" "))
                                                    .map(Long::valueOf)
                                                    .toList())));
            case SUSPENDED ->
                    Optional.of(
                            new InstanceSuspended(
                                    new InstanceId(text.get("instance")),
                                    new AgentId(text.get("agent")),
                                    text.said("why"),
                                    text.get("by")));
            case RESTORED ->
                    Optional.of(
                            new InstanceRestored(
                                    new InstanceId(text.get("instance")),
                                    new AgentId(text.get("agent")),
                                    text.get("by")));
            default -> Optional.empty();
        };
    }
}
