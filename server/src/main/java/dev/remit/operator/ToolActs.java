package dev.remit.operator;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Correction;
import dev.remit.call.Digest;
import dev.remit.call.Effect;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.intent.ToolReading;
import dev.remit.gate.Readings;
import dev.remit.identity.Person;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.registry.ActRefused;
import dev.remit.registry.Examiner;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The operator's acts on tools: what they are taken to do, and what the operator says of them. */
final class ToolActs {
    private final Person operator;
    private final OperatorDesk.Shelves shelves;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Examiner examiner;

    ToolActs(Person operator, OperatorDesk.Shelves shelves, Ledger ledger, InstantSource clock) {
        this.operator = operator;
        this.shelves = shelves;
        this.ledger = ledger;
        this.clock = clock;
        this.examiner = new Examiner(shelves.tools(), ledger, clock);
    }

    /** Does the act; empty if there is none of this name. */
    Optional<Value> act(String name, Value.Fields asked) {
        return switch (name) {
            case "tools/list" -> Optional.of(list());
            case "tools/show" -> Optional.of(pin(tool(asked)));
            case "tools/accept" -> Optional.of(accept(asked));
            case "tools/mark" -> Optional.of(mark(asked));
            case "tools/correct" -> Optional.of(correct(asked));
            case "tools/label" -> Optional.of(label(asked));
            default -> Optional.empty();
        };
    }

    private Value list() {
        return new Value.Items(
                shelves.upstreams().stream()
                        .flatMap(upstream -> shelves.tools().pins(upstream).stream())
                        .map(pin -> (Value) pin(pin))
                        .toList());
    }

    /** Accepts the definition that is held; if one was looked at and is named, then only that. */
    private Value accept(Value.Fields asked) {
        Tool tool = tool(asked).tool();
        Optional<Digest> seen = asked.text("seen").map(Digest::ofHex);
        return pin(examiner.accept(tool, seen, operator.id().text()));
    }

    /** Says of a tool's accepted definition that its calls only read, or that they may do more. */
    private Value mark(Value.Fields asked) {
        Pin pin = tool(asked);
        boolean reads = asked.flag("reads");
        if (reads && (pin.held().isPresent() || pin.saysThatItWrites())) {
            throw new ActRefused(
                    pin.held().isPresent()
                            ? "accept the changed definition of `" + pin.tool() + "` first"
                            : "`" + pin.tool() + "` says of itself that it does more than read");
        }
        return pinned(pin.reading(reads));
    }

    /** Says what a tool does where its definition was read wrongly; nothing takes it back. */
    private Value correct(Value.Fields asked) {
        return pin(
                examiner.correct(tool(asked).tool(), Correction.read(asked), operator.id().text()));
    }

    /** Says what a tool is labelled with, all of it. */
    private Value label(Value.Fields asked) {
        Set<String> labels = new HashSet<>();
        for (Value one : asked.items("labels")) {
            labels.add(one instanceof Value.Text(String label) ? label : "");
        }
        return pinned(tool(asked).labelled(labels));
    }

    private Pin tool(Value.Fields asked) {
        Tool tool =
                Tool.of(
                        asked.text("tool")
                                .orElseThrow(
                                        () -> new IllegalArgumentException("`tool` is missing")));
        return shelves.tools()
                .pin(tool)
                .orElseThrow(() -> new ActRefused("there is no tool `" + tool + "`"));
    }

    private Value pinned(Pin pin) {
        ledger.append(new Event.ToolPinned(pin, operator.id().text()), clock.instant());
        return pin(pin);
    }

    private Value.Fields pin(Pin pin) {
        return Value.object()
                .put("tool", pin.tool().toString())
                .put("accepted", pin.accepted().hex())
                .put("reads", pin.reads())
                .put("labels", Value.ofTexts(new TreeSet<>(pin.labels())))
                .put("description", pin.definition().text("description").orElse(""))
                .put("taken_to", account(shelves.readings().accepted(pin)))
                .putIf("held", pin.held().map(held -> Value.of(held.hex())))
                .putIf("would_be_taken_to", shelves.readings().held(pin).map(ToolActs::account))
                .build();
    }

    private static Value account(Readings.Account account) {
        ToolReading reading = account.reading();
        return Value.object()
                .put("effects", codes(reading.effects()))
                .put("arguments", arguments(reading, reading.roles().keySet()))
                .put(
                        "receives",
                        Value.ofTexts(
                                reading.roles().entrySet().stream()
                                        .filter(one -> one.getValue() == ArgumentRole.DESTINATION)
                                        .map(Map.Entry::getKey)
                                        .sorted()
                                        .toList()))
                .put("outsiders_set", Value.ofTexts(account.outsiders()))
                .putIf("instead_of", corrected(account))
                .build();
    }

    /** What the definition alone would be taken for, where the operator's correction counts. */
    private static Optional<Value> corrected(Readings.Account account) {
        Correction correction = account.correction();
        if (correction.isNone()) {
            return Optional.empty();
        }
        return Optional.of(
                Value.object()
                        .putIf(
                                "effects",
                                correction.effects().isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(codes(account.read().effects())))
                        .put("arguments", arguments(account.read(), correction.roles().keySet()))
                        .build());
    }

    private static Value arguments(ToolReading reading, Set<String> names) {
        Value.Building written = Value.object();
        for (String name : new TreeSet<>(names)) {
            ArgumentRole role = reading.roles().get(name);
            written.put(name, role == null ? new Value.Nothing() : Value.of(role.code()));
        }
        return written.build();
    }

    private static Value codes(Collection<Effect> effects) {
        return Value.ofTexts(effects.stream().sorted().map(Effect::code).toList());
    }
}
