package dev.remit.rules;

import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.cedar.Datetime;
import dev.remit.cedar.Duration;
import dev.remit.cedar.Entities;
import dev.remit.cedar.Entity;
import dev.remit.cedar.Request;
import dev.remit.cedar.Uid;
import dev.remit.cedar.Value;
import dev.remit.decision.Circumstances;
import dev.remit.identity.Account;
import dev.remit.identity.Agent;
import dev.remit.identity.Binding;
import dev.remit.identity.Person;
import dev.remit.identity.Role;
import dev.remit.mandate.Mandate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A call, or the giving of a mandate, in the words of the policy language. */
record Facts(Request request, Entities entities) {
    static final String AGENT = "Agent";
    static final String AGENT_GROUP = "AgentGroup";
    static final String ACTION = "Action";
    static final String UPSTREAM = "Upstream";
    static final String PERSON = "Person";
    static final String ROLE = "Role";

    /** What of the context there is only at a call. */
    static final Set<String> OF_CALLS = Set.of("input", "key", "point", "calls");

    static final Set<String> CONTEXT =
            Set.of("input", "key", "point", "calls", "person", "mandate", "labels", "now");

    /**
     * For one of the agents.
     *
     * @throws IllegalArgumentException if it goes beyond what the language holds
     */
    static Facts of(Agent agent, Circumstances all) {
        Uid principal = new Uid(AGENT, agent.id().text());
        Uid action = new Uid(ACTION, all.tool().toString());
        Uid person = new Uid(PERSON, all.mandate().giver().id().text());
        List<Entity> entities = new ArrayList<>();
        entities.add(agent(principal, agent));
        entities.add(Entity.of(action, Value.Fields.none(), groups(all.tool(), all.pin())));
        entities.add(person(person, all.mandate().giver(), all.giver()));
        Map<String, Value> context = new HashMap<>();
        all.call()
                .ifPresent(
                        call -> {
                            context.put("input", Inputs.of(call.arguments(), all.pin()));
                            context.put("key", Value.Bool.of(call.binding() == Binding.KEY));
                            if (call.binding() instanceof Binding.Vouched(String point)) {
                                context.put("point", new Value.Text(point));
                            }
                            context.put("calls", new Value.Whole(call.calls()));
                        });
        context.put("person", person);
        context.put("mandate", mandate(all.mandate(), all.now()));
        context.put("labels", texts(all.pin().map(Pin::labels).orElse(Set.of())));
        context.put("now", at(all.now()));
        return new Facts(
                new Request(
                        principal,
                        action,
                        new Uid(UPSTREAM, all.tool().upstream()),
                        Value.fields(context)),
                Entities.of(entities));
    }

    private static Entity agent(Uid uid, Agent agent) {
        Map<String, Value> attributes = new HashMap<>();
        attributes.put("name", new Value.Text(agent.name()));
        attributes.put("since", at(agent.since()));
        agent.issuer().ifPresent(one -> attributes.put("issuer", new Value.Text(one)));
        Set<Uid> groups = new HashSet<>();
        Map<String, Value> tags = new HashMap<>();
        agent.tags()
                .forEach(
                        (name, value) -> {
                            groups.add(new Uid(AGENT_GROUP, name + "=" + value));
                            tags.put(name, new Value.Text(value));
                        });
        return new Entity(uid, Value.fields(attributes), groups, Value.fields(tags));
    }

    /** No tool is called like a group: a tool's name has a dot in it, and never a star. */
    static Set<Uid> groups(Tool tool, Optional<Pin> pin) {
        Set<Uid> groups = new HashSet<>();
        groups.add(new Uid(ACTION, tool.upstream() + ".*"));
        boolean reads = pin.filter(Pin::reads).isPresent();
        groups.add(new Uid(ACTION, reads ? "reads" : "acts"));
        pin.map(Pin::labels)
                .orElse(Set.of())
                .forEach(label -> groups.add(new Uid(ACTION, "label:" + label)));
        return groups;
    }

    private static Entity person(Uid uid, Person person, Optional<Account> account) {
        Set<Uid> roles = new HashSet<>();
        for (Role role : account.map(Account::roles).orElse(Set.of())) {
            roles.add(new Uid(ROLE, role.name().toLowerCase(Locale.ROOT)));
        }
        return Entity.of(uid, Value.fields(Map.of("name", new Value.Text(person.name()))), roles);
    }

    private static Value mandate(Mandate mandate, Instant now) {
        long age = java.time.Duration.between(mandate.givenAt(), now).toMillis();
        long lasts =
                java.time.Duration.between(mandate.givenAt(), mandate.limits().expiresAt())
                        .toMillis();
        return Value.fields(
                Map.of(
                        "task", new Value.Text(mandate.task().words()),
                        "age", new Duration(Math.max(0, age)),
                        "lasts", new Duration(lasts),
                        "delegates", new Value.Whole(mandate.delegates().size())));
    }

    private static Value texts(Set<String> texts) {
        List<Value> values = new ArrayList<>();
        texts.forEach(one -> values.add(new Value.Text(one)));
        return Value.set(values);
    }

    private static Value at(Instant moment) {
        return new Datetime(moment.toEpochMilli());
    }
}
