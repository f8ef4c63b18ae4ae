package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import dev.remit.gateway.wire.Aside;
import dev.remit.gateway.wire.Extensions;
import dev.remit.gateway.wire.HeaderText;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Revision;
import dev.remit.gateway.wire.Rpc;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One upstream as one agent's calls meet it: a wire, and the revision that is spoken over it. */
final class Peer implements AutoCloseable {
    static final String VERSION_HEADER = "MCP-Protocol-Version";
    static final String LISTEN = "subscriptions/listen";
    private static final Duration FOREVER = Duration.ofHours(24);

    private final Wire wire;
    private final UpstreamSettings.Terms terms;
    private final Greeting greeting;
    private final AtomicLong ids;

    Peer(Wire wire, UpstreamSettings.Terms terms, Greeting greeting, AtomicLong ids) {
        this.wire = wire;
        this.terms = terms;
        this.greeting = greeting;
        this.ids = ids;
    }

    Greeting greeting() {
        return greeting;
    }

    boolean isOpen() {
        return wire.isOpen();
    }

    /**
     * Makes a request.
     *
     * @param headers repeated arguments, for transports with headers
     */
    Reply request(
            String method, Value.Fields params, Map<String, String> headers, Aside aside, Ear ear) {
        long id = ids.incrementAndGet();
        Value.Fields meta = meta(id, aside);
        Value.Fields whole = params;
        if (!greeting.revision().hasSessions()) {
            if (aside.inputResponses().isPresent()) {
                whole = whole.with("inputResponses", aside.inputResponses().get());
            }
            if (aside.requestState().isPresent()) {
                whole = whole.with("requestState", Value.of(aside.requestState().get()));
            }
        }
        if (!meta.values().isEmpty()) {
            whole = whole.with(Meta.NAME, meta);
        }
        Value.Fields request = Rpc.request(Value.of(id), method, whole);
        Duration silence = method.equals(LISTEN) ? FOREVER : terms.silence();
        Reply reply = wire.exchange(request, headers(method, params, headers), ear, silence);
        if (reply instanceof Reply.Lost && wire instanceof HttpWire && isOnSession()) {
            Value.Fields cancelled =
                    Value.object().put("requestId", id).put("reason", "given up").build();
            send(Rpc.notification("notifications/cancelled", cancelled));
        }
        return reply;
    }

    private boolean isOnSession() {
        return greeting.revision().hasSessions();
    }

    /** Sends what has no answer; only sessions have such things. */
    void send(Value.Fields message) {
        wire.send(
                message, headers(message.text("method").orElse(""), Value.Fields.EMPTY, Map.of()));
    }

    private Value.Fields meta(long id, Aside aside) {
        Value.Building meta = Value.object();
        if (aside.progress()) {
            meta.put(Meta.PROGRESS, id);
        }
        if (greeting.revision().hasSessions()) {
            return meta.build();
        }
        aside.logLevel().ifPresent(level -> meta.put(Meta.LOG_LEVEL, level));
        return meta.put(Meta.VERSION, greeting.revision().text())
                .put(Meta.CLIENT, Meta.GATEWAY)
                .put(Meta.CAPABILITIES, passedOn(aside.capabilities(), terms))
                .build();
    }

    /** What an upstream is told the agent's client can do: never more than it said. */
    static Value.Fields passedOn(Value.Fields declared, UpstreamSettings.Terms terms) {
        return Value.object()
                .putIf("elicitation", declared.fields("elicitation"))
                .putIf("sampling", declared.fields("sampling").filter(_ -> terms.sampling()))
                .putIf("roots", declared.fields("roots").filter(_ -> terms.roots()))
                .putIf(
                        "extensions",
                        Optional.of(Extensions.known(declared))
                                .filter(known -> !known.values().isEmpty()))
                .build();
    }

    private Map<String, String> headers(
            String method, Value.Fields params, Map<String, String> more) {
        Revision revision = greeting.revision();
        if (revision.hasSessions()) {
            return revision.namesItselfInHeaders()
                    ? Map.of(VERSION_HEADER, revision.text())
                    : Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put(VERSION_HEADER, revision.text());
        headers.put("Mcp-Method", method);
        Optional<String> name =
                switch (method) {
                    case "tools/call", "prompts/get" -> params.text("name");
                    case "resources/read" -> params.text("uri");
                    case "tasks/get", "tasks/update", "tasks/cancel" -> params.text("taskId");
                    default -> Optional.empty();
                };
        name.ifPresent(text -> headers.put("Mcp-Name", HeaderText.encode(text)));
        return headers;
    }

    /** Hears what an upstream with sessions says between requests, until it stops. */
    void hearBetweenRequests(Ear ear) {
        if (wire instanceof HttpWire http && http.hasSession()) {
            Reply _ = http.hear(headers("", Value.Fields.EMPTY, Map.of()), ear);
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
