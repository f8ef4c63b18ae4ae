package dev.remit.gate;

import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.decision.intent.Correction;
import dev.remit.decision.intent.ToolReader;
import dev.remit.decision.intent.ToolReading;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the tools do, as read from their definitions, and as the operator corrected it. A definition
 * is read once.
 */
public final class Readings {
    private static final int MOST = 20_000;

    private final Map<Tool, Correction> corrections;
    private final Map<Key, ToolReading> read = new ConcurrentHashMap<>();

    private record Key(Tool tool, Digest definition, boolean reads) {}

    public Readings(Map<Tool, Correction> corrections) {
        this.corrections = Map.copyOf(corrections);
    }

    /** What the tool's calls do. */
    public ToolReading of(Pin pin) {
        if (read.size() >= MOST) {
            read.clear();
        }
        return read.computeIfAbsent(
                new Key(pin.tool(), pin.held().orElse(pin.accepted()), pin.reads()),
                _ -> corrected(pin));
    }

    private ToolReading corrected(Pin pin) {
        ToolReading reading = ToolReader.read(pin.definition());
        ToolReading marked = pin.reads() ? reading.onlyReading() : reading;
        Correction correction = corrections.getOrDefault(pin.tool(), Correction.NONE);
        return correction.of(marked);
    }
}
