package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gate.Party;
import dev.remit.gateway.upstream.Upstreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A stream that an agent holds open to be told of changes at upstreams. It ends when the agent
 * goes, when it is stopped, or when the agent's mandate does.
 */
final class Held {
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int MOST_WAITING = 1_000;

    private final Outgoing outgoing;
    private final UnaryOperator<Value.Fields> dressed;
    private final BlockingQueue<Optional<Value.Fields>> toTell =
            new LinkedBlockingQueue<>(MOST_WAITING);
    private final List<Runnable> listening = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * @param dressed what every notification is turned into before it is told
     */
    Held(Outgoing outgoing, UnaryOperator<Value.Fields> dressed) {
        this.outgoing = outgoing;
        this.dressed = dressed;
        outgoing.whenGone(this::stop);
    }

    /** Begins to listen at an upstream; nothing is told before {@link #run}. */
    void listen(Upstreams upstreams, String upstream, Party party, Value.Fields filter) {
        Runnable stop =
                upstreams.listen(
                        upstream,
                        party,
                        filter,
                        notification -> toTell.offer(Optional.of(notification)));
        synchronized (listening) {
            listening.add(stop);
        }
        if (stopped) {
            stop.run();
        }
    }

    /**
     * Tells what comes, on the calling thread, until the end.
     *
     * @param beat runs from time to time while it is open
     */
    void run(Watch watch, Runnable beat) {
        long looked = System.nanoTime();
        long beaten = looked;
        try {
            while (!stopped) {
                long pause = LOOK.toNanos() - (System.nanoTime() - looked);
                Optional<Value.Fields> next = toTell.poll(pause, TimeUnit.NANOSECONDS);
                if (next != null && next.isPresent() && !tell(next.get())) {
                    break;
                }
                long now = System.nanoTime();
                if (now - looked >= LOOK.toNanos()) {
                    looked = now;
                    if (!watch.news().stream().allMatch(this::tell) || watch.isOver()) {
                        break;
                    }
                }
                if (now - beaten >= BEAT.toNanos()) {
                    beaten = now;
                    beat.run();
                    if (!outgoing.keepAlive()) {
                        break;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop();
        }
    }

    private boolean tell(Value.Fields notification) {
        return outgoing.tell(dressed.apply(notification));
    }

    /** Says something of the gateway's own on the stream. */
    boolean say(Value.Fields message) {
        return !stopped && toTell.offer(Optional.of(message));
    }

    void stop() {
        stopped = true;
        toTell.offer(Optional.empty());
        synchronized (listening) {
            listening.forEach(Runnable::run);
            listening.clear();
        }
    }
}
