package dev.remit.decision;

import java.util.Map;
import java.util.Optional;

/**
 * The organisation's rules, which stand above every mandate. They are read beforehand and do not
 * change: the same circumstances always get the same opinion.
 */
public interface Rules {
    /** What they say of a call. It never throws: what cannot be judged has failed. */
    Opinion of(Circumstances call);

    /**
     * Which of them says yes to a call that its mandate does not include, instead of the giver.
     *
     * @param used how often each was used under the mandate, by {@link Draw#name()}
     */
    Optional<Draw> draw(Circumstances call, Map<String, Long> used);

    /**
     * What the ceilings among them say of giving a mandate for this tool, as far as can be told.
     */
    Opinion ofGiving(Circumstances giving);

    /** An organisation that has none. */
    static Rules none() {
        return new Rules() {
            @Override
            public Opinion of(Circumstances call) {
                return Opinion.SILENT;
            }

            @Override
            public Optional<Draw> draw(Circumstances call, Map<String, Long> used) {
                return Optional.empty();
            }

            @Override
            public Opinion ofGiving(Circumstances giving) {
                return Opinion.SILENT;
            }
        };
    }
}
