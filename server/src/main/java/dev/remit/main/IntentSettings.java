package dev.remit.main;

import dev.remit.call.Correction;
import dev.remit.call.Tool;
import dev.remit.decision.intent.Modes;
import dev.remit.model.ModelSettings;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator decided about intent.
 *
 * @param modes how much its rules count
 * @param corrections what tools do that were read wrongly
 * @param model that looks at calls a second time, if one does
 */
public record IntentSettings(
        Modes modes, Map<Tool, Correction> corrections, Optional<ModelSettings> model) {
    public static final IntentSettings USUAL = of(Modes.USUAL);

    public IntentSettings {
        corrections = Map.copyOf(corrections);
    }

    /** With nothing corrected, and no model. */
    public static IntentSettings of(Modes modes) {
        return new IntentSettings(modes, Map.of(), Optional.empty());
    }
}
