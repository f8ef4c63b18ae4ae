package dev.remit.operator;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.gate.StopSwitch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in the data folder that stops all agents. That it is there is what stops them; what
 * stands in it says why. Where nobody can see whether it is there, it is.
 */
public final class StopFile {
    private static final Logger LOG = LoggerFactory.getLogger(StopFile.class);
    private static final int LONGEST = 16 * 1024;

    private final Path file;

    public StopFile(Path data) {
        this.file = data.resolve("stopped.json");
    }

    public Path path() {
        return file;
    }

    /** What it says; empty only if it certainly is not there. */
    public Optional<StopSwitch.Stop> read() {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > LONGEST) {
                return Optional.of(unreadable());
            }
            Value.Fields said = JsonReader.readFields(Files.readAllBytes(file));
            return Optional.of(
                    new StopSwitch.Stop(
                            Instant.parse(said.text("since").orElse("")),
                            said.text("by").orElse("unknown"),
                            said.text("why").orElse("")));
        } catch (IOException | MalformedJson | DateTimeException e) {
            return Files.notExists(file) ? Optional.empty() : Optional.of(unreadable());
        }
    }

    private StopSwitch.Stop unreadable() {
        return new StopSwitch.Stop(
                Instant.EPOCH, "unknown", "The file " + file.getFileName() + " cannot be read.");
    }

    /** Writes it; on a full disk an empty one will do. */
    public void write(StopSwitch.Stop why) throws IOException {
        Value said =
                Value.object()
                        .put("since", why.since().toString())
                        .put("by", why.by())
                        .put("why", why.why())
                        .build();
        if (Files.notExists(file)) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        try {
            Files.write(
                    file,
                    said.json().getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
        } catch (IOException e) {
            LOG.warn("{} stops, but does not say why: {}", file, e.toString());
        }
    }

    public void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
