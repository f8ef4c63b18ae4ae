package dev.remit.gate;

import dev.remit.decision.Decision;
import dev.remit.decision.intent.SecondLook;
import java.util.Optional;

/** Looks at a call a second time, after it was decided and before anything is done. */
public interface Counsel {
    /** What it makes of the call; empty if it was not to look, or did not answer in time. */
    Optional<SecondLook> of(Decision first);

    /** Where nobody looks twice. */
    static Counsel none() {
        return _ -> Optional.empty();
    }
}
