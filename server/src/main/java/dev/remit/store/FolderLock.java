package dev.remit.store;

import dev.remit.ledger.LedgerUnavailable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps every other process out of a data folder for as long as it is open. */
final class FolderLock implements Closeable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path data) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        data.resolve("lock"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        DiskFolder.ownerOnly(data, "rw-------"));
        if (lock(channel) == null) {
            channel.close();
            throw new LedgerUnavailable(
                    "another Remit works in "
                            + data
                            + "; stop it, or give this one a folder of its own");
        }
        return new FolderLock(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
