package dev.remit.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** {@code remit} as a process of its own, with a home of its own. */
final class Commands {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final long PATIENCE_SECONDS = 120;

    private final Path home;

    Commands(Path home) {
        this.home = home;
    }

    /** What a command came to. */
    record Ran(int status, String out, String err) {}

    /** The command as a client's configuration would have it. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8",
                        "-Duser.home=" + home,
                        "-Dremit.home=" + ROOT,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.remit.cli.Remit"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a command with no input to its end. */
    Ran run(String... arguments) throws IOException, InterruptedException {
        return runWith("", arguments);
    }

    /** Runs a command on a terminal of its own, on which this is typed; all it says is in out. */
    Ran onTerminal(String typed, String... arguments) throws IOException, InterruptedException {
        String line =
                command(arguments).stream()
                        .map(one -> "'" + one.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
        return end(typed, List.of("script", "-qec", line, "/dev/null"));
    }

    /** Runs a command with this input to its end. */
    Ran runWith(String input, String... arguments) throws IOException, InterruptedException {
        return end(input, command(arguments));
    }

    private Ran end(String input, List<String> command) throws IOException, InterruptedException {
        Path err = Files.createTempFile(home, "err", "");
        Process process =
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectError(err.toFile())
                        .start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the command did not end: " + String.join(" ", command));
        }
        return new Ran(process.exitValue(), out, Files.readString(err));
    }

    /** Starts a command and waits until it prints a line with this in it. */
    Process start(String until, String... arguments) throws IOException {
        Process process =
                new ProcessBuilder(command(arguments))
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .start();
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains(until)) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
                return process;
            }
        }
        throw new AssertionError("it ended without `" + until + "`: " + said);
    }
}
