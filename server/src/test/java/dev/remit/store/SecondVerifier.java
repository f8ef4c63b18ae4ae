package dev.remit.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The verifier in another language, {@code docs/reference/verify.mjs}. Where there is no {@code
 * node}, the test that asks for it is skipped.
 */
final class SecondVerifier {
    private static final Path SCRIPT =
            Path.of("../docs/reference/verify.mjs").toAbsolutePath().normalize();

    private SecondVerifier() {}

    static void assumeThere() {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            assumeTrue(node.waitFor() == 0, "node does not start");
        } catch (IOException e) {
            assumeTrue(false, "there is no node here, which the second verifier needs");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it says of this path; {@code sound, …} or {@code WRONG, …}. */
    static String of(List<String> options, Path path) {
        return of(options, List.of(path)).getOrDefault(path, "");
    }

    /** What it says of each of these paths; {@code sound, …} or {@code WRONG, …}. */
    static Map<Path, String> of(List<String> options, List<Path> paths) {
        List<String> command = new ArrayList<>(List.of("node", SCRIPT.toString()));
        command.addAll(options);
        paths.forEach(path -> command.add(path.toString()));
        try {
            Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
            node.getOutputStream().close();
            String output =
                    new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = node.waitFor();
            Map<Path, String> said = new HashMap<>();
            for (Path path : paths) {
                String start = path + ": ";
                output.lines()
                        .filter(line -> line.startsWith(start))
                        .forEach(line -> said.put(path, line.substring(start.length())));
            }
            boolean wrong = said.values().stream().anyMatch(one -> one.startsWith("WRONG"));
            if (said.size() != paths.size() || status != (wrong ? 3 : 0)) {
                throw new IllegalStateException("it ended with " + status + ": " + output);
            }
            return said;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
