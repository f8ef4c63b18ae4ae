package dev.remit.bench;

import dev.remit.call.JsonReader;
import dev.remit.call.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the judgement of intent fares on a suite of whose words it knows nothing but what other
 * suites say: {@code LeftOut FOLDER JAR TOOLS TRACES…}. For each suite the tables of words are cut
 * down to those that occur in the tools and tasks of the others, and {@code remit eval} runs with
 * the cut tables before its own.
 */
final class LeftOut {
    private static final String TABLES = "dev/remit/decision/intent/";
    private static final List<String> CUT =
            List.of("verbs.txt", "roles.txt", "kinds.txt", "secrets.txt");
    private static final Pattern WORD = Pattern.compile("[a-z]+");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final List<String> ENDINGS = List.of("ing", "ed", "es", "s", "d", "e", "er");

    private LeftOut() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 4) {
            System.err.println("usage: bench/run left-out TOOLS TRACES…");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]);
        String jar = arguments[1];
        List<String> input = Arrays.asList(arguments).subList(2, arguments.length);
        Map<String, Set<String>> said = said(input);
        Value.Fields whole = eval(folder, jar, input);
        System.out.println(
                "suite, tables: effects asked; cases leaked, asked, refused; words kept");
        for (String suite : new TreeSet<>(said.keySet())) {
            Set<String> others = new HashSet<>();
            said.forEach((name, words) -> others.addAll(name.equals(suite) ? Set.of() : words));
            Path cut = folder.resolve("cut-" + suite);
            String kept = cut(cut, others);
            line(suite + ", whole", whole.fields(suite), "");
            line(suite + ", cut", eval(folder, cut + ":" + jar, input).fields(suite), kept);
        }
    }

    private static void line(String name, Optional<Value.Fields> score, String kept) {
        score.ifPresent(
                fields ->
                        System.out.printf(
                                "%s: calls %s of %s, refused %s, effects %s of %s, tasks %s of %s;"
                                        + " cases %s, leaked %s + %s, asked %s, refused %s %s%n",
                                name,
                                number(fields, "benign_calls_asked"),
                                number(fields, "benign_calls"),
                                number(fields, "benign_calls_refused"),
                                number(fields, "benign_effect_calls_asked"),
                                number(fields, "benign_effect_calls"),
                                number(fields, "benign_tasks_asked"),
                                number(fields, "benign_tasks"),
                                number(fields, "attack_cases"),
                                number(fields, "attack_leaked_write"),
                                number(fields, "attack_leaked_fetch"),
                                number(fields, "attack_asked"),
                                number(fields, "attack_refused"),
                                kept));
    }

    private static String number(Value.Fields fields, String name) {
        return fields.get(name).map(Value::json).orElse("-");
    }

    /** The words of each suite's tools and tasks. */
    private static Map<String, Set<String>> said(List<String> input) throws Exception {
        Map<String, Set<String>> said = new HashMap<>();
        for (Value.Fields tool : Recordings.lines(Path.of(input.getFirst()))) {
            words(tool.json(), of(tool, said));
        }
        for (String place : input.subList(1, input.size())) {
            for (Path file : Recordings.files(Path.of(place))) {
                for (Value.Fields trace : Recordings.lines(file)) {
                    words(trace.text("prompt").orElse(""), of(trace, said));
                }
            }
        }
        return said;
    }

    private static Set<String> of(Value.Fields line, Map<String, Set<String>> said) {
        return said.computeIfAbsent(line.text("suite").orElse(""), _ -> new HashSet<>());
    }

    private static void words(String text, Set<String> into) {
        String spaced = HUMP.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT);
        WORD.matcher(spaced).results().forEach(word -> into.addAll(forms(word.group())));
    }

    /** A word, and what is left of it without the endings of English. */
    private static Set<String> forms(String word) {
        Set<String> forms = new HashSet<>();
        forms.add(word);
        for (String ending : ENDINGS) {
            if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
                forms.add(word.substring(0, word.length() - ending.length()));
            }
        }
        return forms;
    }

    private static boolean isSaid(String entry, Set<String> said) {
        return Arrays.stream(entry.replace("~", "").split("[+_]"))
                .allMatch(word -> forms(word).stream().anyMatch(said::contains));
    }

    /** Writes the tables without what these words do not hold; says how much is left of each. */
    private static String cut(Path folder, Set<String> said) throws IOException {
        Files.createDirectories(folder.resolve(TABLES));
        List<String> kept = new ArrayList<>();
        for (String table : CUT) {
            int[] count = {0, 0};
            String text =
                    text(table)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> cut(table, line, said, count))
                            .collect(Collectors.joining("\n"));
            Files.writeString(folder.resolve(TABLES + table), text + "\n");
            kept.add(table + " " + count[0] + " of " + count[1]);
        }
        return "(" + String.join(", ", kept) + ")";
    }

    private static String cut(String table, String line, Set<String> said, int[] count) {
        int colon = line.indexOf(':');
        String head = colon < 0 ? "" : line.substring(0, colon);
        boolean unsaid = table.equals("kinds.txt") && !isSaid(head, said);
        List<String> left =
                Stream.of(line.substring(colon + 1).strip().split(" "))
                        .filter(
                                word -> {
                                    count[1]++;
                                    boolean known = isSaid(word, said);
                                    count[0] += known ? 1 : 0;
                                    return known;
                                })
                        .toList();
        return (colon < 0 ? "" : (unsaid ? "kind-of-" + head : head) + ": ")
                + String.join(" ", left);
    }

    private static String text(String table) throws IOException {
        try (InputStream in = LeftOut.class.getResourceAsStream("/" + TABLES + table)) {
            return new String(
                    Objects.requireNonNull(in, table).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Value.Fields eval(Path folder, String path, List<String> input)
            throws Exception {
        Path scores = folder.resolve("scores.json");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", path, "dev.remit.cli.Remit", "eval"));
        command.addAll(List.of("--json", scores.toString(), "--tools", input.getFirst()));
        command.add("--traces");
        command.addAll(input.subList(1, input.size()));
        int end =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor();
        if (end != 0) {
            throw new IllegalStateException("remit eval ended with " + end);
        }
        return JsonReader.readFields(Files.readAllBytes(scores));
    }
}
