package dev.remit.identity;

import dev.remit.call.Digest;
import java.time.Duration;
import java.time.Instant;

/** Remembers what may be used once; shared by every path that accepts a proof or an assertion. */
public interface ReplayGuard {
    /** How long a key is remembered at least; whatever is guarded must not be valid for longer. */
    Duration MEMORY = Duration.ofSeconds(150);

    /** What remembering came to. */
    enum Use {
        FIRST,
        AGAIN,
        /** There is no room to remember it; treat as refused. */
        FULL
    }

    Use use(Digest key, Instant now);

    /**
     * What was made up to this time may have been used without being remembered: the memory of it
     * was lost, or has run out although a clock says otherwise. Ask after {@link #use}.
     */
    Instant unsureUntil();

    /**
     * The number of the generation that is being remembered now; it and the one before it are
     * remembered whole.
     */
    long generation();
}
