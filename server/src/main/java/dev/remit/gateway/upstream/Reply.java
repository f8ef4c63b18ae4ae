package dev.remit.gateway.upstream;

import dev.remit.call.Value;

/** What came of one request to an upstream. */
sealed interface Reply {

    record Result(Value.Fields result) implements Reply {}

    /** A JSON-RPC error. */
    record Fault(Value.Fields error) implements Reply {}

    /** It provably was not taken: nothing was sent, or it was turned away before it was read. */
    record NotTaken(String why) implements Reply {}

    /** As {@link NotTaken}, because the session or the process it was for is gone: open another. */
    record Gone(String why) implements Reply {}

    /** Bytes left, and no answer came. */
    record Lost(String why) implements Reply {}
}
