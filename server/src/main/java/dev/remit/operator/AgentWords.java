package dev.remit.operator;

import dev.remit.call.Value;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentBook;
import dev.remit.identity.AgentId;
import dev.remit.identity.Descent;
import dev.remit.identity.Instance;
import dev.remit.identity.InstanceQuery;
import dev.remit.identity.Page;
import dev.remit.registry.ActRefused;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Agents and instances as the operator reads them. */
record AgentWords(AgentBook agents) {
    private static final int SHOWN = 10; // of an agent's instances

    /** An agent by name or id. */
    Agent find(String named) {
        return agents.agentNamed(named)
                .or(
                        () ->
                                named.startsWith("agt_")
                                        ? agents.agent(new AgentId(named))
                                        : Optional.empty())
                .orElseThrow(
                        () ->
                                new ActRefused(
                                        "there is no agent `"
                                                + named
                                                + "`; `remit agent list` shows them"));
    }

    Value.Fields write(Agent agent) {
        Page<Instance> first = agents.instances(InstanceQuery.of(agent.id()), Page.START, SHOWN);
        return told(agent)
                .put(
                        "instances",
                        new Value.Items(
                                first.items().stream().map(one -> (Value) write(one)).toList()))
                .put("more_instances", first.next().isPresent())
                .build();
    }

    private static Value.Building told(Agent agent) {
        Value.Building tags = Value.object();
        for (Map.Entry<String, String> tag : new TreeMap<>(agent.tags()).entrySet()) {
            tags.put(tag.getKey(), tag.getValue());
        }
        Value.Building told =
                Value.object()
                        .put("agent", agent.id().text())
                        .put("name", agent.name())
                        .put("since", agent.since().toString())
                        .put("standing", agent.standing().kind().name().toLowerCase(Locale.ROOT))
                        .put("tags", tags.build())
                        .putIf("issuer", agent.issuer().map(Value::of));
        return switch (agent.standing()) {
            case Agent.Standing.Good() -> told;
            case Agent.Standing.Suspended(String why, Instant at) ->
                    told.put("why", why).put("suspended_at", at.toString());
            case Agent.Standing.Revoked(String why, Instant at) ->
                    told.put("why", why).put("revoked_at", at.toString());
        };
    }

    static Value.Fields write(Instance instance) {
        return Value.object()
                .put("instance", instance.id().text())
                .put("agent", instance.agent().text())
                .putIf("key", instance.key().map(key -> Value.of(key.thumbprint().base64Url())))
                .put("since", instance.since().toString())
                .put("revoked", instance.revoked())
                .put("suspended", instance.suspension().isPresent())
                .putIf("why", instance.suspension().map(one -> Value.of(one.why())))
                .putIf("descent", instance.from().map(Descent::write))
                .build();
    }
}
