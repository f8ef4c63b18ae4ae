package dev.remit.console;

import dev.remit.decision.Rules;
import dev.remit.gate.Rehearsal;
import java.util.function.Supplier;

/**
 * What calls and rules are tried with; nothing of it changes anything.
 *
 * @param inForce the organisation's rules as they are now
 */
public record Trials(Rehearsal rehearsal, Supplier<Rules> inForce, Candidates candidates) {

    /** Reads rules that somebody would like to try. */
    public interface Candidates {
        /**
         * Reads them.
         *
         * @param beside whether they would stand beside those of the folder, and not in their place
         * @throws dev.remit.registry.ActRefused if they cannot be read; says where
         */
        Rules read(String text, boolean beside);
    }
}
