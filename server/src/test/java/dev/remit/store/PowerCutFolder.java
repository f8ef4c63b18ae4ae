package dev.remit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A folder on a disk whose power can be cut: what was not synced is then there, gone, or there in
 * part, sector by sector, as one seed has it. Can also fail on purpose, before or after a write or
 * sync took effect.
 */
final class PowerCutFolder implements LogFolder {
    private static final int SECTOR = 512;

    /** What goes wrong with the next operation of a kind. */
    enum Fault {
        NONE,
        BEFORE,
        HALFWAY,
        AFTER
    }

    private final Random random;
    private final boolean syncs;
    private final Map<String, Disk> files = new TreeMap<>();
    private boolean dead;
    private volatile Fault onWrite = Fault.NONE;
    private volatile Fault onForce = Fault.NONE;

    /**
     * @param syncs whether a sync does anything; without, the planted fault
     */
    PowerCutFolder(long seed, boolean syncs) {
        this.random = new Random(seed);
        this.syncs = syncs;
    }

    /** The bytes of one file: as they are read now, and as the disk surely has them. */
    private static final class Disk {
        byte[] now = new byte[0];
        byte[] synced = new byte[0];
    }

    void failWrites(Fault fault) {
        onWrite = fault;
    }

    void failForces(Fault fault) {
        onForce = fault;
    }

    /** Cuts the power: from now on nothing works, and every sector not synced is old or new. */
    synchronized void cut() {
        dead = true;
        files.values().forEach(disk -> disk.synced = torn(disk));
    }

    /** The folder after the power is back. */
    synchronized PowerCutFolder restarted(long seed) {
        PowerCutFolder after = new PowerCutFolder(seed, syncs);
        files.forEach(
                (name, disk) -> {
                    Disk copy = new Disk();
                    copy.now = disk.synced.clone();
                    copy.synced = disk.synced.clone();
                    after.files.put(name, copy);
                });
        return after;
    }

    private byte[] torn(Disk disk) {
        boolean grown = disk.now.length != disk.synced.length && random.nextBoolean();
        byte[] left = Arrays.copyOf(disk.synced, grown ? disk.now.length : disk.synced.length);
        int keep = random.nextInt(101); // of a hundred sectors
        for (int at = 0; at < left.length; at += SECTOR) {
            int length = Math.min(SECTOR, Math.min(left.length, disk.now.length) - at);
            if (length > 0 && random.nextInt(100) < keep) {
                System.arraycopy(disk.now, at, left, at, length);
            }
        }
        return left;
    }

    @Override
    public synchronized List<String> names() throws IOException {
        check();
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized LogFile open(String name) throws IOException {
        check();
        return new Handle(files.computeIfAbsent(name, _ -> new Disk()));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        check();
        Disk disk = files.remove(from);
        if (disk == null) {
            throw new IOException("no file " + from);
        }
        files.put(to, disk);
    }

    @Override
    public long room() {
        return Long.MAX_VALUE;
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        check();
        files.remove(name);
    }

    private void check() throws IOException {
        if (dead) {
            throw new IOException("the power is cut");
        }
    }

    private static void fail(Fault fault, Fault when) throws IOException {
        if (fault == when) {
            throw new IOException("No space left on device (planted)");
        }
    }

    private final class Handle implements LogFile {
        private final Disk disk;

        Handle(Disk disk) {
            this.disk = disk;
        }

        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            synchronized (PowerCutFolder.this) {
                check();
                fail(onWrite, Fault.BEFORE);
                int from = (int) at;
                int length = onWrite == Fault.HALFWAY ? bytes.remaining() / 2 : bytes.remaining();
                if (from + length > disk.now.length) {
                    disk.now = Arrays.copyOf(disk.now, from + length);
                }
                bytes.get(disk.now, from, length);
                fail(onWrite, Fault.HALFWAY);
                fail(onWrite, Fault.AFTER);
            }
        }

        @Override
        public void read(ByteBuffer into, long at) throws IOException {
            synchronized (PowerCutFolder.this) {
                check();
                int length = Math.min(into.remaining(), disk.now.length - (int) at);
                if (length > 0) {
                    into.put(disk.now, (int) at, length);
                }
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (PowerCutFolder.this) {
                check();
                return disk.now.length;
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (PowerCutFolder.this) {
                check();
                fail(onForce, Fault.BEFORE);
                if (syncs) {
                    disk.synced = disk.now.clone();
                }
                fail(onForce, Fault.AFTER);
            }
        }

        @Override
        public void close() {}
    }

    /** All files, as they are now, for the verifier. */
    synchronized Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new HashMap<>();
        List<String> names = new ArrayList<>(files.keySet());
        names.forEach(name -> contents.put(name, Objects.requireNonNull(files.get(name)).now));
        return contents;
    }
}
