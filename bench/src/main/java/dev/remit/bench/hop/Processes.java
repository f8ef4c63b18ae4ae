package dev.remit.bench.hop;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts the processes of a measurement and reads what they have used. */
public final class Processes {
    public static final String READY = "ready";
    private static final long NANOS_A_TICK = 10_000_000; // USER_HZ is 100 on every Linux

    private Processes() {}

    /** Starts a main class of this program in a process of its own; returns when it is ready. */
    public static Process java(Path log, Class<?> main, String... arguments) {
        List<String> options =
                List.of("-cp", System.getProperty("java.class.path"), "-XX:+UseParallelGC");
        return java(log, main, options, arguments);
    }

    /** The same with these options, the class path among them. */
    public static Process java(Path log, Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            Process process = start(command, log);
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            String line = said.readLine();
            while (line != null && !line.equals(READY)) {
                line = said.readLine();
            }
            if (line == null) {
                throw new IllegalStateException(
                        main.getSimpleName() + " did not start; see " + log);
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Process start(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
                .start();
    }

    /** What a process started this way does when it is up: it ends with its parent. */
    public static void readyUntilInputEnds() throws IOException {
        System.out.println(READY);
        System.out.flush();
        while (System.in.read() >= 0) {
            // nothing is said to it
        }
        System.exit(0);
    }

    /** The CPU time of a process and all that it started so far. */
    public static long cpuNanos(Process process) {
        try (Stream<ProcessHandle> children = process.descendants()) {
            return cpuNanos(process.pid())
                    + children.mapToLong(child -> cpuNanos(child.pid())).sum();
        }
    }

    /** The memory that a process and all that it started have in use, in bytes. */
    public static long memory(Process process) {
        try (Stream<ProcessHandle> children = process.descendants()) {
            return memory(process.pid()) + children.mapToLong(child -> memory(child.pid())).sum();
        }
    }

    private static long memory(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long cpuNanos(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_A_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
