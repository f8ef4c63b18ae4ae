package dev.remit.operator;

import dev.remit.gate.StopSwitch;
import dev.remit.gate.UnderWay;
import dev.remit.ledger.Event;
import dev.remit.ledger.Ledger;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.StopEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the switch that stops all agents: looks at the file again and again, pulls and releases at
 * the operator's word, and has it written down as soon as that can be. A disk that hangs holds up
 * nothing but what is about the disk.
 */
public final class StopKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopKeeper.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration DISK = Duration.ofSeconds(2);

    private final StopSwitch stop;
    private final UnderWay calls;
    private final StopFile file;
    private final Ledger ledger;
    private final InstantSource clock;
    private final BlockingQueue<Event> toRecord = new LinkedBlockingQueue<>();
    private final Thread looking;
    private final Thread recording;
    private boolean recordedAsStopped; // guarded by this

    public StopKeeper(
            StopSwitch stop, UnderWay calls, StopFile file, Ledger ledger, InstantSource clock) {
        this.stop = stop;
        this.calls = calls;
        this.file = file;
        this.ledger = ledger;
        this.clock = clock;
        look();
        this.looking = Thread.ofPlatform().daemon().name("stop-file").start(this::watch);
        this.recording = Thread.ofVirtual().name("stop-record").start(this::record);
    }

    /** Why all are stopped, if they are. */
    public Optional<StopSwitch.Stop> stopped() {
        return stop.stopped();
    }

    /** How many calls are under way. */
    int callsUnderWay() {
        return calls.size();
    }

    /**
     * Stops all agents and cuts short what is under way; both have happened when it returns.
     *
     * @return whether it will last over a restart
     */
    boolean stop(StopSwitch.Stop why) {
        stop.pull(why);
        calls.stop();
        note("the operator");
        LOG.warn("all agents are stopped by {}", why.by());
        return onDisk(() -> file.write(why));
    }

    /**
     * Lets them go on.
     *
     * @return whether the file is gone; as long as it is not, they stay stopped
     */
    boolean resume(String by) {
        synchronized (file) {
            if (!onDisk(file::remove)) {
                return false;
            }
            stop.found(Optional.empty());
            stop.release();
        }
        note(by);
        LOG.warn("agents may go on, says {}", by);
        return true;
    }

    /** Something to do with the file. */
    private interface OnFile {
        void run() throws IOException;
    }

    /** Whether it was done, and in time. */
    private static boolean onDisk(OnFile act) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                act.run();
                                done.complete(true);
                            } catch (IOException e) {
                                LOG.error("the stop file: {}", e.toString());
                                done.complete(false);
                            }
                        });
        try {
            return done.get(DISK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void look() {
        synchronized (file) {
            stop.found(file.read());
        }
        calls.stop();
        note("whoever removed the file");
    }

    /** Has a change written down, once. */
    private synchronized void note(String resumedBy) {
        Optional<StopSwitch.Stop> now = stop.stopped();
        if (now.isPresent() == recordedAsStopped) {
            return;
        }
        recordedAsStopped = now.isPresent();
        toRecord.add(
                now.<Event>map(one -> new StopEvent.AllStopped(one.since(), one.why(), one.by()))
                        .orElseGet(() -> new StopEvent.AllResumed(resumedBy)));
    }

    private void record() {
        try {
            while (true) {
                Event next = toRecord.take();
                while (!isWritten(next)) {
                    Thread.sleep(AGAIN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private boolean isWritten(Event event) {
        try {
            ledger.append(event, clock.instant());
            return true;
        } catch (LedgerUnavailable e) {
            return false;
        }
    }

    @Override
    public void close() {
        looking.interrupt();
        recording.interrupt();
        try {
            looking.join();
            recording.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
