package dev.remit.console;

import dev.remit.ledger.Entry;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.LogReader;
import dev.remit.ledger.told.Line;
import dev.remit.ledger.told.Lines;
import dev.remit.ledger.told.Telling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last part of the ledger, as lines, kept in memory for the pages; one thread follows the log.
 *
 * <p>It looks rather than is told: writing never waits for anybody who reads. Whoever follows it
 * has a place in it and no queue of their own; those who fall too far behind have missed something,
 * and are told so.
 */
final class Chronicle implements AutoCloseable {
    /** How many lines are kept. */
    static final int MOST = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);
    private static final int RECENT = 2_048;
    private static final Duration PAUSE = Duration.ofMillis(15);
    private static final Duration LONGER = Duration.ofSeconds(1);

    private final LogReader log;
    private final ReentrantLock lock = new ReentrantLock(); // guards all of these
    private final Condition grown = lock.newCondition();
    private final Lines lines;
    private final Line[] recent = new Line[RECENT];
    private final long begun;
    private long changes;
    private long next; // of the thread alone
    private final Thread following;
    private volatile boolean closing;
    private volatile String trouble = "";

    private Chronicle(LogReader log, Telling telling) {
        this.log = log;
        this.lines = new Lines(telling, MOST);
        this.begun = Math.max(0, log.size() - 2L * MOST); // most calls have two entries
        this.next = begun;
        this.following = Thread.ofVirtual().name("chronicle").unstarted(this::follow);
    }

    /** Starts to follow; what is in the log already is read first. */
    static Chronicle start(LogReader log, Telling telling) {
        Chronicle chronicle = new Chronicle(log, telling);
        chronicle.following.start();
        return chronicle;
    }

    private void follow() {
        try {
            while (!closing) {
                Thread.sleep(look());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is closed
        } catch (RuntimeException e) {
            trouble = "The console does not follow the log any more; restart Remit.";
            LOG.error("the console does not follow the log any more", e);
        }
    }

    /** Takes what is new; for how long nobody need look again. */
    private Duration look() {
        try {
            long size = log.size();
            if (size > next) {
                log.read(next, entry -> entry.index() < size && !closing && isTaken(entry));
            }
            trouble = "";
            return PAUSE;
        } catch (LedgerUnavailable e) {
            if (trouble.isEmpty()) {
                LOG.warn("the console cannot read the log: {}", e.getMessage());
            }
            trouble = "The log cannot be read now, so this page is behind.";
            return LONGER;
        } catch (IllegalArgumentException e) {
            LOG.warn("entry {} is left out of the console: {}", next, e.getMessage());
            next++;
            return PAUSE;
        }
    }

    private boolean isTaken(Entry entry) {
        take(() -> lines.add(entry).ifPresent(this::note));
        next = entry.index() + 1;
        return true;
    }

    private void take(Runnable act) {
        lock.lock();
        try {
            act.run();
        } finally {
            lock.unlock();
        }
    }

    private void note(Line line) {
        recent[(int) (changes++ % RECENT)] = line;
        grown.signalAll();
    }

    /**
     * What is new or has changed from a place on.
     *
     * @param place where to go on from
     * @param missed whether there was more than is kept, so that some was left out
     */
    record Batch(long place, List<Line> lines, boolean missed) {}

    /** Where somebody begins who has just seen everything. */
    long place() {
        return locked(() -> changes);
    }

    /** Waits until there is something, no longer than so. */
    Batch since(long place, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (changes == place && left > 0) {
                left = grown.awaitNanos(left);
            }
            boolean missed = changes - place > RECENT;
            List<Line> found = new ArrayList<>();
            for (long at = missed ? changes : place; at < changes; at++) {
                found.add(recent[(int) (at % RECENT)]);
            }
            return new Batch(changes, found, missed);
        } finally {
            lock.unlock();
        }
    }

    /** Those that are wanted, the newest first. */
    List<Line> newest(Predicate<Line> wanted, int most) {
        return locked(() -> lines.newest(wanted, most));
    }

    /** The same, among so many of the last. */
    List<Line> newest(Predicate<Line> wanted, int most, int among) {
        return locked(() -> lines.newest(wanted, most, among));
    }

    /** From which entry on it has everything that is here already. */
    long from() {
        return locked(() -> Math.max(begun, lines.first()));
    }

    /** The calls under way. */
    List<Line> open() {
        return locked(lines::open);
    }

    /** Why it is behind; empty if it is not. */
    String trouble() {
        return trouble;
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closing = true;
        following.interrupt();
        try {
            following.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
