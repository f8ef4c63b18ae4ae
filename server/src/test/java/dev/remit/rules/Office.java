package dev.remit.rules;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.Judge;
import dev.remit.decision.Rules;
import dev.remit.gate.Answer;
import dev.remit.gate.Clerk;
import dev.remit.gate.Demands;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.gate.Overseer;
import dev.remit.gate.Recall;
import dev.remit.identity.Caller;
import dev.remit.identity.Person;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Task;
import dev.remit.registry.Grantor;
import dev.remit.registry.Registrar;
import dev.remit.registry.RuledCeiling;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.SomeAgent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A gate with rules, an upstream {@code bank}, an agent and a person who gives it mandates. */
final class Office {
    static final Person ADA = new Person(new PersonId("per_1"), "Ada");

    final MemoryStore store = new MemoryStore();
    final List<String> effects = new ArrayList<>();
    final Grantor grantor;
    final SomeAgent agent;
    private final Ledger ledger = new Ledger(store, () -> new byte[16]);
    private final Registrar registrar;
    private final Gate gate;
    private Rules rules = Rules.none();
    private int names;
    Instant now = Instant.parse("2026-11-23T10:00:00Z");

    /** How the next calls end. */
    Outcome ending = new Outcome.Answered(Value.Fields.EMPTY, Duration.ZERO, false);

    Office() {
        registrar = new Registrar(store, ledger, this::name, this::name, () -> now);
        agent = new SomeAgent("clerk", registrar, this::name);
        registrar.tag(agent.id(), Map.of("team", "finance"), Set.of(), "per_1");
        pin("bank.pay", false, Set.of());
        pin("bank.balance", true, Set.of("confidential"));
        pin("mail.send", false, Set.of());
        grantor =
                new Grantor(
                        store,
                        new RuledCeiling(() -> rules, store, store, store, List.of("bank", "mail")),
                        ledger,
                        this::name,
                        () -> now);
        gate =
                new Gate(
                        new Clerk(
                                store,
                                store,
                                store,
                                store,
                                store.questions(),
                                Demands.NONE,
                                Recall.none(),
                                () -> rules,
                                () -> now),
                        new Judge(),
                        ledger,
                        (permit, _) -> {
                            effects.add(permit.call().tool().toString());
                            return ending;
                        },
                        new Overseer(store.conduct(), store, List.of(), ledger, () -> now));
    }

    private void pin(String tool, boolean reads, Set<String> labels) {
        pin(tool, Map.of("amount", "number", "count", "integer"), reads, labels);
    }

    /** A tool with this argument. */
    void pin(String tool, String argument) {
        pin(tool, Map.of(argument, "string"), false, Set.of());
    }

    private void pin(String tool, Map<String, String> types, boolean reads, Set<String> labels) {
        Value.Building properties = Value.object();
        types.forEach(
                (name, type) -> properties.put(name, Value.object().put("type", type).build()));
        Value.Fields definition =
                Value.object()
                        .put("name", tool)
                        .put(
                                "inputSchema",
                                Value.object()
                                        .put("properties", properties.build())
                                        .put("additionalProperties", true)
                                        .build())
                        .build();
        Pin pin =
                new Pin(Tool.of(tool), Pin.digest(definition), Optional.empty(), definition)
                        .reading(reads)
                        .labelled(labels);
        ledger.append(new Event.ToolPinned(pin, "per_1"), now);
    }

    /** Puts these rules in force. */
    Office under(String text) {
        return under(text, RuleFolder.Fallback.PERMIT);
    }

    Office under(String text, RuleFolder.Fallback fallback) {
        rules = set(text, fallback);
        return this;
    }

    static RuleSet set(String text, RuleFolder.Fallback fallback) {
        return new RuleFolder(java.nio.file.Path.of("rules"), fallback)
                .read(Map.of("rules/a.cedar", text));
    }

    /** Leave for these tools, and questions. */
    Mandate give(String tools, int asks) {
        return grantor.give(
                ADA,
                agent.id(),
                new Task("pay the bill"),
                new Permissions(List.of(permission("p", tools))),
                new Limits(now.plusSeconds(3600), Optional.empty(), OptionalLong.empty(), 5)
                        .asking(asks));
    }

    static Permission permission(String name, String tools) {
        return new Permission(name, new Glob(tools), Map.of(), OptionalLong.empty());
    }

    Answer call(String tool, Value.Fields arguments) {
        return call(caller(), tool, arguments, Optional.empty());
    }

    Answer call(Caller caller, String tool, Value.Fields arguments, Optional<CallId> continues) {
        CallId id = new CallId("call_" + name());
        return gate.call(
                caller,
                new Call(id, Tool.of(tool), new Arguments(arguments), now, continues),
                Line.closed());
    }

    Caller caller() {
        return agent.caller(store, Optional.empty(), now);
    }

    /** The same agent's, from a client that has no key. */
    Caller keyless() {
        return agent.keyless(registrar).caller(store, Optional.empty(), now);
    }

    Answer call(String tool) {
        return call(tool, Value.Fields.EMPTY);
    }

    /** The last decision on record. */
    Event.Decided decided() {
        return store.entries().stream()
                .map(one -> one.event())
                .filter(Event.Decided.class::isInstance)
                .map(Event.Decided.class::cast)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private String name() {
        return "n" + names++;
    }
}
