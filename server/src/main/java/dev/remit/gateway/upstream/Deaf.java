package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import dev.remit.gateway.wire.Rpc;

/** An ear for requests that nobody listens to: the gateway's own. */
final class Deaf implements Ear {
    @Override
    public void notified(Value.Fields notification) {}

    @Override
    public Value.Fields asked(Value.Fields request) {
        Value id = request.values().getOrDefault("id", new Value.Nothing());
        return request.text("method").orElse("").equals("ping")
                ? Rpc.result(id, Value.Fields.EMPTY)
                : Rpc.error(id, Rpc.fault(Rpc.METHOD_NOT_FOUND, "nobody is there to be asked"));
    }
}
