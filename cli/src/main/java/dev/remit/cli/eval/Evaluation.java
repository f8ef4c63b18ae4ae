package dev.remit.cli.eval;

import dev.remit.call.Value;
import dev.remit.decision.intent.ToolReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** The scores of many traces: in all, by suite and by file. */
public final class Evaluation {
    private final Score all = new Score();
    private final Map<String, Score> suites = new TreeMap<>();
    private final Map<String, Score> files = new TreeMap<>();

    /**
     * Replays traces, side by side.
     *
     * @param done is told how many are done, from any thread
     */
    public Evaluation(List<Trace> traces, Map<String, ToolReading> tools, IntConsumer done) {
        IntStream.range(0, traces.size())
                .parallel()
                .mapToObj(
                        i -> {
                            Course course = Course.of(traces.get(i), tools);
                            done.accept(1);
                            return course;
                        })
                .forEachOrdered(
                        course -> {
                            Trace trace = course.trace();
                            all.add(course);
                            suites.computeIfAbsent(trace.suite(), _ -> new Score()).add(course);
                            files.computeIfAbsent(trace.file(), _ -> new Score()).add(course);
                        });
    }

    /**
     * Each suite by its name, and {@code all}; {@code by_file} has the same of each file, and
     * {@code left_out} says which lines are no traces, if any are.
     */
    public Value.Fields json(List<String> leftOut) {
        Value.Building json = Value.object();
        suites.forEach((suite, score) -> json.put(suite, score.json()));
        Value.Building byFile = Value.object();
        files.forEach((file, score) -> byFile.put(file, score.json()));
        json.put("all", all.json()).put("by_file", byFile.build());
        if (!leftOut.isEmpty()) {
            json.put("left_out", new Value.Items(leftOut.stream().map(Value::of).toList()));
        }
        return json.build();
    }

    /** A table for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        files.forEach((file, score) -> section(file, score, lines));
        section("all", all, lines);
        for (Value leak : all.leaks()) {
            lines.add("leaked  " + leak.json());
        }
        return lines;
    }

    private static void section(String name, Score score, List<String> lines) {
        lines.add(name);
        score.lines().forEach(line -> lines.add("  " + line));
    }
}
