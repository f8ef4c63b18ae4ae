package dev.remit.main;

import dev.remit.call.Correction;
import dev.remit.call.Tool;
import dev.remit.decision.intent.Modes;
import dev.remit.gate.Counsel;
import dev.remit.http.fetch.SafeFetch;
import dev.remit.mandate.Suggestions;
import dev.remit.model.ModelCounsel;
import dev.remit.model.ModelSettings;
import dev.remit.model.ModelSuggestions;
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

    /** What looks at calls a second time. */
    Counsel counsel(SafeFetch fetch) {
        return model.<Counsel>map(one -> new ModelCounsel(one, fetch)).orElseGet(Counsel::none);
    }

    /** What reads tasks a second time. */
    Suggestions suggestions(SafeFetch fetch) {
        return model.filter(one -> one.looks().contains(ModelSettings.Look.TASKS))
                .<Suggestions>map(one -> new ModelSuggestions(one, fetch))
                .orElse(Suggestions.NONE);
    }

    /** With nothing corrected, and no model. */
    public static IntentSettings of(Modes modes) {
        return new IntentSettings(modes, Map.of(), Optional.empty());
    }
}
