package dev.remit.gate;

import dev.remit.call.Correction;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.intent.ToolReader;
import dev.remit.decision.intent.ToolReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the tools do, as read from their definitions, and as the operator corrected it. A definition
 * is read once.
 */
public final class Readings {
    private static final int MOST = 20_000;

    private final Map<Tool, Correction> corrections;
    private final Map<Key, ToolReading> read = new ConcurrentHashMap<>();

    private record Key(Tool tool, Digest definition, boolean reads, Correction correction) {}

    /**
     * What a tool's definition is taken to say.
     *
     * @param read off the definition alone
     * @param fixed what of the correction the configuration says; it counts before what was said of
     *     the tool since
     * @param correction the operator's, all of it
     * @param reading what counts: the one with the other
     * @param outsiders fields of its answers that whoever sends something sets
     */
    public record Account(
            ToolReading read,
            Correction fixed,
            Correction correction,
            ToolReading reading,
            List<String> outsiders) {
        public Account {
            outsiders = List.copyOf(outsiders);
        }
    }

    public Readings(Map<Tool, Correction> corrections) {
        this.corrections = Map.copyOf(corrections);
    }

    /** What the tool's calls do, by the definition that they are allowed under. */
    public ToolReading of(Pin pin) {
        if (read.size() >= MOST) {
            read.clear();
        }
        return read.computeIfAbsent(
                new Key(pin.tool(), pin.accepted(), pin.reads(), pin.correction()),
                _ -> accepted(pin).reading());
    }

    /** What the accepted definition is taken to say. */
    public Account accepted(Pin pin) {
        return account(pin, pin.acceptedDefinition(), pin.reads());
    }

    /** What the held definition would be taken to say, once accepted; empty if none is held. */
    public Optional<Account> held(Pin pin) {
        return pin.held().map(_ -> account(pin, pin.definition(), false));
    }

    private Account account(Pin pin, Value.Fields definition, boolean reads) {
        ToolReading reading = ToolReader.read(definition);
        ToolReading marked = reads ? reading.onlyReading() : reading;
        Correction fixed = corrections.getOrDefault(pin.tool(), Correction.NONE);
        Correction correction = fixed.over(pin.correction());
        return new Account(
                marked,
                fixed,
                correction,
                marked.corrected(correction),
                ToolReader.outsiders(definition));
    }
}
