package dev.remit.testkit.simulation;

/** The process is gone: whatever was under way in it ends here, without a word. */
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("the simulated process was killed", null, false, false);
    }
}
