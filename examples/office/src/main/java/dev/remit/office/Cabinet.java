package dev.remit.office;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A drawer of records: one JSON file for each, in a folder. */
record Cabinet(Path folder) {

    List<Value> all() {
        List<Value> records = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                records.add(JsonReader.readFields(Files.readAllBytes(file)));
            }
            return records;
        } catch (IOException | MalformedJson e) {
            throw new IllegalArgumentException("the records cannot be read", e);
        }
    }

    Value.Fields get(String id) {
        try {
            return JsonReader.readFields(Files.readAllBytes(file(id)));
        } catch (IOException | MalformedJson e) {
            throw new IllegalArgumentException("there is no record `" + id + "`", e);
        }
    }

    void put(String id, Value.Fields fields) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(id), fields.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String id) {
        if (!id.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("`" + id + "` is not a record's name");
        }
        return folder.resolve(id + ".json");
    }
}
