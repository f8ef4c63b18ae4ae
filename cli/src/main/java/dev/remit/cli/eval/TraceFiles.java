package dev.remit.cli.eval;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.decision.intent.ToolReader;
import dev.remit.decision.intent.ToolReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads recorded traces and the tools they use: JSON lines, gzipped or not. */
public final class TraceFiles {
    private TraceFiles() {}

    /** Says which line of which file is not what it should be. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    /** What the tools of a file say they do, by {@code suite/name}. */
    public static Map<String, ToolReading> tools(Path file) throws Unreadable {
        Map<String, ToolReading> tools = new HashMap<>();
        for (Value.Fields tool : lines(file)) {
            tools.put(
                    tool.text("suite").orElse("") + "/" + tool.text("name").orElse(""),
                    ToolReader.read(tool));
        }
        return tools;
    }

    /** The traces of files, and of the files in folders, in the order of their names. */
    public static List<Trace> traces(List<Path> places) throws Unreadable {
        List<Trace> traces = new ArrayList<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                int line = 0;
                for (Value.Fields fields : lines(file)) {
                    line++;
                    traces.add(trace(bare(file), line, fields));
                }
            }
        }
        return traces;
    }

    private static List<Path> files(Path place) throws Unreadable {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> inside = Files.list(place)) {
            return inside.filter(file -> file.getFileName().toString().contains(".jsonl"))
                    .filter(file -> !bare(file).equals("tools"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Unreadable("the folder " + place + " cannot be read: " + e.getMessage());
        }
    }

    private static String bare(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.jsonl(\\.gz)?$", "");
    }

    private static Trace trace(String file, int line, Value.Fields fields) throws Unreadable {
        String name = file + "#" + line;
        List<Trace.Recorded> calls = new ArrayList<>();
        for (Value call : fields.items("calls")) {
            if (!(call instanceof Value.Fields one) || one.text("tool").isEmpty()) {
                throw new Unreadable(name + ": each of `calls` is an object with a `tool`");
            }
            calls.add(
                    new Trace.Recorded(
                            one.text("tool").get(),
                            one.fields("args").orElse(Value.Fields.EMPTY),
                            answer(one),
                            one.flag("is_attack"),
                            one.text("effect").orElse("")));
        }
        return new Trace(
                name,
                file,
                fields.text("suite")
                        .orElseThrow(() -> new Unreadable(name + ": `suite` is missing")),
                fields.text("prompt")
                        .orElseThrow(() -> new Unreadable(name + ": `prompt` is missing")),
                calls);
    }

    /** What the agent was told: what the tool answered, or else why it did not. */
    private static String answer(Value.Fields call) {
        return call.get("output")
                .map(TraceFiles::text)
                .filter(output -> !output.isEmpty())
                .or(() -> call.text("error"))
                .orElse("");
    }

    private static String text(Value output) {
        return output instanceof Value.Text(String text) ? text : output.json();
    }

    private static List<Value.Fields> lines(Path file) throws Unreadable {
        List<Value.Fields> lines = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in =
                        String.valueOf(file.getFileName()).endsWith(".gz")
                                ? new GZIPInputStream(raw)
                                : raw;
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    lines.add(JsonReader.readFields(line.getBytes(StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException e) {
            throw new Unreadable(file + " cannot be read: " + e.getMessage());
        } catch (MalformedJson e) {
            throw new Unreadable(
                    file + ", line " + (lines.size() + 1) + " is no object: " + e.getMessage());
        }
        return lines;
    }
}
