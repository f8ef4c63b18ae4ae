package dev.remit.testkit.simulation;

import dev.remit.call.Arguments;
import dev.remit.call.Outcome;
import dev.remit.call.Value;
import dev.remit.decision.Permit;
import dev.remit.gate.Line;
import dev.remit.gate.Upstream;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * A system that keeps a journal of what arrives, and fails in every way before and after it took
 * effect.
 */
final class SimulatedUpstream implements Upstream {
    private static final Duration TAKEN = Duration.ofMillis(3);

    private final World world;
    private final SplittableRandom dice;
    private final Fault fault;

    SimulatedUpstream(World world, SplittableRandom dice, Fault fault) {
        this.world = world;
        this.dice = dice;
        this.fault = fault;
    }

    @Override
    public Outcome forward(Permit permit, Line line) {
        world.meanwhile();
        int luck = dice.nextInt(100);
        if (luck < 3) {
            throw new Killed();
        }
        if (luck < 8) {
            return new Outcome.Failed("connection refused", TAKEN);
        }
        if (luck < 11) {
            return new Outcome.Unknown("lost on the way there", TAKEN);
        }
        arrive(permit);
        world.meanwhile();
        if (luck < 14) {
            throw new Killed();
        }
        if (luck < 18) {
            return new Outcome.Unknown("lost on the way back", TAKEN);
        }
        if (luck < 33) {
            world.journals().questions.add(permit.call().id());
            return new Outcome.Asked(Value.object().put("needed", luck).build(), TAKEN);
        }
        return new Outcome.Answered(Value.object().put("done", luck).build(), TAKEN, false);
    }

    private void arrive(Permit permit) {
        Arguments arguments =
                fault == Fault.ARGUMENTS_CHANGE_ON_THE_WAY
                        ? Arguments.NONE
                        : permit.call().arguments();
        world.journals()
                .arrived
                .add(
                        new Journals.Arrived(
                                permit.call().id(),
                                arguments.digest(),
                                permit.file(),
                                world.log().size()));
    }
}
