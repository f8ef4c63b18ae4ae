package dev.remit.cli;

import dev.remit.call.Digest;
import dev.remit.call.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where {@code remit run} keeps the ledger of a wrapped command: the same folder each time, one for
 * each at a time.
 */
final class RunFolder {
    private static final int MOST = 50;

    private RunFolder() {}

    /**
     * The first of the command's folders that no running gateway has; a file in it says what the
     * command was.
     */
    static Path free(List<String> command) throws IOException {
        String words = String.join(" ", command);
        String name =
                Digest.of(
                                (Path.of("").toAbsolutePath() + "\0" + words)
                                        .getBytes(StandardCharsets.UTF_8))
                        .hex();
        Path all = Path.of(System.getProperty("user.home"), ".remit", "run");
        for (int i = 1; i <= MOST; i++) {
            Path folder = all.resolve(name.substring(0, 12) + (i == 1 ? "" : "-" + i));
            if (!isRunning(folder)) {
                Files.createDirectories(folder);
                return folder;
            }
        }
        throw new CommandFailed(
                MOST + " gateways already wrap this command; stop some, or give --data DIR");
    }

    /**
     * Whether a gateway answers there; one that was killed leaves its file behind, but does not
     * answer.
     */
    private static boolean isRunning(Path folder) {
        if (!Files.exists(folder.resolve("operator.json"))) {
            return false;
        }
        try {
            Operator.of(folder).act("agents/list", Value.Fields.EMPTY);
            return true;
        } catch (CommandFailed e) {
            return false;
        }
    }
}
