package dev.remit.gateway.upstream;

import dev.remit.call.Call;
import dev.remit.call.Outcome;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gate.Line;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.wire.Aside;
import dev.remit.gateway.wire.Extensions;
import dev.remit.gateway.wire.Rpc;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Carries one permitted call to its upstream and brings back how it ended. The message is built
 * from the call that was judged, never from the agent's bytes.
 *
 * <p>An answer is kept as {@code {"result": …}} or {@code {"error": …}}, as the upstream gave it.
 */
final class Courier {
    private static final int MOST_ROUNDS = 8;

    private final Provider provider;
    private final Guest agent;
    private final Call call;
    private final Line line;
    private final InstantSource clock;
    private final Instant start;

    Courier(Provider provider, Guest agent, Call call, Line line, InstantSource clock) {
        this.provider = provider;
        this.agent = agent;
        this.call = call;
        this.line = line;
        this.clock = clock;
        this.start = clock.instant();
    }

    Outcome carry() {
        Aside aside = Aside.of(line.aside());
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Reply reply = send(aside);
            if (!(reply instanceof Reply.Result(Value.Fields result))) {
                return ended(reply);
            }
            String type = result.text("resultType").orElse("complete");
            if (type.equals("complete")) {
                return mayAskAll(result, aside) ? ended(reply) : unanswerable(); // a task asks so
            }
            if (type.equals("task") && mayBegin(aside)) {
                return ended(reply);
            }
            if (type.equals("input_required") && aside.stateless()) {
                return mayAskAll(result, aside)
                        ? new Outcome.Asked(Value.object().put("result", result).build(), took())
                        : unanswerable();
            }
            if (!type.equals("input_required")) {
                return new Outcome.Unknown("it answered with a result of an unknown type", took());
            }
            Optional<Value.Fields> responses = ask(result, aside);
            if (responses.isEmpty()) {
                return unanswerable();
            }
            aside = aside.answering(responses.get(), result.text("requestState"));
        }
        return inWords("The upstream asked for input again and again.");
    }

    private static boolean mayBegin(Aside aside) {
        return aside.stateless() && Extensions.has(aside.capabilities(), Extensions.TASKS);
    }

    private boolean mayAskAll(Value.Fields result, Aside aside) {
        return result.fields("inputRequests").orElse(Value.Fields.EMPTY).values().values().stream()
                .allMatch(
                        request ->
                                request instanceof Value.Fields asked
                                        && mayAsk(asked.text("method").orElse(""), aside));
    }

    private Outcome unanswerable() {
        return inWords("The upstream needs input that this client cannot be asked for.");
    }

    private Outcome inWords(String text) {
        return call.tool().name().startsWith(Tool.METHOD)
                ? answered("error", Rpc.fault(Rpc.INTERNAL_ERROR, text), true)
                : answered("result", Said.error(text), true);
    }

    /** Sends one round; what was provably not taken is sent once more where that may help. */
    private Reply send(Aside aside) {
        Reply reply = attempt(aside);
        boolean headers =
                reply instanceof Reply.Fault(Value.Fields error)
                        && error.whole("code").orElse(0) == Rpc.HEADER_MISMATCH;
        if (headers) {
            provider.expireCatalogue();
        }
        return headers || reply instanceof Reply.Gone ? attempt(aside) : reply;
    }

    private Reply attempt(Aside aside) {
        try {
            Peer peer = provider.peer(agent);
            String name = call.tool().name();
            boolean tool = !name.startsWith(Tool.METHOD);
            String method = tool ? "tools/call" : name.substring(Tool.METHOD.length());
            if (method.equals("resources/subscribe") && !peer.greeting().revision().hasSessions()) {
                return new Reply.Result(Value.Fields.EMPTY); // listening does it there
            }
            Value.Fields arguments = call.arguments().fields();
            Value.Fields params =
                    tool
                            ? Value.object().put("name", name).put("arguments", arguments).build()
                            : arguments;
            Map<String, String> headers =
                    tool && !peer.greeting().revision().hasSessions()
                            ? provider.catalogue(agent).headers(name).headers(arguments)
                            : Map.of();
            Reply reply = request(peer, method, params, headers, aside);
            if (reply instanceof Reply.Gone) {
                provider.drop(agent, peer);
            }
            return reply;
        } catch (UpstreamUnavailable e) {
            return new Reply.NotTaken(String.valueOf(e.getMessage()));
        }
    }

    private Reply request(
            Peer peer,
            String method,
            Value.Fields params,
            Map<String, String> headers,
            Aside aside) {
        Ear ear = new Telling(aside);
        if (!peer.greeting().revision().hasSessions()) {
            return peer.request(method, params, headers, aside, ear);
        }
        Runnable over = provider.listeners().underWay(agent, ear);
        try {
            return peer.request(method, params, headers, aside, ear);
        } finally {
            over.run();
        }
    }

    private Outcome ended(Reply reply) {
        return switch (reply) {
            case Reply.Result(Value.Fields result) ->
                    answered("result", result, result.flag("isError"));
            case Reply.Fault(Value.Fields error) -> answered("error", error, true);
            case Reply.NotTaken(String why) -> new Outcome.Failed(why, took());
            case Reply.Gone(String why) -> new Outcome.Failed(why, took());
            case Reply.Lost(String why) -> new Outcome.Unknown(why, took());
        };
    }

    private Outcome answered(String kind, Value.Fields content, boolean erred) {
        return new Outcome.Answered(Value.object().put(kind, content).build(), took(), erred);
    }

    private Duration took() {
        return Duration.between(start, clock.instant());
    }

    /** Has the agent answer everything the upstream asks for; empty if it cannot. */
    private Optional<Value.Fields> ask(Value.Fields result, Aside aside) {
        Map<String, Value> responses = new LinkedHashMap<>();
        Value.Fields requests = result.fields("inputRequests").orElse(Value.Fields.EMPTY);
        for (Map.Entry<String, Value> request : requests.values().entrySet()) {
            if (!(request.getValue() instanceof Value.Fields asked)
                    || !mayAsk(asked.text("method").orElse(""), aside)) {
                return Optional.empty();
            }
            Optional<Value.Fields> response = line.ask(asked);
            if (response.isEmpty()) {
                return Optional.empty();
            }
            responses.put(request.getKey(), response.get());
        }
        return Optional.of(new Value.Fields(responses));
    }

    private boolean mayAsk(String method, Aside aside) {
        Value.Fields passedOn = Peer.passedOn(aside.capabilities(), provider.settings().terms());
        return switch (method) {
            case "elicitation/create" -> passedOn.get("elicitation").isPresent();
            case "sampling/createMessage" -> passedOn.get("sampling").isPresent();
            case "roots/list" -> passedOn.get("roots").isPresent();
            default -> false;
        };
    }

    /** Passes on what the upstream says and asks while the call is under way. */
    private final class Telling implements Ear {
        private final Aside aside;

        Telling(Aside aside) {
            this.aside = aside;
        }

        @Override
        public void notified(Value.Fields notification) {
            line.tell(notification);
        }

        @Override
        public Value.Fields asked(Value.Fields request) {
            Value id = request.values().getOrDefault("id", new Value.Nothing());
            String method = request.text("method").orElse("");
            if (!mayAsk(method, aside)) {
                return new Deaf().asked(request);
            }
            Value.Fields question =
                    Value.object().put("method", method).put("params", Rpc.params(request)).build();
            return line.ask(question)
                    .map(answer -> Rpc.result(id, answer))
                    .orElseGet(() -> new Deaf().asked(request));
        }

        @Override
        public void cancelledBy(Runnable cancel) {
            line.whenCancelled(cancel);
        }
    }
}
