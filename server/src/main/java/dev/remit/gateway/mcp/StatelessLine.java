package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gate.Line;
import dev.remit.gateway.wire.Aside;
import dev.remit.gateway.wire.Logged;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Rpc;
import dev.remit.http.StateSeal;
import dev.remit.mandate.Unanswered;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The line to an agent whose requests stand for themselves. A question ends the request with {@code
 * input_required}; the call waits, and goes on with the request that brings the answer.
 */
final class StatelessLine implements Line {
    private final Aside aside;
    private final Optional<Value> progress;
    private final Parking parking;
    private final StateSeal seal;
    private final Supplier<String> bound;
    private final InstantSource clock;
    private final Supplier<String> tickets;
    private Outgoing outgoing;
    private Value id;

    /**
     * @param bound what a request that comes back must agree in
     * @param tickets gives names that cannot be guessed
     */
    StatelessLine(
            Outgoing outgoing,
            Message.Request request,
            Aside aside,
            Parking parking,
            StateSeal seal,
            Supplier<String> bound,
            InstantSource clock,
            Supplier<String> tickets) {
        this.outgoing = outgoing;
        this.id = request.id();
        this.aside = aside;
        this.progress = Rpc.meta(request.params()).get(Meta.PROGRESS);
        this.parking = parking;
        this.seal = seal;
        this.bound = bound;
        this.clock = clock;
        this.tickets = tickets;
    }

    @Override
    public Value.Fields aside() {
        return aside.fields();
    }

    @Override
    public void tell(Value.Fields notification) {
        Value.Fields params = Rpc.params(notification);
        switch (notification.text("method").orElse("")) {
            case "notifications/progress" ->
                    progress.ifPresent(
                            token ->
                                    outgoing.tell(
                                            Rpc.notification(
                                                    "notifications/progress",
                                                    params.with(Meta.PROGRESS, token))));
            case "notifications/message" -> {
                if (Logged.isWanted(params.text("level").orElse(""), aside.logLevel())) {
                    outgoing.tell(notification);
                }
            }
            default -> {}
        }
    }

    @Override
    public Optional<Value.Fields> ask(Value.Fields request) {
        String ticket = tickets.get();
        if (!Asking.may(aside.capabilities(), request) || !parking.enter(ticket)) {
            return Optional.empty();
        }
        Value.Fields state = Value.object().put("parked", ticket).build();
        Value.Fields result =
                Value.object()
                        .put("resultType", "input_required")
                        .put("inputRequests", Value.object().put("input", request).build())
                        .put(
                                "requestState",
                                seal.seal(state, bound.get(), clock.instant(), Unanswered.LIFE))
                        .build();
        finish(200, Rpc.result(id, result));
        Optional<Parking.Return> back = parking.await(ticket);
        back.ifPresent(
                with -> {
                    outgoing = with.outgoing();
                    id = with.id();
                });
        return back.flatMap(with -> with.responses().fields("input"));
    }

    @Override
    public void whenCancelled(Runnable then) {
        Outgoing now = outgoing;
        now.whenGone(then);
    }

    Value id() {
        return id;
    }

    void finish(int status, Value.Fields message) {
        outgoing.finish(status, message);
    }
}
