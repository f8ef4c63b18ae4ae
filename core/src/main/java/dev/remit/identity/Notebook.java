package dev.remit.identity;

import dev.remit.call.Digest;

/** Where a replay guard writes down what was used, so that a restart does not forget it. */
public interface Notebook {
    /** Writes it down where the end of this process does not reach it; whether that worked. */
    boolean note(Digest key);

    /** A new generation begins; what is older than the one that has just ended may go. */
    void turn();

    /** Of a guard that lives no longer than what it guards. */
    Notebook NONE =
            new Notebook() {
                @Override
                public boolean note(Digest key) {
                    return true;
                }

                @Override
                public void turn() {
                    // nothing is kept
                }
            };
}
