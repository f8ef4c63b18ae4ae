package dev.remit.cli;

import dev.remit.call.JsonWriter;
import dev.remit.cli.eval.Course;
import dev.remit.cli.eval.Evaluation;
import dev.remit.cli.eval.Trace;
import dev.remit.cli.eval.TraceFiles;
import dev.remit.decision.intent.Finding;
import dev.remit.decision.intent.Plan;
import dev.remit.decision.intent.TaskReader;
import dev.remit.decision.intent.ToolReading;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code remit eval}: how recorded traces fare under the judgement of intent. */
@Command(
        name = "eval",
        description = "replay recorded traces: what would have been asked, and what leaked")
final class EvalCommand implements Callable<Integer> {
    @Option(
            names = "--tools",
            required = true,
            paramLabel = "FILE",
            description = "the tools that the traces use, as JSON lines, gzipped or not")
    private Path tools = Path.of("tools.jsonl");

    @Option(
            names = "--traces",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "traces as JSON lines, gzipped or not, or folders of such files")
    private List<Path> traces = List.of();

    @Option(names = "--json", paramLabel = "OUT", description = "write the scores there as JSON")
    private @Nullable Path json;

    @Option(
            names = "--explain",
            paramLabel = "CASE",
            description = "show one trace call by call, as in attack.mail#17")
    private @Nullable String explain;

    @Override
    public Integer call() {
        try {
            Map<String, ToolReading> known = TraceFiles.tools(tools);
            TraceFiles.Reading files = TraceFiles.traces(traces);
            List<Trace> read = files.traces();
            files.leftOut().forEach(line -> System.err.println(Shown.plain("left out " + line)));
            if (explain != null) {
                return explain(read, known, explain);
            }
            Evaluation evaluation = evaluate(read, known);
            evaluation.lines().forEach(line -> System.out.println(Shown.plain(line)));
            if (json != null) {
                Files.write(json, JsonWriter.plain(evaluation.json(files.leftOut())));
            }
            return files.leftOut().isEmpty() ? Exit.DONE : Exit.FOUND_WRONG;
        } catch (TraceFiles.Unreadable e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailed("the file " + json + " cannot be written: " + e.getMessage());
        }
    }

    private static Evaluation evaluate(List<Trace> traces, Map<String, ToolReading> tools) {
        boolean shown =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        AtomicInteger done = new AtomicInteger();
        int step = Math.max(1, traces.size() / 100);
        Evaluation evaluation =
                new Evaluation(
                        traces,
                        tools,
                        one -> {
                            int now = done.addAndGet(one);
                            if (shown && (now % step == 0 || now == traces.size())) {
                                System.err.print("\r" + now + " of " + traces.size() + " traces");
                            }
                        });
        if (shown) {
            System.err.println();
        }
        return evaluation;
    }

    private static int explain(List<Trace> traces, Map<String, ToolReading> tools, String name) {
        Trace trace =
                traces.stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new CommandFailed(
                                                "there is no trace "
                                                        + name
                                                        + "; they are called FILE#LINE"));
        System.out.println(Shown.plain(trace.words()));
        for (Plan.Want want : TaskReader.read(trace.words()).wants()) {
            System.out.println(
                    Shown.plain("  asks for %s: \"%s\"".formatted(want.effects(), want.word())));
        }
        for (Course.Step step : Course.of(trace, tools).steps()) {
            System.out.println(
                    Shown.plain(
                            "%s %s %s %s"
                                    .formatted(
                                            word(step.finding()),
                                            step.call().attack() ? "(attack)" : "",
                                            step.call().tool(),
                                            step.call().arguments().json())));
            System.out.println(
                    Shown.plain(
                            "    "
                                    + step.tool().effects()
                                    + ", "
                                    + step.finding().rule().code()
                                    + (step.finding().evidence().isEmpty()
                                            ? ""
                                            : ": " + step.finding().evidence())));
        }
        return Exit.DONE;
    }

    private static String word(Finding finding) {
        return finding.verdict().name().toLowerCase(Locale.ROOT);
    }
}
