package dev.remit.gateway.upstream;

import dev.remit.call.Value;
import dev.remit.gate.Credentials;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.wire.Aside;
import dev.remit.gateway.wire.Revision;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One upstream: a peer for each agent that calls it, opened when it is needed and again when it is
 * gone, and the list of what it offers.
 */
final class Provider implements AutoCloseable {
    private static final int MOST_PAGES = 100;

    private final UpstreamSettings settings;
    private final Vertx vertx;
    private final HttpClient client;
    private final Patience patience;
    private final PinKeeper pins;
    private final Credentials credentials;
    private final InstantSource clock;
    private final Map<String, String> environment;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Guest, Seat> seats = new ConcurrentHashMap<>();
    private final Set<String> complained = ConcurrentHashMap.newKeySet();
    private final Listeners listeners = new Listeners();
    private final ReentrantLock listing = new ReentrantLock(); // held while tools are listed
    private volatile Optional<Catalogue> catalogue = Optional.empty();
    private volatile Optional<Revision> spoken = Optional.empty();
    private volatile boolean open = true;

    /**
     * @param environment the gateway's own environment, of which a program gets a part
     */
    Provider(
            UpstreamSettings settings,
            Vertx vertx,
            HttpClient client,
            Patience patience,
            PinKeeper pins,
            Credentials credentials,
            InstantSource clock,
            Map<String, String> environment) {
        this.settings = settings;
        this.vertx = vertx;
        this.client = client;
        this.patience = patience;
        this.pins = pins;
        this.credentials = credentials;
        this.clock = clock;
        this.environment = environment;
    }

    UpstreamSettings settings() {
        return settings;
    }

    Listeners listeners() {
        return listeners;
    }

    /**
     * The agent's peer, opened if need be.
     *
     * @throws UpstreamUnavailable if it cannot be opened now
     */
    Peer peer(Guest agent) {
        if (!open) {
            throw new UpstreamUnavailable("The gateway is stopping.");
        }
        Seat seat = seats.computeIfAbsent(agent, _ -> new Seat(settings.name()));
        return seat.take(clock.instant(), () -> openPeer(agent));
    }

    /** Lets go of an agent's peer that has turned out to be gone. */
    void drop(Guest agent, Peer gone) {
        Seat seat = seats.get(agent);
        if (seat != null) {
            seat.drop(gone);
        }
    }

    private Peer openPeer(Guest agent) {
        Wire wire = openWire(agent);
        try {
            Greeting greeting;
            try {
                greeting = new Greeter(settings, ids).greet(wire, spoken);
            } catch (UpstreamUnavailable e) {
                if (wire.isOpen() || spoken.isPresent()) {
                    throw e;
                }
                // it ended because it was asked for the newest revision: once more, without
                wire.close();
                wire = openWire(agent);
                greeting =
                        new Greeter(settings, ids)
                                .greet(wire, Optional.of(Revision.LAST_WITH_SESSIONS));
            }
            spoken = Optional.of(greeting.revision());
            Peer peer = new Peer(wire, settings.terms(), greeting, ids);
            if (greeting.revision().hasSessions() && wire instanceof HttpWire) {
                Thread.ofVirtual().start(() -> listeners.hearBetweenRequests(this, agent, peer));
            }
            return peer;
        } catch (UpstreamUnavailable e) {
            wire.close();
            throw e;
        }
    }

    private Wire openWire(Guest agent) {
        return switch (settings) {
            case UpstreamSettings.Http http ->
                    new HttpWire(
                            client,
                            vertx.getOrCreateContext(),
                            patience,
                            http,
                            new Dressing(http, credentials, agent.person()));
            case UpstreamSettings.Stdio stdio -> {
                long running = seats.values().stream().filter(Seat::isTaken).count();
                if (running >= stdio.terms().programs()) {
                    throw new UpstreamUnavailable(
                            "The upstream `"
                                    + stdio.name()
                                    + "` runs for as many agents as it may; try again later.");
                }
                try {
                    yield new StdioWire(
                            stdio,
                            Program.start(stdio, environment),
                            patience,
                            message -> listeners.heard(this, agent, message));
                } catch (IOException e) {
                    throw new UpstreamUnavailable(
                            "The upstream `" + stdio.name() + "` cannot be started.", e);
                }
            }
        };
    }

    /**
     * What the upstream offers, listed again if it is time, over this agent's peer.
     *
     * @throws UpstreamUnavailable if it cannot be asked
     */
    Catalogue catalogue(Guest agent) {
        Optional<Catalogue> known = catalogue;
        if (known.isPresent() && known.get().isFresh(clock.instant())) {
            return known.get();
        }
        listing.lock();
        try {
            known = catalogue;
            if (known.isPresent() && known.get().isFresh(clock.instant())) {
                return known.get();
            }
            Catalogue fresh = list(agent);
            pins.note(settings.name(), fresh);
            catalogue = Optional.of(fresh);
            return fresh;
        } finally {
            listing.unlock();
        }
    }

    /** An agent whose peer is open already, or the gateway itself. */
    Guest anybody() {
        for (Map.Entry<Guest, Seat> seat : seats.entrySet()) {
            if (seat.getValue().isTaken()) {
                return seat.getKey();
            }
        }
        return Guest.HOUSE;
    }

    /** The next one who asks what is offered asks the upstream. */
    void expireCatalogue() {
        catalogue = catalogue.map(Catalogue::expired);
    }

    private Catalogue list(Guest agent) {
        Peer peer = peer(agent);
        List<Value> tools = new ArrayList<>();
        Duration life = settings.terms().listing();
        Optional<Value> cursor = Optional.empty();
        boolean any = peer.greeting().capabilities().fields("tools").isPresent();
        for (int page = 0; any && page < MOST_PAGES; page++) {
            Value.Fields params = Value.object().putIf("cursor", cursor).build();
            Value.Fields result = result(agent, peer, "tools/list", params);
            tools.addAll(result.items("tools"));
            OptionalLong ttl = result.whole("ttlMs");
            if (ttl.isPresent() && ttl.getAsLong() < life.toMillis()) {
                life = Duration.ofMillis(Math.max(1_000, ttl.getAsLong()));
            }
            cursor = result.get("nextCursor");
            if (cursor.isEmpty() || cursor.get() instanceof Value.Nothing) {
                break;
            }
        }
        Instant until = clock.instant().plus(life);
        return Catalogue.of(settings.name(), peer.greeting(), tools, until, complained);
    }

    private Value.Fields result(Guest agent, Peer peer, String method, Value.Fields params) {
        Reply reply = peer.request(method, params, Map.of(), Aside.NONE, new Deaf());
        return switch (reply) {
            case Reply.Result(Value.Fields result) -> result;
            case Reply.Gone(String why) -> {
                drop(agent, peer);
                throw unavailable(why);
            }
            case Reply.Fault(Value.Fields error) ->
                    throw unavailable(
                            "it answers " + method + " with: " + error.text("message").orElse(""));
            case Reply.NotTaken(String why) -> throw unavailable(why);
            case Reply.Lost(String why) -> throw unavailable(why);
        };
    }

    private UpstreamUnavailable unavailable(String why) {
        return new UpstreamUnavailable(
                "The upstream `" + settings.name() + "` cannot be used: " + why + ".");
    }

    /** Stops the programs that nobody has used since then. */
    void closeIdle(Instant now) {
        if (settings instanceof UpstreamSettings.Stdio stdio) {
            Instant since = now.minus(stdio.terms().idle());
            seats.values().forEach(seat -> seat.closeIfUnusedSince(since));
        }
    }

    @Override
    public void close() {
        open = false;
        List<Thread> closing =
                seats.values().stream().map(seat -> Thread.ofVirtual().start(seat::close)).toList();
        for (Thread one : closing) {
            try {
                one.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
