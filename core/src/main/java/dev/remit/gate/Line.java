package dev.remit.gate;

import dev.remit.call.Value;
import java.util.Optional;

/**
 * The open line to the agent while its call is under way. Nothing that goes over it decides
 * anything.
 */
public interface Line {
    /**
     * What the agent's protocol sent beside the arguments and the upstream may see: progress token,
     * input answers.
     */
    Value.Fields aside();

    /** Passes on something the upstream says while it works; lost if the agent does not listen. */
    void tell(Value.Fields notification);

    /**
     * Passes on a request of the upstream, or of the gateway, and waits for the agent's answer;
     * empty if the agent cannot be asked.
     */
    Optional<Value.Fields> ask(Value.Fields request);

    /** Runs when the agent takes its request back while the call is under way. */
    default void whenCancelled(Runnable then) {}

    /** A line to nobody. */
    static Line closed() {
        return new Line() {
            @Override
            public Value.Fields aside() {
                return Value.Fields.EMPTY;
            }

            @Override
            public void tell(Value.Fields notification) {}

            @Override
            public Optional<Value.Fields> ask(Value.Fields request) {
                return Optional.empty();
            }
        };
    }
}
