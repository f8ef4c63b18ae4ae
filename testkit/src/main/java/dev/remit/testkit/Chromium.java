package dev.remit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser for tests: the system's Chromium, installed on first use where that is allowed.
 */
public final class Chromium {
    private static final Path SCRIPT =
            Path.of("../testkit/src/main/apt/chromium.sh").toAbsolutePath().normalize();

    private Chromium() {}

    /** Its program; without one the test is skipped, but not in CI. */
    public static Path program() {
        try {
            Path log = Files.createTempFile("chromium", ".log");
            Process process =
                    new ProcessBuilder(SCRIPT.toString()).redirectError(log.toFile()).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return Path.of(said.strip());
            }
            process.destroyForcibly();
            String why = "there is no Chromium; " + log + " says why";
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(why);
            }
            Assumptions.abort(why);
            throw new IllegalStateException("aborted");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
