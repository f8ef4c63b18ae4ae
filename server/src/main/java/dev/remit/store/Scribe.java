package dev.remit.store;

import dev.remit.mandate.Mandate;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that follows the recorder: it saves the books to the database and signs checkpoints,
 * twice a second, and at once when somebody waits for the lists to show an entry.
 *
 * <p>What it fails at is tried again with the next round; nothing that is durable depends on it.
 */
final class Scribe implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);
    private static final long EVERY_MILLIS = 500;

    private final Recorder recorder;
    private final BookShelf shelf;
    private final BooksFile file;
    private final Checkpoints checkpoints;
    private final Consumer<Changes> onSaved;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean behind;
    private volatile boolean closing;
    private long saved;
    private String complaint = "";

    Scribe(
            Recorder recorder,
            BookShelf shelf,
            BooksFile file,
            Checkpoints checkpoints,
            Consumer<Changes> onSaved) {
        this.recorder = recorder;
        this.shelf = shelf;
        this.file = file;
        this.checkpoints = checkpoints;
        this.onSaved = onSaved;
        this.saved = file.mark().applied();
    }

    void wake() {
        wake.release();
    }

    /** Whether the database lacks what somebody was told is there. */
    boolean isBehind() {
        return behind;
    }

    void close() {
        closing = true;
        wake.release();
    }

    @Override
    public void run() {
        long signedAt = System.nanoTime();
        boolean more = true;
        while (more) {
            try {
                boolean asked = wake.tryAcquire(EVERY_MILLIS, TimeUnit.MILLISECONDS);
                more = !closing;
                wake.drainPermits();
                boolean due = System.nanoTime() - signedAt >= EVERY_MILLIS * 1_000_000;
                round(!asked || due || !more);
                signedAt = !asked || due ? System.nanoTime() : signedAt;
            } catch (InterruptedException e) {
                more = false;
            } catch (RuntimeException | Error e) { // callers wait for this thread: it goes on
                LOG.error("the books could not be saved or the checkpoint not signed", e);
            }
        }
    }

    /** Saves, wakes those who waited for it, and signs. */
    void round(boolean sign) {
        Recorder.Moment moment = recorder.moment();
        try {
            save(moment);
        } catch (SQLException | RuntimeException e) {
            behind = behind || !moment.listed().isEmpty();
            complain("the books are not saved, and lists are refused until they are: " + e);
        } finally {
            moment.listed().forEach(Runnable::run);
        }
        try {
            if (sign) {
                checkpoints.sign(moment.tree());
                complaint = "";
            }
        } catch (IOException e) {
            complain("the checkpoint is not signed: " + e);
        }
    }

    /** Says it once, not twice a second. */
    private void complain(String what) {
        if (!what.equals(complaint)) {
            LOG.warn("{}", what);
            complaint = what;
        }
    }

    private void save(Recorder.Moment moment) throws SQLException {
        long size = moment.tree().size();
        if (size == saved) {
            return;
        }
        file.save(moment.changes(), new BooksFile.Mark(size, moment.lastLeaf()), this::hasMandate);
        shelf.saved(moment.changes());
        onSaved.accept(moment.changes());
        saved = size;
        behind = false;
    }

    private boolean hasMandate(Mandate mandate) {
        Optional<Mandate> known =
                shelf.sheets.savedIfKnown(mandate.id()).map(row -> row.value().mandate());
        return known.isPresent() && known.get().version() == mandate.version();
    }
}
