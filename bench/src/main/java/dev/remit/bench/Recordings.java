package dev.remit.bench;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads what {@code remit eval} replays: JSON lines, gzipped or not. */
final class Recordings {
    private Recordings() {}

    static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> inside = Files.list(place)) {
            return inside.filter(file -> file.getFileName().toString().contains(".jsonl"))
                    .filter(file -> !file.getFileName().toString().startsWith("tools."))
                    .sorted()
                    .toList();
        }
    }

    static List<Value.Fields> lines(Path file) throws IOException, MalformedJson {
        List<Value.Fields> lines = new ArrayList<>();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
                lines.add(JsonReader.readFields(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return lines;
    }
}
