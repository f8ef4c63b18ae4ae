package dev.remit.decision.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What structure is seen in answers. */
final class OutlineTest {

    @Test
    void json() {
        assertThat(Outline.read("{\"loans\": [{\"id\": 7, \"due\": null}]}").json())
                .isEqualTo("{\"loans\":[{\"id\":7,\"due\":null}]}");
    }

    @Test
    void whatPythonPrints() {
        assertThat(Outline.read("{'name': \"Ruth's\", 'late': True, 'n': None}").json())
                .isEqualTo("{\"name\":\"Ruth's\",\"late\":true,\"n\":null}");
        assertThat(Outline.read("\"{'name': 'Ruth'}\"").json()).isEqualTo("{\"name\":\"Ruth\"}");
    }

    @Test
    void theBlockStyleOfYaml() {
        String text =
                """
                - id: '7'
                  title: The old
                    orchard
                  body: 'It''s ripe.

                    Come: soon'
                  readers:
                  - ruth@garden.example
                  - "o\\"neil@garden.example"
                  notes: |
                    two
                    lines
                - id: '8'
                  readers: []
                """;
        assertThat(Outline.read(text).json())
                .isEqualTo(
                        "[{\"id\":\"7\",\"title\":\"The old orchard\",\"body\":\"It's ripe.\\n Come:"
                                + " soon\",\"readers\":[\"ruth@garden.example\",\"o\\\"neil@garden.example\"],"
                                + "\"notes\":\"two\\nlines\"},{\"id\":\"8\",\"readers\":[]}]");
    }

    @Test
    void aTextIsOneText() {
        for (String text :
                List.of(
                        "Dear Ruth: come soon.\nYours",
                        "a: 1\nand then\nb: 2",
                        "a: 1\na: 2",
                        "{not json",
                        "- 'open\n- end",
                        "")) {
            assertThat(Outline.read(text)).isEqualTo(Value.of(text));
        }
    }

    @Test
    void whoWritesAValueCannotLeaveIt() {
        String text = "- body: 'hello\n\n    to: me@evil.example'\n  to: ruth@garden.example\n";
        assertThat(Outline.read(text).json())
                .isEqualTo(
                        "[{\"body\":\"hello\\n to: me@evil.example\",\"to\":\"ruth@garden.example\"}]");
    }

    @Test
    @Timeout(60)
    void whateverComesIsRead() {
        String alphabet = "-:'\"\\[]{},|> \n\tabu0x1~\u202e\ud83d";
        for (long seed = 0; seed < 20_000; seed++) {
            Random dice = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = dice.nextInt(60); i > 0; i--) {
                text.append(alphabet.charAt(dice.nextInt(alphabet.length())));
            }
            assertThat(Outline.read(text.toString())).as("seed " + seed).isNotNull();
        }
        Outline.read("[".repeat(1_000_000));
        Outline.read("- ".repeat(300_000));
        Outline.read("a:\n ".repeat(100_000));
    }
}
