package dev.remit.gateway.wire;

import dev.remit.call.Value;
import java.util.Optional;

/**
 * What an agent's request said beside the call itself, on its way through the gate to the upstream.
 *
 * @param stateless whether the agent sends a new request when more input is needed; otherwise it is
 *     asked while its request waits
 * @param capabilities what the agent's client can do
 * @param progress whether the agent wants to hear of progress
 * @param logLevel from which level on the agent wants to hear log messages
 * @param inputResponses the agent's answers to what the upstream asked in an earlier round
 * @param requestState what the upstream wants back in this round
 */
public record Aside(
        boolean stateless,
        Value.Fields capabilities,
        boolean progress,
        Optional<String> logLevel,
        Optional<Value.Fields> inputResponses,
        Optional<String> requestState) {
    public static final Aside NONE =
            new Aside(
                    false,
                    Value.Fields.EMPTY,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public Value.Fields fields() {
        return Value.object()
                .put("stateless", stateless)
                .put("capabilities", capabilities)
                .put("progress", progress)
                .putIf("logLevel", logLevel.map(Value::of))
                .putIf("inputResponses", inputResponses)
                .putIf("requestState", requestState.map(Value::of))
                .build();
    }

    /** Reads what {@link #fields()} wrote; what is missing is as in {@link #NONE}. */
    public static Aside of(Value.Fields fields) {
        if (fields.values().isEmpty()) {
            return NONE;
        }
        return new Aside(
                fields.flag("stateless"),
                fields.fields("capabilities").orElse(Value.Fields.EMPTY),
                fields.flag("progress"),
                fields.text("logLevel"),
                fields.fields("inputResponses"),
                fields.text("requestState"));
    }

    /** This, with the agent's answers for the next round. */
    public Aside answering(Value.Fields responses, Optional<String> state) {
        return new Aside(
                stateless, capabilities, progress, logLevel, Optional.of(responses), state);
    }
}
