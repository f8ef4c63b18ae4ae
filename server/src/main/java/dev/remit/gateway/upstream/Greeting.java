package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import dev.remit.gateway.wire.Revision;
import java.util.Optional;

/**
 * What an upstream says of itself when it is first spoken to.
 *
 * @param says its whole answer to the greeting
 */
public record Greeting(Revision revision, Value.Fields says) {
    public Value.Fields capabilities() {
        return says.fields("capabilities").orElse(Value.Fields.EMPTY);
    }

    /** How it wants to be used, in its own words. */
    public Optional<String> instructions() {
        return says.text("instructions");
    }
}
