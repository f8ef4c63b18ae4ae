package dev.remit.gateway.mcp;

import dev.remit.call.CallId;
import dev.remit.call.Value;
import dev.remit.gate.Clerk;
import dev.remit.gate.Gate;
import dev.remit.gateway.upstream.Upstreams;
import dev.remit.gateway.wire.Rpc;
import dev.remit.http.BodyTooLarge;
import dev.remit.http.Challenge;
import dev.remit.http.Edge;
import dev.remit.http.Exchange;
import dev.remit.http.StateSeal;
import dev.remit.http.WebServer;
import dev.remit.identity.Caller;
import dev.remit.identity.Doubt;
import dev.remit.identity.Introduction;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for agents that speak the Model Context Protocol, at {@code /mcp} and {@code
 * /mcp/{upstream}}. Who asks is known before the body is read; the body is read once; what cannot
 * be read is refused and written down.
 */
public final class McpEdge implements Edge, AutoCloseable {
    /** The longest body that is read, if nothing else is configured. */
    public static final int USUAL_BODY = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(McpEdge.class);
    private static final int NAME_BYTES = 24;

    private final Function<Exchange, Introduction> door;
    private final Ledger ledger;
    private final Upstreams upstreams;
    private final InstantSource clock;
    private final Supplier<CallId> ids;
    private final Challenge challenge;
    private final int mostBody;
    private final Stateless stateless;
    private final Stateful stateful;

    /**
     * What an edge is made from.
     *
     * @param pages the origin that people use; empty if there are no pages for them
     */
    public record Parts(
            Function<Exchange, Introduction> door,
            Gate gate,
            Clerk clerk,
            Ledger ledger,
            Upstreams upstreams,
            InstantSource clock,
            Supplier<CallId> ids,
            SecureRandom dice,
            StateSeal seal,
            Optional<String> pages) {}

    /**
     * @param origin the gateway's own origin, {@code scheme://host:port}, as agents reach it
     * @param mostBody the longest body that is read, in bytes
     */
    public McpEdge(Parts parts, String origin, int mostBody) {
        this.door = parts.door();
        this.ledger = parts.ledger();
        this.upstreams = parts.upstreams();
        this.clock = parts.clock();
        this.ids = parts.ids();
        this.challenge = new Challenge(origin);
        this.mostBody = mostBody;
        Supplier<String> names = () -> name(parts.dice());
        Desk desk =
                new Desk(
                        parts.clerk(),
                        parts.gate(),
                        upstreams,
                        clock,
                        ids,
                        new Told(parts.pages()),
                        new Usher(parts.pages(), parts.clerk()::isWaiting));
        this.stateless =
                new Stateless(
                        desk, parts.clerk(), upstreams, parts.seal(), challenge, clock, names);
        this.stateful = new Stateful(desk, parts.clerk(), upstreams, challenge, clock, names);
    }

    private static String name(SecureRandom dice) {
        byte[] random = new byte[NAME_BYTES];
        dice.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    @Override
    public void answer(Exchange exchange) {
        switch (door.apply(exchange)) {
            case Introduction.Stranger stranger -> challenge(exchange, stranger.doubt());
            case Introduction.Known known -> serve(exchange, known.caller());
        }
    }

    private void challenge(Exchange exchange, Doubt doubt) {
        if (doubt == Doubt.UNCHECKED) {
            exchange.answer(503, WebServer.problem(doubt.sentence()));
            return;
        }
        challenge.add(exchange, doubt);
        exchange.answer(Challenge.STATUS, WebServer.problem(doubt.sentence()));
    }

    private void serve(Exchange exchange, Caller caller) {
        Optional<Scope> scope = Scope.of(exchange.path(), upstreams.names());
        if (scope.isEmpty()) {
            exchange.answer(404, WebServer.problem("there is no such upstream"));
            return;
        }
        switch (exchange.method()) {
            case "POST" -> post(exchange, caller, scope.get());
            case "GET" -> stateful.hold(exchange, caller, scope.get());
            case "DELETE" -> stateful.end(exchange, caller);
            default -> {
                exchange.addHeader("Allow", "POST, GET, DELETE");
                exchange.answer(405, WebServer.problem("this method is not served here"));
            }
        }
    }

    private void post(Exchange exchange, Caller caller, Scope scope) {
        try {
            Headers.checkContent(exchange);
            Message message = Message.read(body(exchange));
            if (!Headers.isStateless(exchange, message)) {
                stateful.serve(exchange, caller, scope, message);
                return;
            }
            switch (message) {
                case Message.Request request -> stateless.serve(exchange, caller, scope, request);
                case Message.Notice _ -> exchange.answer(202, Map.of(), new byte[0]);
                case Message.Response _ ->
                        throw Rejected.unreadable(
                                400,
                                new Value.Nothing(),
                                Rpc.INVALID_REQUEST,
                                "nothing was asked; answers travel in `inputResponses`");
            }
        } catch (Rejected rejected) {
            record(caller, rejected);
            exchange.answer(rejected.status(), rejected.message());
        }
    }

    private byte[] body(Exchange exchange) {
        try {
            return exchange.body(mostBody);
        } catch (BodyTooLarge e) {
            throw Rejected.tooLarge(mostBody);
        }
    }

    /** Writes down what was not read; the refusal stands in any case. */
    private void record(Caller caller, Rejected rejected) {
        Event event =
                new Event.CallUnreadable(
                        ids.get(),
                        caller.instance().id(),
                        caller.agent(),
                        rejected.refusal().code(),
                        rejected.detail());
        try {
            ledger.append(event, clock.instant());
        } catch (LedgerUnavailable e) {
            LOG.warn("a refusal could not be written down: {}", e.getMessage());
        }
    }

    /** Ends what agents hold open. */
    @Override
    public void close() {
        stateful.close();
    }
}
