package dev.remit.store;

import dev.remit.call.Digest;
import dev.remit.identity.MemoryReplayGuard;
import dev.remit.identity.Notebook;
import dev.remit.identity.ReplayGuard;
import dev.remit.ledger.LedgerUnavailable;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The used proofs and assertions, as their digests, one after the other in small files: over a
 * restart, however the process ended.
 *
 * <p>They are handed to the system and not waited for. So they are worth what the system's memory
 * is: the file {@code boot} says in which run of the machine they were written, and up to when even
 * that run is not sure. In another run, or without that file, a guard made from them is not sure of
 * what came before.
 */
public final class UsedProofs implements Notebook, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(UsedProofs.class);
    private static final Duration LONGEST_AHEAD = Duration.ofSeconds(60);
    private static final int LENGTH = 32;
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path folder;
    private final Instant unsureUntil;
    private final Set<Digest> before;
    private final ReentrantLock turning = new ReentrantLock(); // guards the number of files
    private long number;
    private volatile OutputStream young;

    private UsedProofs(Path folder, Instant unsureUntil, Set<Digest> before, long number)
            throws IOException {
        this.folder = folder;
        this.unsureUntil = unsureUntil;
        this.before = before;
        this.number = number;
        this.young = begin(number);
    }

    /**
     * Opens the folder; it is made if there is none.
     *
     * @param isNew whether no proof can have been accepted yet
     */
    public static UsedProofs open(Path folder, boolean isNew, Instant now) {
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Path boot = folder.resolve("boot");
            String run = Files.exists(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "";
            List<String> then = Files.exists(boot) ? Files.readAllLines(boot) : List.of();
            boolean isSure = !run.isEmpty() && then.size() == 2 && then.getFirst().equals(run);
            Instant unsureUntil =
                    isNew
                            ? Instant.EPOCH
                            : isSure ? Instant.parse(then.getLast()) : now.plus(LONGEST_AHEAD);
            Set<Digest> before = new HashSet<>();
            long last = 0;
            for (Path file : files(folder)) {
                read(file, before);
                last = Math.max(last, numberOf(file));
            }
            Files.writeString(boot, run + "\n" + unsureUntil + "\n");
            return new UsedProofs(folder, unsureUntil, before, last + 1);
        } catch (IOException | DateTimeException e) {
            throw new LedgerUnavailable("the used proofs in " + folder + " cannot be read", e);
        }
    }

    /** A guard that remembers what stands here, and writes down here what it is shown. */
    public ReplayGuard guard(int most, Instant now) {
        return new MemoryReplayGuard(most, this, before, now, unsureUntil);
    }

    @Override
    public boolean note(Digest key) {
        try {
            young.write(key.bytes()); // one short write at the file's end, whole or not at all
            return true;
        } catch (IOException e) {
            return forgoSureness(e);
        }
    }

    @Override
    public void turn() {
        turning.lock();
        try {
            OutputStream ended = young;
            number++;
            young = begin(number);
            ended.close();
            for (Path file : files(folder)) {
                if (numberOf(file) < number - 1) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            forgoSureness(e);
        } finally {
            turning.unlock();
        }
    }

    /** What could not be written here is remembered until the end of the process; not after. */
    private boolean forgoSureness(IOException why) {
        try {
            if (Files.deleteIfExists(folder.resolve("boot"))) {
                LOG.warn("used proofs cannot be written down: {}", why.getMessage());
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private OutputStream begin(long called) throws IOException {
        Path file = folder.resolve(called + ".used");
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new FileOutputStream(file.toFile(), true);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]{1,18}\\.used"))
                    .toList();
        }
    }

    private static long numberOf(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    private static void read(Path file, Set<Digest> into) throws IOException {
        byte[] all = Files.readAllBytes(file);
        for (int at = 0; at + LENGTH <= all.length; at += LENGTH) {
            into.add(Digest.ofBytes(Arrays.copyOfRange(all, at, at + LENGTH)));
        }
    }

    @Override
    public void close() {
        try {
            young.close();
        } catch (IOException e) {
            LOG.warn("the used proofs were not closed: {}", e.getMessage());
        }
    }
}
