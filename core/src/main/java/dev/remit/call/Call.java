package dev.remit.call;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempted action: which tool of which upstream, with which arguments.
 *
 * @param continues the call whose question this one brings the answer to, if it does: then both are
 *     rounds of one action
 */
public record Call(
        CallId id, Tool tool, Arguments arguments, Instant receivedAt, Optional<CallId> continues) {
    private static final byte[] DOMAIN = "remit/action/v1\0".getBytes(StandardCharsets.US_ASCII);

    public Call(CallId id, Tool tool, Arguments arguments, Instant receivedAt) {
        this(id, tool, arguments, receivedAt, Optional.empty());
    }

    /** What all rounds of one action have in common: the tool and the arguments. */
    public Digest action() {
        return action(tool, arguments);
    }

    /** The same, of a call that is only on record. */
    public static Digest action(Tool tool, Arguments arguments) {
        byte[] name = (tool + "\0").getBytes(StandardCharsets.UTF_8); // no tool's name holds a zero
        return Digest.of(DOMAIN, name, arguments.digest().bytes());
    }
}
