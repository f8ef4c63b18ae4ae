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

    /** A line of a file that is not blank, and its number. */
    private record Line(int number, Value.Fields fields) {}

    /**
     * What files hold.
     *
     * @param leftOut the lines that are no traces, each with the reason
     */
    public record Reading(List<Trace> traces, List<String> leftOut) {
        public Reading {
            traces = List.copyOf(traces);
            leftOut = List.copyOf(leftOut);
        }
    }

    /** What the tools of a file say they do, by {@code suite/name}. */
    public static Map<String, ToolReading> tools(Path file) throws Unreadable {
        List<String> leftOut = new ArrayList<>();
        Map<String, ToolReading> tools = new HashMap<>();
        for (Line line : lines(file, leftOut)) {
            Value.Fields tool = line.fields();
            tools.put(
                    tool.text("suite").orElse("") + "/" + tool.text("name").orElse(""),
                    ToolReader.read(tool));
        }
        if (!leftOut.isEmpty()) {
            throw new Unreadable(leftOut.getFirst()); // every trace stands on them
        }
        return tools;
    }

    /** The traces of files, and of the files in folders, in the order of their names. */
    public static Reading traces(List<Path> places) throws Unreadable {
        List<Trace> traces = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                for (Line line : lines(file, leftOut)) {
                    try {
                        traces.add(trace(bare(file), line));
                    } catch (Unreadable e) {
                        leftOut.add(String.valueOf(e.getMessage()));
                    }
                }
            }
        }
        return new Reading(traces, leftOut);
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

    private static Trace trace(String file, Line line) throws Unreadable {
        String name = name(file, line.number());
        Value.Fields fields = line.fields();
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

    private static String name(String file, int line) {
        return file + "#" + line;
    }

    private static List<Line> lines(Path file, List<String> leftOut) throws Unreadable {
        List<Line> lines = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in =
                        String.valueOf(file.getFileName()).endsWith(".gz")
                                ? new GZIPInputStream(raw)
                                : raw;
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 1;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line(bare(file), number++, text, lines, leftOut);
            }
        } catch (IOException e) {
            throw new Unreadable(file + " cannot be read: " + e.getMessage());
        }
        return lines;
    }

    private static void line(
            String file, int number, String text, List<Line> lines, List<String> leftOut) {
        if (text.isBlank()) {
            return;
        }
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            lines.add(new Line(number, JsonReader.readFields(bytes)));
        } catch (MalformedJson e) {
            leftOut.add(name(file, number) + ": " + e.getMessage());
        }
    }
}
