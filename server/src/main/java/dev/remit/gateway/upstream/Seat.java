package dev.remit.gateway.upstream;

import dev.remit.gate.UpstreamUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The place of one agent's peer: opened by the first who needs it, and after failures only when a
 * growing pause is over.
 */
final class Seat implements AutoCloseable {
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final String upstream;
    private final ReentrantLock opening = new ReentrantLock(); // held while a peer is opened
    private volatile Optional<Peer> peer = Optional.empty();
    private volatile Instant usedAt = Instant.MIN;
    private Instant openedAt = Instant.MIN;
    private Instant pauseUntil = Instant.MIN;
    private Duration pause = Duration.ZERO;
    private String lastFault = "";

    Seat(String upstream) {
        this.upstream = upstream;
    }

    Peer take(Instant now, Supplier<Peer> open) {
        usedAt = now;
        Optional<Peer> held = peer;
        if (held.isPresent() && held.get().isOpen()) {
            return held.get();
        }
        opening.lock();
        try {
            held = peer;
            if (held.isPresent() && held.get().isOpen()) {
                return held.get();
            }
            held.ifPresent(this::ended);
            if (now.isBefore(pauseUntil)) {
                throw new UpstreamUnavailable(
                        lastFault.isEmpty()
                                ? "The upstream `" + upstream + "` keeps ending; try again later."
                                : lastFault);
            }
            Peer fresh = openNow(now, open);
            peer = Optional.of(fresh);
            return fresh;
        } finally {
            opening.unlock();
        }
    }

    private Peer openNow(Instant now, Supplier<Peer> open) {
        try {
            Peer fresh = open.get();
            boolean lasted = openedAt.isBefore(now.minus(LONGEST));
            openedAt = now;
            pause = lasted ? Duration.ZERO : longer();
            pauseUntil = lasted ? Instant.MIN : now.plus(pause);
            lastFault = "";
            return fresh;
        } catch (UpstreamUnavailable e) {
            pause = longer();
            pauseUntil = now.plus(pause);
            lastFault = String.valueOf(e.getMessage());
            throw e;
        }
    }

    private Duration longer() {
        Duration twice = pause.multipliedBy(2);
        Duration next = twice.compareTo(SHORTEST) < 0 ? SHORTEST : twice;
        return next.compareTo(LONGEST) > 0 ? LONGEST : next;
    }

    private void ended(Peer gone) {
        peer = Optional.empty();
        Thread.ofVirtual().start(gone::close);
    }

    void drop(Peer gone) {
        opening.lock();
        try {
            if (peer.filter(held -> held == gone).isPresent()) {
                ended(gone);
            }
        } finally {
            opening.unlock();
        }
    }

    boolean isTaken() {
        return peer.filter(Peer::isOpen).isPresent();
    }

    void closeIfUnusedSince(Instant since) {
        if (usedAt.isBefore(since)) {
            close();
        }
    }

    @Override
    public void close() {
        opening.lock();
        try {
            peer.ifPresent(Peer::close);
            peer = Optional.empty();
        } finally {
            opening.unlock();
        }
    }
}
