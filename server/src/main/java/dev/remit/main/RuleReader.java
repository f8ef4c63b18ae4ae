package dev.remit.main;

import dev.remit.call.Value;
import dev.remit.rules.RuleFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where the organisation's rules stand: {@code rules}, a folder or a section. */
final class RuleReader {
    private final ConfigReader reader;
    private final Path config;

    RuleReader(ConfigReader reader, Path config) {
        this.reader = reader;
        this.config = config;
    }

    Optional<RuleFolder> rules(Value.Fields top) {
        Optional<Value> written = top.get("rules");
        if (written.isEmpty() || written.get() instanceof Value.Nothing) {
            return Optional.empty();
        }
        if (!(written.get() instanceof Value.Fields section)) {
            return Optional.of(
                    folder(reader.scalar(written.get(), "/rules"), RuleFolder.Fallback.PERMIT));
        }
        reader.only(section, "/rules", List.of("folder", "default"));
        String folder =
                reader.text(section, "/rules", "folder")
                        .orElseThrow(() -> reader.refused("/rules", "`folder` is missing"));
        RuleFolder.Fallback fallback =
                switch (reader.text(section, "/rules", "default").orElse("permit")) {
                    case "permit" -> RuleFolder.Fallback.PERMIT;
                    case "forbid" -> RuleFolder.Fallback.FORBID;
                    default ->
                            throw reader.refused("/rules/default", "`default` is permit or forbid");
                };
        return Optional.of(folder(folder, fallback));
    }

    /** A folder that is not told from the root stands beside the configuration. */
    private RuleFolder folder(String written, RuleFolder.Fallback fallback) {
        if (written.isBlank()) {
            throw reader.refused("/rules", "a folder is expected, as in `rules: rules`");
        }
        Path beside = config.toAbsolutePath().getParent();
        Path path = Path.of(reader.expand(written, "/rules", "folder"));
        return new RuleFolder(beside == null ? path : beside.resolve(path), fallback);
    }
}
