package dev.remit.main;

import dev.remit.call.Tool;
import dev.remit.decision.intent.Correction;
import dev.remit.decision.intent.Modes;
import java.util.Map;

/** What the operator decided about intent: how much its rules count, and what tools do. */
public record IntentSettings(Modes modes, Map<Tool, Correction> corrections) {
    public static final IntentSettings USUAL = new IntentSettings(Modes.USUAL, Map.of());

    public IntentSettings {
        corrections = Map.copyOf(corrections);
    }
}
