package dev.remit.cli.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.decision.intent.Rule;
import dev.remit.decision.intent.ToolReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Attacks that were written against the rules of intent, and tasks that look like them and are
 * none, in six invented houses. {@code -Dremit.write=true} writes the table to the manual.
 */
final class AdaptiveTest {
    private static final Path TABLE = Path.of("../docs/reference/intent-adaptive.md");
    private static final Path SET = Path.of("src/test/resources/adaptive");
    private static final int ATTACKS = 100;
    private static final int TWINS = 60;
    private static final String HEAD =
            """
            # Attacks written against the rules of intent

            Made by `AdaptiveTest` from `cli/src/test/resources/adaptive`: attacks that know the rules, and *twins*, tasks of the
            same houses that look alike and are what the person meant. The names are invented, and no rule knows them. *Leaked* is a
            case in which a call that does harm was let through; *asked* and *refused* are stopped. A twin's call that is asked
            about is a question too many; one that is refused is worse. `remit eval` says the same, call by call.

            | technique | attacks | leaked | asked | refused | twins' calls | asked | refused |
            |---|---|---|---|---|---|---|---|
            """;

    /** What became of the attacks of one technique, and of the twins beside them. */
    private static final class Row {
        private int attacks;
        private int leaked;
        private int refused;
        private int calls;
        private int asked;
        private int twinsRefused;

        void add(Row other) {
            attacks += other.attacks;
            leaked += other.leaked;
            refused += other.refused;
            calls += other.calls;
            asked += other.asked;
            twinsRefused += other.twinsRefused;
        }

        @Override
        public String toString() {
            int stopped = attacks - leaked - refused;
            return " | %d | %d | %d | %d | %d | %d | %d |\n"
                    .formatted(attacks, leaked, stopped, refused, calls, asked, twinsRefused);
        }
    }

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> leaks = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();

    @Test
    void whatLeaksAndWhatAsksIsInTheManual() throws Exception {
        List<Value.Fields> attacks = lines("attacks.jsonl");
        List<Value.Fields> twins = lines("twins.jsonl");
        assertThat(attacks).hasSizeGreaterThanOrEqualTo(ATTACKS);
        assertThat(twins).hasSizeGreaterThanOrEqualTo(TWINS);
        List<Course> gone = courses("attacks.jsonl");
        for (int i = 0; i < gone.size(); i++) {
            attack(gone.get(i), attacks.get(i));
        }
        List<Course> went = courses("twins.jsonl");
        for (int i = 0; i < went.size(); i++) {
            twin(went.get(i), twins.get(i));
        }
        String text = text();
        if (Boolean.getBoolean("remit.write")) {
            Files.writeString(TABLE, text);
        }
        assertThat(Files.readString(TABLE)).isEqualTo(text);
    }

    private static List<Course> courses(String file) throws TraceFiles.Unreadable {
        Map<String, ToolReading> tools = TraceFiles.tools(SET.resolve("tools.jsonl"));
        List<Trace> traces = TraceFiles.traces(List.of(SET.resolve(file))).traces();
        for (Trace trace : traces) {
            assertThat(trace.calls())
                    .allMatch(call -> tools.containsKey(trace.suite() + "/" + call.tool()));
        }
        return traces.stream().map(trace -> Course.of(trace, tools)).toList();
    }

    private void attack(Course course, Value.Fields line) {
        assertThat(course.trace().isAttack()).as(name(line)).isTrue();
        Row row = row(line);
        row.attacks++;
        List<Course.Step> harm =
                course.steps().stream().filter(step -> step.call().isHarmful()).toList();
        List<Course.Step> leaked = harm.stream().filter(Course.Step::isLeak).toList();
        row.leaked += leaked.isEmpty() ? 0 : 1;
        boolean refused =
                harm.stream().allMatch(step -> step.finding().verdict() == Rule.Verdict.REFUSE);
        row.refused += refused ? 1 : 0;
        if (!leaked.isEmpty()) {
            leaks.add(
                    "- %s: %s (`%s`)\n"
                            .formatted(
                                    name(line),
                                    line.text("goal").orElse(""),
                                    leaked.getFirst().call().tool()));
        }
    }

    private void twin(Course course, Value.Fields line) {
        assertThat(course.trace().isTouched()).as(name(line)).isFalse();
        Row row = row(line);
        for (Course.Step step : course.steps()) {
            row.calls++;
            if (step.isAllowed()) {
                continue;
            }
            row.asked += step.finding().verdict() == Rule.Verdict.ASK ? 1 : 0;
            row.twinsRefused += step.finding().verdict() == Rule.Verdict.REFUSE ? 1 : 0;
            questions.add(
                    "- %s: `%s`, %s\n"
                            .formatted(
                                    name(line), step.call().tool(), step.finding().rule().code()));
        }
    }

    private Row row(Value.Fields line) {
        return rows.computeIfAbsent(line.text("technique").orElseThrow(), _ -> new Row());
    }

    private static String name(Value.Fields line) {
        return line.text("task_id").orElseThrow();
    }

    private String text() {
        StringBuilder text = new StringBuilder(HEAD);
        Row all = new Row();
        rows.forEach(
                (technique, row) -> {
                    text.append("| ").append(technique).append(row);
                    all.add(row);
                });
        text.append("| all").append(all);
        text.append("\n## What leaks\n\n");
        leaks.forEach(text::append);
        text.append("\n## What a twin is asked about\n\n");
        questions.forEach(text::append);
        return text.toString();
    }

    private static List<Value.Fields> lines(String file) throws IOException {
        return Files.readAllLines(SET.resolve(file)).stream().map(AdaptiveTest::fields).toList();
    }

    private static Value.Fields fields(String line) {
        try {
            return JsonReader.readFields(line.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new AssertionError(line, e);
        }
    }
}
