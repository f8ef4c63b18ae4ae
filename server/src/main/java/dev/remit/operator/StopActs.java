package dev.remit.operator;

import dev.remit.call.Value;
import dev.remit.gate.StopSwitch;
import dev.remit.identity.PersonId;
import dev.remit.registry.ActRefused;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** The operator's acts that need no store: stopping all agents, letting them go on, looking. */
public final class StopActs {
    private static final int LONGEST_REASON = 1_000;

    private final StopKeeper keeper;
    private final PersonId operator;
    private final Supplier<Optional<String>> trouble;
    private final InstantSource clock;

    /**
     * @param trouble why nothing can be written down now
     */
    public StopActs(
            StopKeeper keeper,
            PersonId operator,
            Supplier<Optional<String>> trouble,
            InstantSource clock) {
        this.keeper = keeper;
        this.operator = operator;
        this.trouble = trouble;
        this.clock = clock;
    }

    /** Does the act; empty if there is none of this name. */
    public Optional<Value> act(String name, Value.Fields asked) {
        return switch (name) {
            case "stop" -> Optional.of(stop(asked));
            case "resume" -> Optional.of(resume());
            case "status" -> Optional.of(status().build());
            default -> Optional.empty();
        };
    }

    private Value stop(Value.Fields asked) {
        String why = asked.text("why").orElse("");
        if (why.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("a reason has at most 1000 characters");
        }
        boolean lasts = keeper.stop(new StopSwitch.Stop(clock.instant(), operator.text(), why));
        return status().put("lasts", lasts).build();
    }

    private Value resume() {
        if (!keeper.resume(operator.text())) {
            throw new ActRefused(
                    "the file that stops them cannot be removed, so they stay stopped");
        }
        return status().build();
    }

    private Value.Building status() {
        Optional<StopSwitch.Stop> stopped = keeper.stopped();
        return Value.object()
                .put("stopped", stopped.isPresent())
                .putIf("since", stopped.map(one -> Value.of(one.since().toString())))
                .putIf("by", stopped.map(one -> Value.of(one.by())))
                .putIf("why", stopped.map(one -> Value.of(one.why())))
                .put("calls", keeper.callsUnderWay())
                .putIf("trouble", trouble.get().map(Value::of));
    }
}
