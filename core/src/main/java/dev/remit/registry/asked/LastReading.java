package dev.remit.registry.asked;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Arguments;
import dev.remit.call.Effect;
import dev.remit.call.Tool;
import dev.remit.call.ToolBook;
import dev.remit.call.Value;
import dev.remit.decision.intent.Replies;
import dev.remit.decision.intent.ToolReading;
import dev.remit.gate.Readings;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore;
import dev.remit.mandate.Usage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what an object was like when it was read last under a mandate, in the log alone: nobody
 * calls the upstream for it. What is found is what the agent itself was answered, by a tool of the
 * same upstream that only reads, about the same object; once that was acted on, nobody knows.
 */
final class LastReading {
    private static final int LOOKED_THROUGH = 40; // answers, the newest first
    private static final Set<Effect> REPLACING =
            Set.of(Effect.CHANGE, Effect.CREATE, Effect.REMOVE);
    private static final Set<String> READING = Set.of("read", "get", "fetch", "show", "view");

    private final LedgerStore log;
    private final ToolBook tools;
    private final Readings readings;

    LastReading(LedgerStore log, ToolBook tools, Readings readings) {
        this.log = log;
        this.tools = tools;
        this.readings = readings;
    }

    /** What the call of this tool would replace. */
    Optional<Before> of(Tool tool, ToolReading reading, Arguments arguments, Usage usage) {
        Map<String, Value> targets = new HashMap<>();
        arguments
                .fields()
                .values()
                .forEach(
                        (name, value) -> {
                            if (reading.roles().get(name) == ArgumentRole.TARGET) {
                                targets.put(name, value);
                            }
                        });
        if (targets.isEmpty() || reading.effects().stream().noneMatch(REPLACING::contains)) {
            return Optional.empty();
        }
        List<Usage.Answer> answers = usage.answers();
        int last = Math.max(0, answers.size() - LOOKED_THROUGH);
        for (Usage.Answer place : answers.subList(last, answers.size()).reversed()) {
            Optional<Entry> entry = log.entry(place.decided());
            if (entry.isEmpty()
                    || !(entry.get().event() instanceof Event.Decided earlier)
                    || !earlier.tool().upstream().equals(tool.upstream())
                    || !isAbout(earlier, targets)) {
                continue;
            }
            boolean reads =
                    tools.pin(earlier.tool()).map(readings::of).filter(this::onlyReads).isPresent();
            return reads ? read(earlier, place, arguments, reading) : Optional.empty();
        }
        return Optional.empty();
    }

    private boolean onlyReads(ToolReading reading) {
        return reading.effects().equals(Set.of(Effect.READ));
    }

    /** Whether it named the same object in the same way, or in any other. */
    private static boolean isAbout(Event.Decided earlier, Map<String, Value> targets) {
        return targets.values().stream()
                .allMatch(one -> earlier.arguments().values().containsValue(one));
    }

    private Optional<Before> read(
            Event.Decided earlier, Usage.Answer place, Arguments arguments, ToolReading reading) {
        Optional<Entry> ended = log.entry(place.ended());
        if (ended.isEmpty()
                || !(ended.get().event() instanceof Event.Concluded concluded)
                || concluded.end() != Event.End.ANSWERED
                || concluded.reply().isEmpty()) {
            return Optional.empty();
        }
        Map<String, Value> values = new HashMap<>();
        List<Value> seen = Replies.seen(concluded.reply().get());
        arguments.fields().values().keySet().stream()
                .filter(name -> reading.roles().get(name) != ArgumentRole.TARGET)
                .forEach(name -> named(name, seen).ifPresent(old -> values.put(name, old)));
        if (values.isEmpty() && isWhole(earlier, arguments, reading)) {
            onlyText(seen)
                    .ifPresent(
                            text ->
                                    content(reading, arguments)
                                            .ifPresent(name -> values.put(name, text)));
        }
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Before(earlier.tool(), ended.get().at(), place.decided(), values));
    }

    /**
     * Whether a text that it answered is all that the object holds: it was asked for nothing but
     * the object, by a tool that reads what the other one writes.
     */
    private boolean isWhole(Event.Decided earlier, Arguments arguments, ToolReading writing) {
        Optional<ToolReading> reader = tools.pin(earlier.tool()).map(readings::of);
        boolean same =
                reader.filter(one -> thing(one).equals(thing(writing)))
                        .filter(one -> READING.contains(one.verb()))
                        .isPresent();
        return same
                && earlier.arguments().values().entrySet().stream()
                        .allMatch(
                                one ->
                                        writing.roles().get(one.getKey()) == ArgumentRole.TARGET
                                                && arguments
                                                        .fields()
                                                        .get(one.getKey())
                                                        .equals(Optional.of(one.getValue())));
    }

    private static Set<String> thing(ToolReading reading) {
        Set<String> words = new HashSet<>(reading.nouns());
        words.remove("text");
        return words;
    }

    /** The field of this name, if the answer has just one, in itself or in the one thing in it. */
    private static Optional<Value> named(String name, List<Value> seen) {
        List<Value> found =
                seen.stream()
                        .filter(Value.Fields.class::isInstance)
                        .map(Value.Fields.class::cast)
                        .map(LastReading::unwrapped)
                        .flatMap(one -> one.get(name).stream())
                        .distinct()
                        .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static Value.Fields unwrapped(Value.Fields one) {
        return one.values().size() == 1
                        && one.values().values().iterator().next() instanceof Value.Fields inner
                ? inner
                : one;
    }

    private static Optional<Value> onlyText(List<Value> seen) {
        return seen.size() == 1 && seen.getFirst() instanceof Value.Text text
                ? Optional.of(text)
                : Optional.empty();
    }

    /** The argument that says what there is to be, if there is just one. */
    private static Optional<String> content(ToolReading reading, Arguments arguments) {
        List<String> all =
                arguments.fields().values().keySet().stream()
                        .filter(name -> reading.roles().get(name) == ArgumentRole.CONTENT)
                        .toList();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }
}
