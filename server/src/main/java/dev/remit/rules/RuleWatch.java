package dev.remit.rules;

import dev.remit.call.Digest;
import dev.remit.decision.Rules;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a folder as they were last whole. Changes are taken over when they have stood still
 * between two looks, so that half a file is no rule; what cannot be read changes nothing, and is
 * said.
 */
public final class RuleWatch implements Supplier<Rules>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);

    private final RuleFolder folder;
    private final Duration pause;
    private final Semaphore closed = new Semaphore(0);
    private final Thread looking;
    private volatile RuleSet current;
    private volatile String trouble = "";
    private Digest taken;
    private Digest seen;

    /**
     * Reads the folder and goes on looking at it.
     *
     * @throws RulesUnreadable if there is nothing whole to begin with
     */
    public RuleWatch(RuleFolder folder, Duration pause) {
        this.folder = folder;
        this.pause = pause;
        Map<String, String> texts = folder.texts();
        this.current = folder.read(texts);
        this.taken = RuleFolder.digest(texts);
        this.seen = taken;
        LOG.info("{} rules of {} are in force", current.all().size(), folder.folder());
        this.looking = Thread.ofVirtual().name("rules").start(this::look);
    }

    @Override
    public Rules get() {
        return current;
    }

    /** Why what stands in the folder is not what is in force; empty if it is. */
    public String trouble() {
        return trouble;
    }

    private void look() {
        try {
            while (!closed.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    lookOnce();
                } catch (RulesUnreadable e) {
                    say(String.valueOf(e.getMessage()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOnce() {
        Map<String, String> texts = folder.texts();
        Digest now = RuleFolder.digest(texts);
        boolean still = now.equals(seen);
        seen = now;
        if (!still || now.equals(taken)) {
            if (still) {
                trouble = "";
            }
            return;
        }
        RuleSet read = folder.read(texts);
        current = read;
        taken = now;
        trouble = "";
        LOG.info("{} rules of {} are in force from now on", read.all().size(), folder.folder());
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
        try {
            looking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
