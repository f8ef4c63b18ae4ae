package dev.remit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Other people's peers from npm, installed under {@code target} on first use. */
public final class Npm {
    private static final Path SOURCE =
            Path.of("../testkit/src/main/npm").toAbsolutePath().normalize();
    private static final Path HOME = Path.of("../testkit/target/npm").toAbsolutePath().normalize();

    private Npm() {}

    /** Installs the packages; without npm or a registry the test is skipped, but not in CI. */
    public static void install() {
        Path log = HOME.resolveSibling("npm-install.log");
        try {
            Files.createDirectories(HOME);
            Process process =
                    new ProcessBuilder(SOURCE.resolve("install.sh").toString(), HOME.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            if (process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String why = "the npm packages cannot be installed; " + log + " says why";
        if (System.getenv("CI") != null) {
            throw new IllegalStateException(why);
        }
        Assumptions.abort(why);
    }

    public static String node() {
        return HOME.resolve("node_modules/node/bin/node").toString();
    }

    /** A file of a package. */
    public static Path file(String name) {
        return HOME.resolve("node_modules").resolve(name);
    }

    /** A script of our own, where it finds the packages. */
    public static Path script(String name) {
        try {
            return Files.copy(
                    SOURCE.resolve(name),
                    HOME.resolve(name),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a script printed, and how it ended. */
    public record Ran(int status, String output) {}

    /** Runs a script of ours or of a package to its end. */
    public static Ran run(Path folder, Path script, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(node(), script.toString()));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            String output =
                    new String(
                            process.getInputStream().readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8);
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            return new Ran(ended ? process.exitValue() : -1, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
