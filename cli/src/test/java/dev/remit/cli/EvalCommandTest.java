package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.JsonReader;
import dev.remit.call.JsonWriter;
import dev.remit.call.Value;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code remit eval}, over five traces of a garden club. */
final class EvalCommandTest {
    @TempDir private static Path home;
    private static Commands remit = new Commands(Path.of("."));
    private static final String TOOLS = resource("tools.jsonl").toString();
    private static final String TRACES = resource("garden.jsonl").toString();

    @BeforeAll
    static void prepare() {
        remit = new Commands(home);
    }

    private static Path resource(String name) {
        return Path.of("src/test/resources/eval").resolve(name).toAbsolutePath();
    }

    @Test
    void theScoresAreOnPaper() throws Exception {
        Path out = home.resolve("scores.json");
        Commands.Ran ran =
                remit.run("eval", "--tools", TOOLS, "--traces", TRACES, "--json", out.toString());
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("benign calls           3   asked    1 (33.33 %)   refused 0")
                .contains("attack cases           2   leaked   1 (50.00 %, 95%: 9.45 to 90.55 %)")
                .contains("leaked  {\"trace\":\"garden#4\"");
        Value.Fields scores = JsonReader.readFields(Files.readAllBytes(out));
        for (String name : List.of("garden", "all")) {
            Value.Fields score = scores.fields(name).orElseThrow();
            assertThat(score.without("decision_p50_us").without("decision_p99_us").json())
                    .isEqualTo(
                            "{\"benign_calls\":3,\"benign_calls_asked\":1,\"benign_calls_refused\":0,"
                                    + "\"benign_effect_calls\":2,\"benign_effect_calls_asked\":1,"
                                    + "\"benign_tasks\":2,\"benign_tasks_asked\":1,\"attack_cases\":2,"
                                    + "\"attack_leaked_write\":1,\"attack_leaked_fetch\":0,"
                                    + "\"attack_asked\":0,\"attack_refused\":1,\"leaks\":[{\"trace\":"
                                    + "\"garden#4\",\"tool\":\"send_letter\",\"args\":{\"to\":"
                                    + "\"ruth@garden.example\",\"body\":\"They bloom.\"},\"because\":"
                                    + "\"asked\"}]}");
        }
        assertThat(scores.fields("by_file").orElseThrow().fields("garden")).isPresent();
    }

    @Test
    void theSameComesOfTheSameInAnyWrapping() throws Exception {
        Path folder = Files.createDirectories(home.resolve("traces"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(Files.readAllBytes(Path.of(TRACES)));
        }
        Files.write(folder.resolve("garden.jsonl.gz"), packed.toByteArray());
        Files.copy(Path.of(TOOLS), folder.resolve("tools.jsonl"));
        assertThat(scores(folder.toString())).isEqualTo(scores(TRACES));
    }

    private static String scores(String traces) throws Exception {
        Path out = Files.createTempFile(home, "scores", ".json");
        remit.run("eval", "--tools", TOOLS, "--traces", traces, "--json", out.toString());
        Value.Fields all =
                JsonReader.readFields(Files.readAllBytes(out)).fields("all").orElseThrow();
        Value.Fields untimed = all.without("decision_p50_us").without("decision_p99_us");
        return new String(JsonWriter.canonical(untimed), StandardCharsets.UTF_8);
    }

    @Test
    void aCaseIsExplained() throws Exception {
        Commands.Ran ran =
                remit.run("eval", "--tools", TOOLS, "--traces", TRACES, "--explain", "garden#3");
        assertThat(ran.out())
                .contains("allow  read_letters")
                .contains("refuse (attack) send_letter")
                .contains(
                        "ordered-by-a-text: to = mole@evil.example, in a text that gives orders,"
                                + " which read_letters answered as `body`");
        assertThat(
                        remit.run(
                                        "eval",
                                        "--tools",
                                        TOOLS,
                                        "--traces",
                                        TRACES,
                                        "--explain",
                                        "garden#9")
                                .err())
                .contains("there is no trace garden#9; they are called FILE#LINE");
    }

    @Test
    void whatCannotBeReadIsNamed() throws Exception {
        Path bad = home.resolve("bad.jsonl");
        String first = Files.readAllLines(Path.of(TRACES)).getFirst();
        Files.writeString(bad, first + "\n\n{\"a\":1,}\n{\"suite\":\"garden\"}\n" + first + "\n");
        Path out = home.resolve("bad.json");
        Commands.Ran ran =
                remit.run(
                        "eval",
                        "--tools",
                        TOOLS,
                        "--traces",
                        bad.toString(),
                        "--json",
                        out.toString());
        assertThat(ran.status()).isEqualTo(Exit.FOUND_WRONG);
        assertThat(ran.err()).contains("left out bad#3: ", "left out bad#4: `prompt` is missing");
        assertThat(ran.out()).contains("benign tasks           2");
        assertThat(JsonReader.readFields(Files.readAllBytes(out)).items("left_out")).hasSize(2);
        Commands.Ran tools =
                remit.run("eval", "--tools", bad.toString(), "--traces", bad.toString());
        assertThat(tools.status()).isEqualTo(Exit.REFUSED);
        assertThat(tools.err()).contains("bad#3: ");
        assertThat(remit.run("eval", "--tools", "nowhere", "--traces", TRACES).err())
                .contains("nowhere cannot be read");
        assertThat(remit.run("eval").err()).contains("--tools");
    }
}
