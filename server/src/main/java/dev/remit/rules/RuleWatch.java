package dev.remit.rules;

import dev.remit.call.Digest;
import dev.remit.decision.Rules;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerUnavailable;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a folder as they were last whole. Changes are taken over when they have stood still
 * between two looks, so that half a file is no rule; what cannot be read, or cannot be written
 * down, changes nothing, and is said.
 */
public final class RuleWatch implements Supplier<Rules>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);
    private static final int LONGEST_KEPT = 1 << 18;

    private final RuleFolder folder;
    private final Duration pause;
    private final Semaphore closed = new Semaphore(0);
    private volatile Taken taken;
    private volatile String trouble = "";
    private Digest seen;
    private @Nullable Thread looking;

    /** Rules, and the digest of their texts. */
    record Taken(RuleSet rules, Digest digest) {}

    /**
     * Reads the folder.
     *
     * @throws RulesUnreadable if there is nothing whole to begin with
     */
    public RuleWatch(RuleFolder folder, Duration pause) {
        this.folder = folder;
        this.pause = pause;
        Map<String, String> texts = folder.texts();
        this.seen = RuleFolder.digest(texts);
        this.taken = new Taken(folder.read(texts), seen);
    }

    /**
     * Writes down what was read, and goes on looking at the folder.
     *
     * @param record writes down rules before they are in force; throws {@link LedgerUnavailable}
     */
    public void start(Consumer<Event.RulesTaken> record) {
        lookOnce(record, true);
        looking = Thread.ofVirtual().name("rules").start(() -> look(record));
    }

    @Override
    public Rules get() {
        return taken.rules();
    }

    Taken taken() {
        return taken;
    }

    public RuleFolder folder() {
        return folder;
    }

    /** Why what stands in the folder is not what is in force; empty if it is. */
    public String trouble() {
        return trouble;
    }

    private void look(Consumer<Event.RulesTaken> record) {
        try {
            while (!closed.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    lookOnce(record, false);
                } catch (RulesUnreadable | LedgerUnavailable e) {
                    say(String.valueOf(e.getMessage()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void lookOnce(Consumer<Event.RulesTaken> record, boolean first) {
        Map<String, String> texts = folder.texts();
        Digest now = RuleFolder.digest(texts);
        boolean still = now.equals(seen);
        seen = now;
        if (!first && (!still || now.equals(taken.digest()))) {
            if (still) {
                trouble = "";
            }
            return;
        }
        Taken read = new Taken(folder.read(texts), now);
        record.accept(written(read, texts));
        taken = read;
        trouble = "";
        LOG.info("{} rules of {} are in force", read.rules().all().size(), folder.folder());
    }

    private static Event.RulesTaken written(Taken read, Map<String, String> texts) {
        boolean areShort = texts.values().stream().mapToLong(String::length).sum() <= LONGEST_KEPT;
        return new Event.RulesTaken(
                read.digest(),
                read.rules().all().size(),
                read.rules().fallback().name().toLowerCase(Locale.ROOT),
                areShort ? Optional.of(texts) : Optional.empty());
    }

    private void say(String what) {
        if (!what.equals(trouble)) {
            LOG.error(
                    "the rules stay as they were, because the new ones cannot be taken: {}", what);
        }
        trouble = what;
    }

    @Override
    public void close() {
        closed.release();
        if (looking == null) {
            return;
        }
        try {
            looking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
