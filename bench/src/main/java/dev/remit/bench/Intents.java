package dev.remit.bench;

import dev.remit.call.Value;
import dev.remit.decision.intent.Intent;
import dev.remit.decision.intent.Memory;
import dev.remit.decision.intent.TaskReader;
import dev.remit.decision.intent.ToolReader;
import dev.remit.decision.intent.ToolReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the judgement of intent costs on recorded traces, warm and on one thread: {@code Intents
 * TOOLS TRACES…}. Every call is judged and its answer taken in, whoever made it.
 */
final class Intents {
    private static final int LONGEST = 100; // traces
    private static final int WARM = 30; // rounds
    private static final int ROUNDS = 20;
    private static final int GARBAGE = 4; // collections until nothing more goes
    private static final double MICRO = 1_000;
    private static final double SECOND = 1e9;
    private static final int ROW = 12; // characters of a hostile answer's row, about
    private static final int ROWS = 60_000;

    /** One recorded call. */
    private record Recorded(
            String tool, ToolReading reading, Value.Fields arguments, String output) {}

    /** One recorded task. */
    private record Trace(String words, List<Recorded> calls) {
        long characters() {
            return calls.stream().mapToLong(call -> call.output().length()).sum();
        }
    }

    private Intents() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: bench/run intent TOOLS TRACES…");
            System.exit(2);
        }
        Map<String, ToolReading> tools = new HashMap<>();
        for (Value.Fields tool : Recordings.lines(Path.of(arguments[0]))) {
            tools.put(name(tool), ToolReader.read(tool));
        }
        List<Trace> all = new ArrayList<>();
        for (String place : Arrays.asList(arguments).subList(1, arguments.length)) {
            for (Path file : Recordings.files(Path.of(place))) {
                Recordings.lines(file).forEach(line -> all.add(trace(line, tools)));
            }
        }
        List<Trace> longest =
                all.stream()
                        .sorted(Comparator.comparingLong(Trace::characters).reversed())
                        .limit(LONGEST)
                        .toList();
        System.out.printf(
                "%,d traces; the %d longest were answered %,d to %,d characters%n",
                all.size(),
                longest.size(),
                longest.getLast().characters(),
                longest.getFirst().characters());
        times(longest);
        throughput(all);
        System.out.printf("bytes a mandate: the longest %,d", bytes(longest));
        System.out.printf(", all %,d", bytes(all));
        System.out.printf(", full of small values %,d%n", bytes(List.of(full())));
    }

    private static void times(List<Trace> traces) {
        List<Long> deciding = new ArrayList<>();
        List<Long> taking = new ArrayList<>();
        List<Long> both = new ArrayList<>();
        for (int round = 0; round < WARM + ROUNDS; round++) {
            for (Trace trace : traces) {
                Memory memory = new Memory(TaskReader.read(trace.words()));
                for (Recorded call : trace.calls()) {
                    long start = System.nanoTime();
                    Intent.judge(call.reading(), call.arguments(), memory);
                    long judged = System.nanoTime();
                    take(call, memory);
                    long end = System.nanoTime();
                    if (round >= WARM) {
                        deciding.add(judged - start);
                        taking.add(end - judged);
                        both.add(end - start);
                    }
                }
            }
        }
        line("deciding", deciding);
        line("taking in", taking);
        line("both", both);
    }

    private static void take(Recorded call, Memory memory) {
        memory.remember(call.tool(), call.reading(), call.arguments(), call.output());
    }

    private static void line(String what, List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%-10s p50 %8.1f us   p99 %8.1f us   (%,d calls)%n",
                what,
                sorted[sorted.length / 2] / MICRO,
                sorted[(int) (sorted.length * 0.99)] / MICRO,
                sorted.length);
    }

    private static void throughput(List<Trace> traces) {
        traces.forEach(Intents::kept);
        long start = System.nanoTime();
        traces.forEach(Intents::kept);
        double seconds = (System.nanoTime() - start) / SECOND;
        long calls = traces.stream().mapToLong(trace -> trace.calls().size()).sum();
        System.out.printf("%,.0f decisions a second on one core%n", calls / seconds);
    }

    private static Memory kept(Trace trace) {
        Memory memory = new Memory(TaskReader.read(trace.words()));
        for (Recorded call : trace.calls()) {
            Intent.judge(call.reading(), call.arguments(), memory);
            take(call, memory);
        }
        return memory;
    }

    /** What the memories of these weigh, each. */
    private static long bytes(List<Trace> traces) throws InterruptedException {
        List<Trace> some = traces.subList(0, Math.min(traces.size(), 10 * LONGEST));
        long before = used();
        List<Memory> kept = some.stream().map(Intents::kept).toList();
        long after = used();
        return (after - before) / kept.size();
    }

    private static long used() throws InterruptedException {
        Runtime machine = Runtime.getRuntime();
        for (int i = 0; i < GARBAGE; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return machine.totalMemory() - machine.freeMemory();
    }

    /** A mandate whose answers are as many small values as go in. */
    private static Trace full() {
        ToolReading tool = ToolReader.read(Value.object().put("name", "list_rows").build());
        List<Recorded> calls = new ArrayList<>();
        for (int answer = 0; answer < 2 * Memory.MOST_CHARACTERS / ROWS / ROW; answer++) {
            StringBuilder rows = new StringBuilder();
            for (int row = 0; row < ROWS; row++) {
                rows.append("- v").append(answer).append('x').append(row).append('\n');
            }
            calls.add(new Recorded("list_rows", tool, Value.Fields.EMPTY, rows.toString()));
        }
        return new Trace("List the rows", calls);
    }

    private static Trace trace(Value.Fields line, Map<String, ToolReading> tools) {
        List<Recorded> calls = new ArrayList<>();
        for (Value value : line.items("calls")) {
            if (value instanceof Value.Fields call) {
                String tool = call.text("tool").orElse("");
                ToolReading reading =
                        tools.computeIfAbsent(
                                line.text("suite").orElse("") + "/" + tool,
                                _ -> ToolReader.read(Value.object().put("name", tool).build()));
                Value.Fields arguments = call.fields("args").orElse(Value.Fields.EMPTY);
                calls.add(new Recorded(tool, reading, arguments, call.text("output").orElse("")));
            }
        }
        return new Trace(line.text("prompt").orElse(""), calls);
    }

    private static String name(Value.Fields tool) {
        return tool.text("suite").orElse("") + "/" + tool.text("name").orElse("");
    }
}
