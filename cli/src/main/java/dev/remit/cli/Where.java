package dev.remit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which data folder a command is about. */
final class Where {
    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "the gateway's data folder (else $$REMIT_DATA, else ~/.remit)")
    private @Nullable Path data;

    Path data() {
        return Optional.ofNullable(data)
                .or(() -> Optional.ofNullable(System.getenv("REMIT_DATA")).map(Path::of))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".remit"))
                .toAbsolutePath();
    }

    /** Whether no gateway has said that it runs on it. */
    boolean isQuiet() {
        return Files.notExists(data().resolve("operator.json"));
    }

    Operator operator() {
        return Operator.of(data());
    }
}
