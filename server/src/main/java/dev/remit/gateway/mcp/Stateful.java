package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gate.Answer;
import dev.remit.gate.Clerk;
import dev.remit.gate.Party;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.upstream.Upstreams;
import dev.remit.gateway.upstream.Upstreams.Question;
import dev.remit.gateway.wire.Logged;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Revision;
import dev.remit.gateway.wire.Rpc;
import dev.remit.http.Challenge;
import dev.remit.http.Exchange;
import dev.remit.identity.Caller;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Serves the revisions with sessions. */
final class Stateful {
    private static final byte[] NOTHING = new byte[0];

    private final Desk desk;
    private final Clerk clerk;
    private final Upstreams upstreams;
    private final Lists lists;
    private final Challenge challenge;
    private final InstantSource clock;
    private final Supplier<String> names;
    private final Sessions sessions = new Sessions();

    /**
     * @param names gives names that cannot be guessed
     */
    Stateful(
            Desk desk,
            Clerk clerk,
            Upstreams upstreams,
            Challenge challenge,
            InstantSource clock,
            Supplier<String> names) {
        this.desk = desk;
        this.clerk = clerk;
        this.upstreams = upstreams;
        this.challenge = challenge;
        this.lists = new Lists(clerk, upstreams);
        this.clock = clock;
        this.names = names;
    }

    void serve(Exchange exchange, Caller caller, Scope scope, Message message) {
        switch (message) {
            case Message.Request request -> {
                if (request.method().equals("initialize")) {
                    initialize(exchange, caller, scope, request);
                } else {
                    Session session = session(exchange, caller, request.id());
                    request(new Outgoing(exchange), session, caller, scope, request);
                }
            }
            case Message.Notice notice -> {
                Session session = session(exchange, caller, new Value.Nothing());
                if (notice.method().equals("notifications/cancelled")) {
                    notice.params().get("requestId").ifPresent(session::cancel);
                }
                exchange.answer(202, Map.of(), NOTHING);
            }
            case Message.Response response -> {
                session(exchange, caller, new Value.Nothing()).answered(response);
                exchange.answer(202, Map.of(), NOTHING);
            }
        }
    }

    private void initialize(
            Exchange exchange, Caller caller, Scope scope, Message.Request request) {
        Outgoing outgoing = new Outgoing(exchange);
        Revision revision =
                request.params()
                        .text("protocolVersion")
                        .flatMap(Revision::of)
                        .filter(Revision::hasSessions)
                        .orElse(Revision.LAST_WITH_SESSIONS);
        try {
            Profile profile = Profile.of(scope, upstreams, clerk.party(caller), true);
            Session session =
                    sessions.open(
                            names.get(),
                            caller,
                            exchange.path(),
                            revision,
                            request.params().fields("capabilities").orElse(Value.Fields.EMPTY),
                            clock.instant());
            exchange.addHeader(Headers.SESSION, session.name());
            Value.Fields result =
                    Value.object()
                            .put("protocolVersion", revision.text())
                            .put("capabilities", profile.capabilities())
                            .put("serverInfo", Meta.GATEWAY)
                            .putIf("instructions", profile.instructions().map(Value::of))
                            .build();
            outgoing.finish(200, Rpc.result(request.id(), result));
        } catch (UpstreamUnavailable e) {
            Value.Fields fault = Rpc.fault(Rpc.INTERNAL_ERROR, String.valueOf(e.getMessage()));
            outgoing.finish(200, Rpc.error(request.id(), fault));
        }
    }

    private Session session(Exchange exchange, Caller caller, Value id) {
        List<String> named = exchange.headers(Headers.SESSION);
        if (named.size() != 1) {
            throw Rejected.unreadable(
                    400,
                    id,
                    Rpc.INVALID_REQUEST,
                    "the header " + Headers.SESSION + " must be there once; `initialize` gives it");
        }
        Session session =
                sessions.find(named.getFirst(), caller, exchange.path(), clock.instant())
                        .orElseThrow(
                                () ->
                                        Rejected.unreadable(
                                                404,
                                                id,
                                                Rpc.SESSION_UNKNOWN,
                                                "there is no such session; start another with"
                                                        + " `initialize`"));
        checkVersion(exchange, session, id);
        return session;
    }

    private static void checkVersion(Exchange exchange, Session session, Value id) {
        List<String> version = exchange.headers(Headers.VERSION);
        if (!version.isEmpty() && !version.equals(List.of(session.revision().text()))) {
            throw Rejected.unreadable(
                    400,
                    id,
                    Rpc.INVALID_REQUEST,
                    "the header " + Headers.VERSION + " is not the session's revision");
        }
    }

    private void request(
            Outgoing outgoing,
            Session session,
            Caller caller,
            Scope scope,
            Message.Request request) {
        Told.Ending ending =
                switch (request.method()) {
                    case "ping" -> nothing();
                    case "logging/setLevel" -> setLevel(session, caller, scope, request);
                    case "resources/unsubscribe" -> unsubscribe(session, caller, scope, request);
                    default ->
                            Lists.isList(request.method())
                                    ? lists.list(caller, scope, request)
                                    : call(outgoing, session, caller, scope, request);
                };
        Value.Fields message =
                switch (ending) {
                    case Told.Ending.Result one ->
                            Rpc.result(request.id(), one.result().without("resultType"));
                    case Told.Ending.Fault one ->
                            Rpc.error(request.id(), Codes.withSession(one.error()));
                };
        outgoing.finish(200, message);
    }

    private Told.Ending call(
            Outgoing outgoing,
            Session session,
            Caller caller,
            Scope scope,
            Message.Request request) {
        Wanted wanted =
                Wanted.of(scope, request)
                        .orElseThrow(
                                () ->
                                        Rejected.unreadable(
                                                200,
                                                request.id(),
                                                Rpc.METHOD_NOT_FOUND,
                                                "there is no such method here"));
        SessionLine line = new SessionLine(session, outgoing, request);
        session.begin(request.id());
        try {
            Answer answer = desk.call(caller, wanted, line);
            outgoing.challengeIf(answer, challenge);
            Told.Ending ending = desk.told(wanted, answer);
            if (request.method().equals("resources/subscribe")
                    && ending instanceof Told.Ending.Result) {
                subscribe(session, caller, scope, wanted.arguments());
            }
            return ending;
        } finally {
            session.over(request.id());
        }
    }

    private void subscribe(Session session, Caller caller, Scope scope, Value.Fields arguments) {
        String uri = arguments.text("uri").orElse("");
        session.subscribed().add(uri);
        Value.Fields filter =
                Value.object().put("resourceSubscriptions", Value.ofTexts(List.of(uri))).build();
        session.held()
                .ifPresent(
                        held ->
                                scope.upstreams()
                                        .forEach(
                                                one ->
                                                        held.listen(
                                                                upstreams,
                                                                one,
                                                                clerk.party(caller),
                                                                filter)));
    }

    private Told.Ending unsubscribe(
            Session session, Caller caller, Scope scope, Message.Request request) {
        String uri = request.params().text("uri").orElse("");
        if (session.subscribed().remove(uri)) {
            Value.Fields params = Value.object().put("uri", uri).build();
            scope.upstreams()
                    .forEach(one -> tellQuietly(one, caller, Question.UNSUBSCRIBE, params));
        }
        return nothing();
    }

    private Told.Ending setLevel(
            Session session, Caller caller, Scope scope, Message.Request request) {
        Optional<String> level = request.params().text("level").filter(Logged::isLevel);
        if (level.isEmpty()) {
            throw Rejected.unreadable(
                    200, request.id(), Rpc.INVALID_PARAMS, "`level` must be a level of logging");
        }
        session.setLogLevel(level.get());
        Value.Fields params = Value.object().put("level", level.get()).build();
        scope.upstreams().forEach(one -> tellQuietly(one, caller, Question.LEVEL, params));
        return nothing();
    }

    /** Tells an upstream a preference; that it does not know of such things is fine. */
    private void tellQuietly(
            String upstream, Caller caller, Question question, Value.Fields params) {
        try {
            Value.Fields _ = upstreams.ask(upstream, clerk.party(caller), question, params);
        } catch (UpstreamUnavailable _) {
            // it has nothing to say at the moment in any case
        }
    }

    private static Told.Ending nothing() {
        return new Told.Ending.Result(Value.Fields.EMPTY);
    }

    /** Serves {@code GET}: the stream for what happens between requests. */
    void hold(Exchange exchange, Caller caller, Scope scope) {
        Outgoing outgoing = new Outgoing(exchange);
        Optional<Session> session = find(exchange, caller);
        if (session.isEmpty() || !outgoing.canStream()) {
            exchange.answer(session.isEmpty() ? missing(exchange) : 406, Map.of(), NOTHING);
            return;
        }
        Value.Fields filter = Listening.everything(session.get().subscribed());
        Watch watch = new Watch(clerk, caller, filter, true);
        Held held = new Held(outgoing, one -> one);
        session.get().hold(held);
        outgoing.keepAlive();
        Party party = clerk.party(caller);
        // beside it: an upstream that is slow to begin must not keep the stream from its end
        Thread.ofVirtual()
                .start(
                        () ->
                                scope.upstreams()
                                        .forEach(
                                                one -> held.listen(upstreams, one, party, filter)));
        held.run(watch, () -> session.get().use(clock.instant()));
        outgoing.end();
    }

    /** Serves {@code DELETE}: the agent ends its session. */
    void end(Exchange exchange, Caller caller) {
        Optional<Session> session = find(exchange, caller);
        session.ifPresent(sessions::forget);
        exchange.answer(session.isPresent() ? 200 : missing(exchange), Map.of(), NOTHING);
    }

    private Optional<Session> find(Exchange exchange, Caller caller) {
        return exchange.header(Headers.SESSION)
                .flatMap(name -> sessions.find(name, caller, exchange.path(), clock.instant()));
    }

    /** Without a session there is nothing but requests here. */
    private static int missing(Exchange exchange) {
        return exchange.headers(Headers.SESSION).isEmpty() ? 405 : 404;
    }

    void close() {
        sessions.endAll();
    }
}
