package dev.remit.testkit.simulation;

import java.util.List;

/** Runs a world from a seed and checks every invariant as it goes. */
public final class Simulation {
    private static final int CHECK_EVERY = 50;

    private Simulation() {}

    /**
     * Plays so many turns; equal arguments give equal traces.
     *
     * @throws AssertionError naming the seed and the turn, if an invariant does not hold
     */
    public static List<String> play(long seed, int turns, Fault fault) {
        World world = new World(seed, fault);
        for (int turn = 1; turn <= turns; turn++) {
            turn(world, seed, turn);
            if (turn % CHECK_EVERY == 0 || turn == turns) {
                check(world, seed, turn);
            }
        }
        return List.copyOf(world.trace());
    }

    private static void turn(World world, long seed, int turn) {
        try {
            world.turn();
        } catch (IllegalStateException e) {
            throw new AssertionError(
                    "NothingContradictsItself does not hold; seed "
                            + seed
                            + ", turn "
                            + turn
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static void check(World world, long seed, int turn) {
        for (Invariant invariant : Invariants.all()) {
            try {
                invariant.check(world);
            } catch (AssertionError e) {
                String name = invariant.getClass().getSimpleName();
                throw new AssertionError(
                        name
                                + " does not hold; seed "
                                + seed
                                + ", turn "
                                + turn
                                + ": "
                                + e.getMessage(),
                        e);
            }
        }
    }
}
