package dev.remit.gateway.mcp;

import dev.remit.call.Arguments;
import dev.remit.call.CallId;
import dev.remit.call.Outcome;
import dev.remit.call.Value;
import dev.remit.gate.Answer;
import dev.remit.gate.Clerk;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.upstream.Catalogue;
import dev.remit.gateway.upstream.Upstreams;
import dev.remit.gateway.wire.Aside;
import dev.remit.gateway.wire.Logged;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Revision;
import dev.remit.gateway.wire.Rpc;
import dev.remit.gateway.wire.ToolHeaders;
import dev.remit.http.Challenge;
import dev.remit.http.Exchange;
import dev.remit.http.StateSeal;
import dev.remit.identity.Caller;
import dev.remit.mandate.Unanswered;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Serves requests of the revision without sessions: each stands for itself. */
final class Stateless {
    private static final long LIST_LIFE_MILLIS = 5_000; // a mandate may change at any time

    private final Desk desk;
    private final Clerk clerk;
    private final Upstreams upstreams;
    private final Lists lists;
    private final StateSeal seal;
    private final Tasks tasks;
    private final Challenge challenge;
    private final InstantSource clock;
    private final Supplier<String> tickets;
    private final Parking parking = new Parking();

    Stateless(
            Desk desk,
            Clerk clerk,
            Upstreams upstreams,
            StateSeal seal,
            Challenge challenge,
            InstantSource clock,
            Supplier<String> tickets) {
        this.desk = desk;
        this.clerk = clerk;
        this.upstreams = upstreams;
        this.lists = new Lists(clerk, upstreams);
        this.seal = seal;
        this.challenge = challenge;
        this.tasks = new Tasks(seal, clock);
        this.clock = clock;
        this.tickets = tickets;
    }

    void serve(Exchange exchange, Caller caller, Scope scope, Message.Request request) {
        Headers.check(exchange, request);
        Outgoing outgoing = new Outgoing(exchange);
        if (request.method().equals("server/discover")) {
            finish(outgoing, request, discover(caller, scope));
        } else if (Lists.isList(request.method())) {
            finish(outgoing, request, lists.list(caller, scope, request));
        } else if (request.method().equals("subscriptions/listen")) {
            listen(outgoing, caller, scope, request);
        } else if (request.method().equals("resources/subscribe")) {
            throw unknown(request);
        } else {
            Wanted wanted =
                    Tasks.isAbout(request.method())
                            ? tasks.wanted(caller, scope, request)
                            : Wanted.of(scope, request).orElseThrow(() -> unknown(request));
            call(exchange, outgoing, caller, request, wanted);
        }
    }

    private static Rejected unknown(Message.Request request) {
        return Rejected.unreadable(
                404, request.id(), Rpc.METHOD_NOT_FOUND, "there is no such method here");
    }

    private Told.Ending discover(Caller caller, Scope scope) {
        try {
            Profile profile = Profile.of(scope, upstreams, clerk.party(caller), false);
            return new Told.Ending.Result(
                    Value.object()
                            .put(
                                    "supportedVersions",
                                    Value.ofTexts(List.of(Revision.STATELESS.text())))
                            .put("capabilities", profile.capabilities())
                            .putIf("instructions", profile.instructions().map(Value::of))
                            .build());
        } catch (UpstreamUnavailable e) {
            return new Told.Ending.Fault(
                    Rpc.fault(Rpc.INTERNAL_ERROR, String.valueOf(e.getMessage())));
        }
    }

    private void call(
            Exchange exchange,
            Outgoing outgoing,
            Caller caller,
            Message.Request request,
            Wanted wanted) {
        checkParameters(exchange, caller, request, wanted);
        Supplier<String> bound = () -> bound(caller, wanted);
        Optional<Value.Fields> state = state(request, bound);
        Optional<Value.Fields> responses = responses(request);
        Optional<String> ticket = state.flatMap(one -> one.text("parked"));
        if (ticket.isPresent()) {
            Parking.Return back =
                    new Parking.Return(
                            outgoing, request.id(), responses.orElse(Value.Fields.EMPTY));
            if (!parking.comeBack(ticket.get(), back)) {
                throw stateRefused(request);
            }
            return; // the call that waited answers on its own thread
        }
        Value.Fields meta = Rpc.meta(request.params());
        Aside aside =
                new Aside(
                        true,
                        meta.fields(Meta.CAPABILITIES).orElse(Value.Fields.EMPTY),
                        meta.get(Meta.PROGRESS).isPresent(),
                        meta.text(Meta.LOG_LEVEL).filter(Logged::isLevel),
                        responses.filter(_ -> !Tasks.isAbout(request.method())),
                        state.flatMap(one -> one.text("state")));
        StatelessLine line =
                new StatelessLine(outgoing, request, aside, parking, seal, bound, clock, tickets);
        Optional<CallId> continues = state.flatMap(one -> one.text("call")).map(CallId::new);
        Answer answer = desk.call(caller, wanted, continues, line);
        outgoing.challengeIf(answer, challenge);
        Told.Ending ending =
                tasks.named(
                        sealed(answer, desk.told(wanted, answer), bound), caller, wanted.tool());
        line.finish(status(ending), message(line.id(), dressed(ending, request.method())));
    }

    private static Optional<Value.Fields> responses(Message.Request request) {
        Optional<Value> sent = request.params().get("inputResponses");
        boolean shaped =
                sent.isEmpty()
                        || (sent.get() instanceof Value.Fields all
                                && all.values().values().stream()
                                        .allMatch(Value.Fields.class::isInstance));
        if (!shaped) {
            throw Rejected.unreadable(
                    400,
                    request.id(),
                    Rpc.INVALID_PARAMS,
                    "`inputResponses` must be an object of objects");
        }
        return request.params().fields("inputResponses");
    }

    private void checkParameters(
            Exchange exchange, Caller caller, Message.Request request, Wanted wanted) {
        if (!wanted.isTool() || !clerk.couldAllow(caller, wanted.tool())) {
            return; // what an agent may not call, it does not learn about
        }
        ToolHeaders headers;
        try {
            headers =
                    upstreams
                            .catalogue(wanted.tool().upstream(), clerk.party(caller))
                            .map((Catalogue one) -> one.headers(wanted.tool().name()))
                            .orElse(ToolHeaders.NONE);
        } catch (UpstreamUnavailable _) {
            return; // the gate says so
        }
        headers.mismatch(wanted.arguments(), exchange::headers)
                .ifPresent(
                        what -> {
                            throw Headers.mismatch(request.id(), what);
                        });
    }

    /** What a request that comes back must agree in; most calls end without needing it. */
    private static String bound(Caller caller, Wanted wanted) {
        return caller.instance().id()
                + "\n"
                + caller.mandate().map(id -> id.text()).orElse("")
                + "\n"
                + wanted.tool()
                + "\n"
                + new Arguments(wanted.arguments()).digest().base64Url();
    }

    private Optional<Value.Fields> state(Message.Request request, Supplier<String> bound) {
        Optional<Value> sent = request.params().get("requestState");
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        Optional<Value.Fields> state =
                sent.get() instanceof Value.Text(String text)
                        ? seal.open(text, bound.get(), clock.instant())
                        : Optional.empty();
        if (state.isEmpty()) {
            throw stateRefused(request);
        }
        return state;
    }

    private static Rejected stateRefused(Message.Request request) {
        return Rejected.unreadable(
                400,
                request.id(),
                Rpc.INVALID_PARAMS,
                "`requestState` is not for this call, or too old; start the call again");
    }

    /** Which call the answer is for, and what the upstream wants back, travel sealed. */
    private Told.Ending sealed(Answer answer, Told.Ending ending, Supplier<String> bound) {
        if (!(answer instanceof Answer.Ended(CallId call, Outcome.Asked _))
                || !(ending instanceof Told.Ending.Result one)) {
            return ending;
        }
        Value.Fields kept =
                Value.object()
                        .put("call", call.text())
                        .putIf("state", one.result().text("requestState").map(Value::of))
                        .build();
        return new Told.Ending.Result(
                one.result()
                        .with(
                                "requestState",
                                Value.of(
                                        seal.seal(
                                                kept,
                                                bound.get(),
                                                clock.instant(),
                                                Unanswered.LIFE))));
    }

    private void listen(Outgoing outgoing, Caller caller, Scope scope, Message.Request request) {
        if (!outgoing.canStream()) {
            throw Rejected.unreadable(
                    406,
                    request.id(),
                    Rpc.INVALID_REQUEST,
                    "listening needs `Accept: text/event-stream`");
        }
        Value.Fields filter = Listening.filter(desk, caller, scope, request);
        Watch watch = new Watch(clerk, caller, filter, false);
        Held held = new Held(outgoing, one -> Listening.tagged(one, request.id()));
        scope.upstreams()
                .forEach(upstream -> held.listen(upstreams, upstream, clerk.party(caller), filter));
        outgoing.tell(Listening.acknowledged(filter, request.id()));
        held.run(watch, () -> {});
        Value.Fields tag = Value.object().put(Meta.SUBSCRIPTION, request.id()).build();
        Value.Fields result =
                Value.object().put("resultType", "complete").put(Meta.NAME, tag).build();
        outgoing.finish(200, Rpc.result(request.id(), result));
    }

    private static void finish(Outgoing outgoing, Message.Request request, Told.Ending ending) {
        outgoing.finish(status(ending), message(request.id(), dressed(ending, request.method())));
    }

    private static Value.Fields message(Value id, Told.Ending ending) {
        return switch (ending) {
            case Told.Ending.Result one -> Rpc.result(id, one.result());
            case Told.Ending.Fault one -> Rpc.error(id, one.error());
        };
    }

    /** Adds what the revision wants in every result, and takes out codes that it forbids. */
    private static Told.Ending dressed(Told.Ending ending, String method) {
        return switch (ending) {
            case Told.Ending.Fault one -> new Told.Ending.Fault(Codes.withoutSession(one.error()));
            case Told.Ending.Result one -> {
                Value.Fields result = one.result();
                if (result.get("resultType").isEmpty()) {
                    result = result.with("resultType", Value.of("complete"));
                }
                boolean listed = Lists.isList(method) || method.equals("server/discover");
                if (listed || method.equals("resources/read")) {
                    long life = listed ? LIST_LIFE_MILLIS : result.whole("ttlMs").orElse(0);
                    result =
                            result.with("ttlMs", Value.of(Math.max(0, life)))
                                    .with("cacheScope", Value.of("private"));
                }
                Value.Fields meta = Rpc.meta(result);
                if (meta.get(Meta.SERVER).isEmpty()) {
                    result = result.with(Meta.NAME, meta.with(Meta.SERVER, Meta.GATEWAY));
                }
                yield new Told.Ending.Result(result);
            }
        };
    }

    private static int status(Told.Ending ending) {
        return switch (ending) {
            case Told.Ending.Result _ -> 200;
            case Told.Ending.Fault one -> Codes.status(one.error());
        };
    }
}
