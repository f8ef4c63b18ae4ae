package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.ledger.LedgerUnavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the power of a real file system, ext4 on a loop device, under a process that writes: from
 * one moment on nothing more reaches the disk, and what was not synced is gone. Only with {@code
 * -Dremit.loops=N}, as root, where there are loop devices.
 */
final class LoopPowerCutTest {
    private static final int CUTS = Integer.getInteger("remit.loops", 0);
    private static final int SHUTDOWN = 0x8004587d; // FS_IOC_SHUTDOWN
    private static final int WITHOUT_ITS_JOURNAL = 2;

    @TempDir Path folder = Path.of("");
    private Path mounted = Path.of("");

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(CUTS > 0, "asked for with -Dremit.loops=N");
        Path image = folder.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(256L << 20);
        }
        mounted = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mkfs.ext4", "-q", image.toString()), "there is no mkfs.ext4");
        assumeTrue(attach(), "mounting needs root and loop devices");
    }

    @AfterEach
    void unmount() throws Exception {
        if (CUTS > 0) {
            run("umount", mounted.toString());
        }
    }

    private boolean attach() throws Exception {
        return run("mount", "-o", "loop", folder.resolve("image").toString(), mounted.toString());
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @Timeout(3_600)
    void nothingAcknowledgedIsLost() throws Exception {
        Random random = new Random(CUTS);
        Map<Long, String> acknowledged = new HashMap<>();
        for (int cut = 0; cut < CUTS; cut++) {
            int before = acknowledged.size();
            writeAndCut(cut, 100 + random.nextInt(400), acknowledged);
            assertThat(acknowledged.size()).as("cut %d", cut).isGreaterThan(before);
            assertThat(lost(acknowledged)).as("cut %d", cut).isEmpty();
            assertThat(Verification.of(mounted.resolve("data"), Optional.empty()).findings())
                    .as("cut %d", cut)
                    .isEmpty();
        }
    }

    @Test
    @Timeout(600)
    void withoutSyncsItIs() throws Exception {
        Map<Long, String> acknowledged = new HashMap<>();
        writeAndCut(0, 400, acknowledged, "without-syncs");
        assertThat(acknowledged).isNotEmpty();
        assertThat(lost(acknowledged)).as("the harness sees what is lost").isNotEmpty();
    }

    /** Runs the writer, and cuts the power so long after the first entry was acknowledged. */
    private void writeAndCut(int run, long millis, Map<Long, String> acknowledged, String... more)
            throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StoreWriter.class.getName(),
                                mounted.resolve("data").toString(),
                                Integer.toString(run)));
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Thread cutter = Thread.ofPlatform().unstarted(() -> cutAfter(millis, process));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.endsWith(";")) { // else it was cut off
                    if (cutter.getState() == Thread.State.NEW) {
                        cutter.start();
                    }
                    String[] said = line.substring(0, line.length() - 1).split(" ", 2);
                    acknowledged.put(Long.parseLong(said[0]), said[1]);
                }
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        cutter.join();
        assertThat(run("umount", mounted.toString())).isTrue();
        assertThat(attach()).isTrue();
    }

    private void cutAfter(long millis, Process process) {
        try {
            Thread.sleep(millis);
            shutDown(mounted);
            Thread.sleep(50); // what is acknowledged now was never on the disk, and shows
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.toHandle().destroyForcibly(); // leaves its output be
    }

    /** What was acknowledged and is not in the log after the power is back. */
    private Map<Long, String> lost(Map<Long, String> acknowledged) {
        Map<Long, String> missing = new HashMap<>(acknowledged);
        Path data = mounted.resolve("data");
        try (EmbeddedStore store = StoreWriter.open(data)) {
            assertThat(store.openCalls()).isEmpty();
            Archive.of(data)
                    .frames(
                            0,
                            frame -> {
                                missing.remove(frame.index(), frame.leafHash().hex());
                                return true;
                            });
            return missing;
        } catch (LedgerUnavailable e) {
            return missing; // it does not open: all of it is
        }
    }

    @SuppressWarnings("restricted") // there is no other way to the system call
    private static void shutDown(Path mounted) {
        Linker linker = Linker.nativeLinker();
        MethodHandle open = handle(linker, "open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        MethodHandle ioctl =
                linker.downcallHandle(
                        linker.defaultLookup().find("ioctl").orElseThrow(),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS),
                        Linker.Option.firstVariadicArg(2));
        try (Arena arena = Arena.ofConfined()) {
            int file = (int) open.invoke(arena.allocateFrom(mounted.toString()), 0);
            MemorySegment how = arena.allocateFrom(ValueLayout.JAVA_INT, WITHOUT_ITS_JOURNAL);
            int done = (int) ioctl.invoke(file, Integer.toUnsignedLong(SHUTDOWN), how);
            int _ = (int) handle(linker, "close", ValueLayout.JAVA_INT).invoke(file);
            if (file < 0 || done != 0) {
                throw new IllegalStateException("the file system was not shut down");
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(Linker linker, String name, MemoryLayout... arguments) {
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
