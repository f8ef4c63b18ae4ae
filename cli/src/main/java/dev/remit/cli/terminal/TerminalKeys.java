package dev.remit.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The keys of the terminal that this process runs on, each as it is pressed and not shown. The
 * terminal is set as it was when this is closed, or the process ends.
 */
public final class TerminalKeys implements Keys {
    private static final File TERMINAL = new File("/dev/tty");
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int USUAL_COLUMNS = 80;
    private static final int NARROW = 40;
    private static final int WIDE = 120;
    private static final char ESCAPE = 0x1b;

    private final InputStream in;
    private final String before;
    private final int columns;
    private final Thread onExit;

    private TerminalKeys(InputStream in, String before, int columns) {
        this.in = in;
        this.before = before;
        this.columns = columns;
        this.onExit = new Thread(() -> set(List.of("stty", before)));
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Takes the keys; empty if there is no terminal that can be asked for single keys. */
    public static Optional<TerminalKeys> open() {
        Optional<String> before = set(List.of("stty", "-g"));
        if (before.isEmpty()
                || !before.get().matches("[0-9a-fA-F:=]+")
                || set(List.of("stty", "-icanon", "-echo", "min", "1")).isEmpty()) {
            return Optional.empty();
        }
        int columns =
                set(List.of("stty", "size"))
                        .filter(size -> size.matches("[0-9]{1,4} [0-9]{1,4}"))
                        .map(size -> Integer.parseInt(size.split(" ", -1)[1]))
                        .filter(many -> many > 0)
                        .orElse(USUAL_COLUMNS);
        return Optional.of(
                new TerminalKeys(System.in, before.get(), Math.clamp(columns, NARROW, WIDE)));
    }

    @Override
    public Optional<Character> next(Duration wait) throws InterruptedException {
        try {
            for (long left = wait.toMillis(); in.available() == 0; left -= PAUSE.toMillis()) {
                if (left <= 0) {
                    return Optional.empty();
                }
                Thread.sleep(PAUSE);
            }
            char key = (char) in.read();
            if (key == ESCAPE) {
                forget(); // what follows belongs to it: an arrow, say
                return Optional.empty();
            }
            return Optional.of(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void forget() {
        try {
            in.skipNBytes(in.available());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void close() {
        set(List.of("stty", before));
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // the process is ending, and does the same once more
        }
    }

    /** Asks {@code stty}; what it says, or empty if it is not there or has no terminal. */
    private static Optional<String> set(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(TERMINAL)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(said.strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
