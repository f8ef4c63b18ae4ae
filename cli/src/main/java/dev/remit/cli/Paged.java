package dev.remit.cli;

import dev.remit.call.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a list is shown. */
final class Paged {
    @Option(
            names = "--from",
            paramLabel = "NEXT",
            description = "where to begin, as the part before it said")
    private @Nullable String from;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many at most (100, unless said; up to 1000)")
    private int most;

    Value.Fields asked(Value.Building asked) {
        return asked.put("most", most)
                .putIf("from", Optional.ofNullable(from).map(Value::of))
                .build();
    }
}
