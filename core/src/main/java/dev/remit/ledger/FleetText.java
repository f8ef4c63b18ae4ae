package dev.remit.ledger;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Descent;
import dev.remit.identity.Instance;
import dev.remit.identity.Revocation;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the log says of many agents, and of an agent's standing, as names and values. */
final class FleetText {
    private static final String TAGGED = "agent-tagged";
    private static final String DELEGATE = "delegate-enrolled";
    private static final String KEY = "key-revoked";
    private static final String ISSUER = "issuer-revoked";
    private static final String STOPPED = "all-stopped";
    private static final String RESUMED = "all-resumed";

    private FleetText() {}

    static EventText write(Event.OfFleet event) {
        return switch (event) {
            case Event.AgentTagged(var agent, var set, var gone, String by) -> {
                Value.Building tags = Value.object();
                new TreeMap<>(set).forEach(tags::put);
                Value.Building removed = Value.object();
                new TreeSet<>(gone).forEach(tag -> removed.put(tag, true));
                yield EventText.of(TAGGED)
                        .with("agent", agent.text())
                        .with("by", by)
                        .saying("tags", tags.build())
                        .saying("gone", removed.build());
            }
            case Event.DelegateEnrolled(Instance instance, String step) -> {
                Descent from = instance.from().orElseThrow();
                yield EventText.of(DELEGATE)
                        .with("instance", instance.id().text())
                        .with("agent", instance.agent().text())
                        .with("key", instance.key().map(key -> key.members().json()))
                        .with("since", instance.since().toString())
                        .with("parent", from.parent().text())
                        .with("mandate", from.mandate().text())
                        .saying("descent", from.write())
                        .saying("step", Value.of(step));
            }
            case Event.Revoked(Revocation.Of what, String why, String by) -> {
                EventText text =
                        switch (what) {
                            case Revocation.Of.Key(Digest thumbprint) ->
                                    EventText.of(KEY).with("key", thumbprint.hex());
                            case Revocation.Of.Issuer(String name) ->
                                    EventText.of(ISSUER).with("issuer", name);
                        };
                yield text.with("by", by).saying("why", Value.of(why));
            }
            case StopEvent.AllStopped(Instant since, String why, String by) ->
                    EventText.of(STOPPED)
                            .with("since", since.toString())
                            .with("by", by)
                            .saying("why", Value.of(why));
            case StopEvent.AllResumed(String by) -> EventText.of(RESUMED).with("by", by);
        };
    }

    /** The event, if it is one of these. */
    static Optional<Event> read(EventText text) {
        return Optional.ofNullable(
                switch (text.kind()) {
                    case TAGGED ->
                            new Event.AgentTagged(
                                    new AgentId(text.get("agent")),
                                    tags(text),
                                    gone(text),
                                    text.get("by"));
                    case DELEGATE ->
                            new Event.DelegateEnrolled(
                                    text.instance()
                                            .hangingFrom(
                                                    Descent.read(
                                                            text.body()
                                                                    .fields("descent")
                                                                    .orElseThrow())),
                                    text.said("step"));
                    case KEY ->
                            new Event.Revoked(
                                    new Revocation.Of.Key(Digest.ofHex(text.get("key"))),
                                    text.said("why"),
                                    text.get("by"));
                    case ISSUER ->
                            new Event.Revoked(
                                    new Revocation.Of.Issuer(text.get("issuer")),
                                    text.said("why"),
                                    text.get("by"));
                    case STOPPED ->
                            new StopEvent.AllStopped(
                                    Instant.parse(text.get("since")),
                                    text.said("why"),
                                    text.get("by"));
                    case RESUMED -> new StopEvent.AllResumed(text.get("by"));
                    default -> null;
                });
    }

    private static Map<String, String> tags(EventText text) {
        Value.Fields written = text.body().fields("tags").orElseThrow();
        Map<String, String> tags = new TreeMap<>();
        for (String tag : written.values().keySet()) {
            tags.put(tag, written.text(tag).orElseThrow());
        }
        return tags;
    }

    private static Set<String> gone(EventText text) {
        return new HashSet<>(text.body().fields("gone").orElseThrow().values().keySet());
    }

    /** An agent's name and standing. */
    static EventText write(EventText text, Agent agent) {
        EventText named =
                text.with("standing", agent.standing().kind().name().toLowerCase(Locale.ROOT))
                        .saying("name", Value.of(agent.name()));
        return switch (agent.standing()) {
            case Agent.Standing.Good() -> named;
            case Agent.Standing.Suspended(String why, Instant at) ->
                    named.with("at", at.toString()).saying("why", Value.of(why));
            case Agent.Standing.Revoked(String why, Instant at) ->
                    named.with("at", at.toString()).saying("why", Value.of(why));
        };
    }

    static Agent.Standing standing(EventText text) {
        return switch (Agent.Standing.Kind.valueOf(text.get("standing").toUpperCase(Locale.ROOT))) {
            case GOOD -> new Agent.Standing.Good();
            case SUSPENDED ->
                    new Agent.Standing.Suspended(text.said("why"), Instant.parse(text.get("at")));
            case REVOKED ->
                    new Agent.Standing.Revoked(text.said("why"), Instant.parse(text.get("at")));
        };
    }
}
