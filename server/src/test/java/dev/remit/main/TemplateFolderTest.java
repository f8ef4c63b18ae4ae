package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.mandate.template.Template;
import dev.remit.mandate.template.TemplateFault;
import dev.remit.mandate.template.TemplateText;
import dev.remit.mandate.template.TemplateYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates are read from a folder, by names that lead nowhere else. */
final class TemplateFolderTest {
    private static final String AGENDA =
            """
            about: Edits one agenda
            task: Update {file}
            slots:
              file: {is: path, below: /agendas}
              text: {is: text, most: 400}
            permissions:
              - tool: docs.edit
                arguments:
                  path: {exact: {slot: file}}
                  text: {exact: {slot: text}}
                when: [{after: docs.read}]
            """;

    private final Path data;
    private final Path folder;

    TemplateFolderTest(@TempDir Path data) throws IOException {
        this.data = data;
        folder = Files.createDirectory(data.resolve("templates"));
    }

    private TemplateFolder with(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return TemplateFolder.of(data);
    }

    @Test
    void theyAreCalledAsTheirFiles() throws IOException {
        TemplateFolder templates = with("agenda.yaml", AGENDA);
        with("Odd Name.yaml", AGENDA);
        with("notes.txt", AGENDA);
        Files.writeString(data.resolve("outside.yaml"), AGENDA);
        assertThat(templates.names()).containsExactly("agenda");
        assertThat(templates.template("agenda").orElseThrow().about())
                .isEqualTo("Edits one agenda");
        for (String name :
                List.of("nothing", "../outside", "..", "", "agenda.yaml", "agenda\0", "/etc/x")) {
            assertThat(templates.template(name)).as(name).isEmpty();
        }
        assertThat(TemplateFolder.of(data.resolve("none")).names()).isEmpty();
    }

    @Test
    void aFaultIsSaidWithItsPlace() throws IOException {
        assertThatThrownBy(
                        () ->
                                with("agenda.yaml", AGENDA.replace("slot: file", "slot: fiel"))
                                        .template("agenda"))
                .isInstanceOf(TemplateFault.class)
                .hasMessageContainingAll("agenda.yaml: line 9, column 14", "no slot `fiel`");
        assertThatThrownBy(() -> with("agenda.yaml", AGENDA + "lifes: PT1H\n").template("agenda"))
                .hasMessageContainingAll("line 12, column 1", "`lifes` is not known here");
        assertThatThrownBy(() -> with("agenda.yaml", AGENDA + "  - [").template("agenda"))
                .isInstanceOf(TemplateFault.class)
                .hasMessageContaining("agenda.yaml: line");
        assertThatThrownBy(() -> with("agenda.yaml", AGENDA + "task: again\n").template("agenda"))
                .hasMessageContaining("`task` occurs twice");
        assertThatThrownBy(
                        () ->
                                with("agenda.yaml", "#".repeat(70_000) + "\n" + AGENDA)
                                        .template("agenda"))
                .hasMessageContaining("bytes at most");
        assertThat(with("agenda.yaml", AGENDA).template("agenda")).as("the twin").isPresent();
    }

    /** What learning prints, and `remit template show`. */
    @Test
    void whatIsPrintedCanBeAFile() throws IOException {
        Template template = with("agenda.yaml", AGENDA).template("agenda").orElseThrow();
        String printed = TemplateYaml.write(template);
        assertThat(printed).contains("permissions:\n  - tool: \"docs.edit\"\n");
        assertSame(template, with("again.yaml", printed).template("again").orElseThrow());
        String odd =
                AGENDA.replace("Edits one agenda", "\"a: b # \\\\ \\u0007\\u2028 – 'x' \\\"y\\\"\"")
                        .replace(
                                "path: {",
                                "\"yes\": {exact: {a: [1, null, {}], b: -1.50}}\n      path: {");
        Template hard = with("hard.yaml", odd).template("hard").orElseThrow();
        assertSame(
                hard,
                with("harder.yaml", TemplateYaml.write(hard)).template("harder").orElseThrow());
    }

    private static void assertSame(Template one, Template other) {
        assertThat(TemplateText.write(other)).isEqualTo(TemplateText.write(one));
    }
}
