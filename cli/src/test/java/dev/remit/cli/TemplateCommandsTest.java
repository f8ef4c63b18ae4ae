package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remit.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Mandates are given from templates and from others, and on a terminal only after the card. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TemplateCommandsTest {
    private static final String NOTE =
            """
            about: Writes one note
            task: Write {file}, {times} times at most
            slots:
              file: {is: path, below: /notes}
              times: {is: number, min: 1, max: 5, whole: true}
            permissions:
              - tool: files.write_file
                arguments: {path: {exact: {slot: file}}, content: {any: true}}
                uses: {slot: times}
            lives: PT20M
            """;

    private Path home = Path.of("");
    private Commands remit = new Commands(home);
    private List<Process> running = List.of();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        home = folder;
        remit = new Commands(home);
        Path config = home.resolve("remit.yaml");
        Files.writeString(config, "listen: 127.0.0.1:" + Ports.free() + "\n");
        running = List.of(remit.start("Ctrl-C", "up", "--config", config.toString()));
        assertThat(remit.run("agent", "new", "writer").status()).isZero();
        Path templates = Files.createDirectories(home.resolve(".remit/templates"));
        Files.writeString(templates.resolve("note.yaml"), NOTE);
    }

    @AfterAll
    void stop() throws InterruptedException {
        for (Process process : running) {
            process.destroy();
            process.waitFor();
        }
    }

    private long mandates() throws Exception {
        return remit.run("mandate", "list").out().lines().count();
    }

    @Test
    void aTemplateIsFilledByItsSlots() throws Exception {
        assertThat(remit.run("template", "list").out())
                .contains("note  Write {file}", "--set file=…  a path at or below `/notes`");
        Commands.Ran given =
                remit.run(
                        "mandate",
                        "new",
                        "--template",
                        "note",
                        "--set",
                        "file=/notes/a=b.md",
                        "--set",
                        "times=2",
                        "--agent",
                        "writer",
                        "--for",
                        "10m");
        assertThat(given.out())
                .as(given.err())
                .contains(
                        "Write \"/notes/a=b.md\", 2 times at most", "from     the template note (")
                .contains(
                        "`path` must be \"/notes/a=b.md\"; no other argument; at most 2 times",
                        "10 minutes");
        String id = given.out().replaceAll("(?s).*(mdt_[0-9a-f]{32}).*", "$1");
        assertThat(remit.run("mandate", "show", id).out()).contains("from     the template note (");
        Commands.Ran like =
                remit.run("mandate", "new", "once more", "--like", id, "--agent", "writer");
        assertThat(like.out())
                .as(like.err())
                .contains("once more", "from     the mandate " + id, "at most 2 times", "one hour");
        assertThat(remit.run("audit", "verify").status()).isZero();
    }

    @Test
    void mistakesAreAnsweredInOneSentence() throws Exception {
        long before = mandates();
        String[] start = {"mandate", "new", "--agent", "writer", "--template", "note"};
        assertThat(ran(start, "--set", "file=/notes/a").err()).contains("`times` is not filled");
        assertThat(ran(start, "--set", "file=/etc/passwd", "--set", "times=1").err())
                .contains("`file` does not fit; it is a path at or below `/notes`");
        assertThat(ran(start, "--set", "fiel=/notes/a").err()).contains("no slot `fiel`");
        assertThat(ran(start, "--set", "file").err()).contains("SLOT=VALUE");
        assertThat(ran(start, "--set", "times=1", "--set", "times=2").err()).contains("twice");
        assertThat(ran(start, "--allow", "files.*").err()).contains("say one of them");
        assertThat(ran(start, "--uses", "9").err()).contains("say one of them");
        assertThat(ran(start, "--ask", "6").err()).contains("say one of them");
        assertThat(ran(start, "WORDS").err()).contains("`task`");
        assertThat(remit.run("mandate", "new", "--agent", "writer").err())
                .contains("say the task in your words");
        assertThat(remit.run("mandate", "new", "x", "--agent", "writer", "--set", "a=b").err())
                .contains("--template");
        assertThat(remit.run("template", "show", "none").err()).contains("remit template list");
        assertThat(mandates()).isEqualTo(before);
    }

    private Commands.Ran ran(String[] start, String... more) throws Exception {
        return remit.run(Stream.of(start, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    @Test
    void aTemplateIsCheckedWithNoGateway() throws Exception {
        Path good = home.resolve("good.yaml");
        Files.writeString(good, NOTE);
        assertThat(remit.run("template", "check", good.toString()).out())
                .contains("good       good");
        Path bad = home.resolve("bad.yaml");
        Files.writeString(bad, NOTE.replace("slot: file", "slot: fail"));
        Commands.Ran checked = remit.run("template", "check", good.toString(), bad.toString());
        assertThat(checked.out())
                .contains("good       good")
                .contains("bad.yaml: line 8, column 24: there is no slot `fail`");
        assertThat(checked.status()).isEqualTo(Exit.FOUND_WRONG);
        Commands.Ran shown = remit.run("template", "show", "note");
        Path printed = home.resolve("printed.yaml");
        Files.writeString(printed, shown.out());
        assertThat(remit.run("template", "check", printed.toString()).out()).contains("good");
    }

    @Test
    void onATerminalTheCardComesFirst() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no terminal to have");
        String[] asked = {
            "mandate", "new", "look around", "--agent", "writer", "--allow", "files.read_file"
        };
        long before = mandates();
        Commands.Ran no = remit.onTerminal("\n", asked);
        assertThat(no.out())
                .contains("look around", "files: read_file", "Give this mandate? [y/N]")
                .contains("nothing was given")
                .doesNotContain("mdt_");
        assertThat(no.status()).isEqualTo(Exit.REFUSED);
        assertThat(mandates()).isEqualTo(before);
        Commands.Ran yes = remit.onTerminal("y\n", asked);
        assertThat(yes.out()).contains("Give this mandate?", "given    mdt_");
        assertThat(yes.status()).isZero();
        assertThat(mandates()).isEqualTo(before + 1);
        String[] sure = Arrays.copyOf(asked, asked.length + 1);
        sure[asked.length] = "--yes";
        assertThat(remit.onTerminal("", sure).out())
                .contains("mandate  mdt_")
                .doesNotContain("[y/N]");
        assertThat(remit.run(asked).out()).as("no terminal").contains("mandate  mdt_");
        assertThat(mandates()).isEqualTo(before + 3);
    }
}
