package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Revision;
import dev.remit.gateway.wire.Rpc;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Finds out which revision an upstream speaks: the newest first; whatever else than a proper answer
 * to that comes, a session is tried.
 */
final class Greeter {
    private static final Duration PROBE = Duration.ofSeconds(10);
    private static final String OLDEST = "2024-11-05"; // the next one, as far as it is used here
    private static final Duration START = Duration.ofSeconds(60);

    private final UpstreamSettings settings;
    private final AtomicLong ids;

    Greeter(UpstreamSettings settings, AtomicLong ids) {
        this.settings = settings;
        this.ids = ids;
    }

    /**
     * Greets the upstream over a fresh wire.
     *
     * @param known what it spoke the last time; tried first, and doubted if it fails
     */
    Greeting greet(Wire wire, Optional<Revision> known) {
        Reply first;
        if (known.filter(Revision::hasSessions).isPresent()) {
            first = initialize(wire);
            Optional<Greeting> session = session(wire, first);
            if (session.isPresent()) {
                return session.get();
            }
        } else {
            first = discover(wire, PROBE);
            Optional<Greeting> stateless = stateless(first);
            if (stateless.isPresent()) {
                return stateless.get();
            }
            if (first instanceof Reply.NotTaken(String why) && why.startsWith("it cannot be")) {
                throw unavailable(first);
            }
            first = wire.isOpen() ? initialize(wire) : first;
            Optional<Greeting> session = session(wire, first);
            if (session.isPresent()) {
                return session.get();
            }
        }
        Optional<Greeting> last =
                wire.isOpen() ? stateless(discover(wire, START)) : Optional.empty();
        return last.orElseThrow(unavailableAfter(first));
    }

    private Reply discover(Wire wire, Duration patience) {
        Value.Fields meta =
                Value.object()
                        .put(Meta.VERSION, Revision.STATELESS.text())
                        .put(Meta.CLIENT, Meta.GATEWAY)
                        .put(Meta.CAPABILITIES, Value.Fields.EMPTY)
                        .build();
        Value.Fields params = Value.object().put(Meta.NAME, meta).build();
        Map<String, String> headers =
                Map.of(
                        Peer.VERSION_HEADER,
                        Revision.STATELESS.text(),
                        "Mcp-Method",
                        "server/discover");
        return wire.exchange(
                Rpc.request(Value.of(ids.incrementAndGet()), "server/discover", params),
                headers,
                new Deaf(),
                patience);
    }

    private static Optional<Greeting> stateless(Reply reply) {
        return reply instanceof Reply.Result(Value.Fields says)
                        && says.items("supportedVersions")
                                .contains(Value.of(Revision.STATELESS.text()))
                ? Optional.of(new Greeting(Revision.STATELESS, says))
                : Optional.empty();
    }

    private Reply initialize(Wire wire) {
        Value.Building capabilities =
                Value.object()
                        .put(
                                "elicitation",
                                Value.object()
                                        .put("form", Value.Fields.EMPTY)
                                        .put("url", Value.Fields.EMPTY)
                                        .build());
        if (settings.terms().sampling()) {
            capabilities.put("sampling", Value.Fields.EMPTY);
        }
        if (settings.terms().roots()) {
            capabilities.put("roots", Value.Fields.EMPTY);
        }
        Value.Fields params =
                Value.object()
                        .put("protocolVersion", Revision.LAST_WITH_SESSIONS.text())
                        .put("capabilities", capabilities.build())
                        .put("clientInfo", Meta.GATEWAY)
                        .build();
        return wire.exchange(
                Rpc.request(Value.of(ids.incrementAndGet()), "initialize", params),
                Map.of(),
                new Deaf(),
                START);
    }

    private static Optional<Greeting> session(Wire wire, Reply reply) {
        if (!(reply instanceof Reply.Result(Value.Fields says))) {
            return Optional.empty();
        }
        Optional<Revision> revision =
                says.text("protocolVersion")
                        .map(one -> one.equals(OLDEST) ? Revision.V2025_03_26.text() : one)
                        .flatMap(Revision::of)
                        .filter(Revision::hasSessions);
        if (revision.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers =
                revision.get().namesItselfInHeaders()
                        ? Map.of(Peer.VERSION_HEADER, revision.get().text())
                        : Map.of();
        wire.send(Rpc.notification("notifications/initialized", Value.Fields.EMPTY), headers);
        return Optional.of(new Greeting(revision.get(), says));
    }

    private Supplier<UpstreamUnavailable> unavailableAfter(Reply reply) {
        return () -> unavailable(reply);
    }

    private UpstreamUnavailable unavailable(Reply reply) {
        String why =
                switch (reply) {
                    case Reply.Result _ -> "it speaks no revision that is spoken here";
                    case Reply.Fault(Value.Fields error) -> error.text("message").orElse("");
                    case Reply.NotTaken(String said) -> said;
                    case Reply.Gone(String said) -> said;
                    case Reply.Lost(String said) -> said;
                };
        return new UpstreamUnavailable(
                "The upstream `" + settings.name() + "` cannot be used: " + why + ".");
    }
}
