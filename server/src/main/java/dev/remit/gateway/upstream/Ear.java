package dev.remit.gateway.upstream;

import dev.remit.call.Value;

/** Who listens while a request to an upstream is under way. */
interface Ear {
    /** A notification that belongs to the request. */
    void notified(Value.Fields notification);

    /** A request of the upstream, to be answered with a message of the same id. */
    Value.Fields asked(Value.Fields request);

    /** Is given what ends the request early. */
    default void cancelledBy(Runnable cancel) {}
}
