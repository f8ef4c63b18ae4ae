package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.ledger.Checkpoint;
import dev.remit.ledger.LedgerUnavailable;
import dev.remit.ledger.witness.WitnessBook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A folder with one file for each log that a witness has cosigned; one process works in it. */
public final class WitnessFolder implements WitnessBook, AutoCloseable {
    private static final String SUFFIX = ".checkpoint";

    private final LogFolder folder;
    private final Optional<FolderLock> lock;

    WitnessFolder(LogFolder folder, Optional<FolderLock> lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens the folder, which is made if there is none.
     *
     * @throws LedgerUnavailable if another process has it
     */
    public static WitnessFolder at(Path path) {
        try {
            DiskFolder.make(path);
            FolderLock lock = FolderLock.take(path);
            return new WitnessFolder(DiskFolder.at(path), Optional.of(lock));
        } catch (IOException e) {
            throw new LedgerUnavailable("the folder " + path + " cannot be opened: " + e, e);
        }
    }

    private static String file(String origin) {
        return Digest.of(origin.getBytes(StandardCharsets.UTF_8)).hex() + SUFFIX;
    }

    @Override
    public Optional<String> latest(String origin) {
        try {
            if (!folder.names().contains(file(origin))) {
                return Optional.empty();
            }
            String note = new String(folder.read(file(origin)), StandardCharsets.UTF_8);
            if (Checkpoint.said(note).filter(one -> one.origin().equals(origin)).isEmpty()) {
                throw new LedgerUnavailable("`" + file(origin) + "` is damaged");
            }
            return Optional.of(note);
        } catch (IOException e) {
            throw new LedgerUnavailable("what was cosigned cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void keep(String origin, String note) {
        try {
            folder.replace(file(origin), note.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new LedgerUnavailable("the checkpoint is not kept: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            if (lock.isPresent()) {
                lock.get().close();
            }
        } catch (IOException e) {
            throw new LedgerUnavailable("the folder cannot be given back: " + e.getMessage(), e);
        }
    }
}
