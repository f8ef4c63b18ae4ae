package dev.remit.decision.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.mandate.Amendment;
import dev.remit.mandate.Amendment.Act;
import dev.remit.mandate.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The scenes of {@code scenes.txt}, which says how they are written; each call is a test. */
final class ScenesTest {
    private final Map<String, ToolReading> tools = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final List<DynamicTest> tests = new ArrayList<>();
    private final Set<String> decided = new HashSet<>();
    private String scene = "";
    private Task task = new Task("nothing");
    private List<Seen> seen = List.of();

    private record Seen(String tool, Value.Fields arguments, String answer) {}

    @TestFactory
    Stream<DynamicTest> everyCallIsJudgedAsItStandsThere() throws IOException {
        read();
        return tests.stream();
    }

    /** But for those that take more than a scene: {@link LookedAtTwiceTest} has them. */
    @Test
    void everyRuleDecidesSomewhere() throws IOException {
        read();
        Set<Rule> rules = EnumSet.allOf(Rule.class);
        rules.removeIf(rule -> decided.contains(rule.code()));
        assertThat(rules).containsExactlyInAnyOrder(Rule.TOO_MUCH, Rule.SECOND_LOOK);
    }

    private void read() throws IOException {
        List<String> lines;
        try (InputStream in = ScenesTest.class.getResourceAsStream("scenes.txt")) {
            lines =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            StringBuilder text = new StringBuilder();
            while (i + 1 < lines.size() && lines.get(i + 1).startsWith("| ")) {
                i++;
                text.append(lines.get(i).substring(2)).append('\n');
            }
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.split(" +", 2);
                read(words[0], words[1].strip(), text.toString());
            }
        }
    }

    private void read(String first, String rest, String text) {
        switch (first) {
            case "tool" -> {
                String[] words = rest.split(" ");
                String[] arguments = Arrays.copyOfRange(words, 1, words.length);
                tools.put(words[0], ToolReaderTest.tool(words[0], "", arguments));
            }
            case "text" -> texts.put(rest, text);
            case "scene" -> scene = rest;
            case "task" -> {
                task = new Task(rest);
                seen = List.of();
            }
            case "not" -> task = new Task(task.words(), new Amendment(acts(rest), Set.of()));
            case "also" -> task = new Task(task.words(), new Amendment(Set.of(), acts(rest)));
            case "saw" -> {
                int arrow = rest.indexOf(" <- ");
                String said = arrow < 0 ? text : rest.substring(arrow + 4);
                String[] call = (arrow < 0 ? rest : rest.substring(0, arrow)).split(" +", 2);
                List<Seen> more = new ArrayList<>(seen);
                more.add(new Seen(call[0], fields(call[1]), texts.getOrDefault(said, said)));
                seen = List.copyOf(more);
            }
            default -> call(first, rest);
        }
    }

    private static Set<Act> acts(String code) {
        return Set.of(Act.of(code));
    }

    private void call(String rule, String rest) {
        decided.add(rule);
        String[] call = rest.split(" +", 2);
        Task under = task;
        List<Seen> before = seen;
        tests.add(
                DynamicTest.dynamicTest(
                        scene + ": " + rest + " is " + rule,
                        () -> assertThat(judged(under, before, call).code()).isEqualTo(rule)));
    }

    private Rule judged(Task under, List<Seen> before, String[] call) {
        Memory memory = new Memory(Plan.of(under));
        for (Seen one : before) {
            memory.remember(one.tool(), tool(one.tool()), one.arguments(), one.answer());
        }
        return Intent.judge(tool(call[0]), fields(call[1]), memory).rule();
    }

    private ToolReading tool(String name) {
        return Objects.requireNonNull(tools.get(name), name);
    }

    private static Value.Fields fields(String arguments) {
        try {
            return JsonReader.readFields(
                    arguments.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IllegalArgumentException(arguments, e);
        }
    }
}
