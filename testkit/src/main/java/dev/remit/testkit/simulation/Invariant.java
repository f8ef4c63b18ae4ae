package dev.remit.testkit.simulation;

/**
 * Something that always holds, whatever happens; {@code docs/reference/invariants.md} lists them.
 */
interface Invariant {
    /** Throws an {@link AssertionError} that says what does not hold. */
    void check(World world);
}
