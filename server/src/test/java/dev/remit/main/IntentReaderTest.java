package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.ArgumentRole;
import dev.remit.call.Correction;
import dev.remit.call.Effect;
import dev.remit.call.Tool;
import dev.remit.decision.intent.Mode;
import dev.remit.decision.intent.Modes;
import dev.remit.decision.intent.Rule;
import dev.remit.model.ModelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operator says about intent is read whole, or not at all. */
final class IntentReaderTest {
    private static final Path MANUAL = Path.of("../docs/reference/intent.md");

    private static IntentSettings read(String section) {
        return ConfigReader.read(
                        "remit.yaml",
                        "mcpServers: {notes: {command: x}}\n" + section,
                        name ->
                                name.equals("MODEL_TOKEN")
                                        ? Optional.of("t-0123456789")
                                        : Optional.empty())
                .intent();
    }

    @Test
    void theManualsOwnExampleIsReadAsItSays() throws IOException {
        Matcher example =
                Pattern.compile("(?s)```yaml\n(intent:.*?)```").matcher(Files.readString(MANUAL));
        assertThat(example.find()).isTrue();
        IntentSettings settings = read(example.group(1));
        Modes.OfUpstream notes =
                new Modes.OfUpstream(
                        Optional.of(Mode.OBSERVE), Map.of(Rule.DESTINATION, Mode.ENFORCE));
        assertThat(settings.modes())
                .isEqualTo(
                        new Modes(
                                new Modes.OfUpstream(
                                        Optional.of(Mode.ENFORCE), Map.of(Rule.AMOUNT, Mode.WARN)),
                                Map.of("notes", notes)));
        assertThat(settings.corrections())
                .containsExactly(
                        Map.entry(
                                Tool.of("notes.frob"),
                                new Correction(
                                        Set.of(Effect.SEND),
                                        Map.of(
                                                "peer", ArgumentRole.DESTINATION,
                                                "note", ArgumentRole.CONTENT))));
        ModelSettings model = settings.model().orElseThrow();
        assertThat(model.looks())
                .containsExactlyInAnyOrder(
                        ModelSettings.Look.DOUBTS,
                        ModelSettings.Look.EFFECTS,
                        ModelSettings.Look.TASKS);
        assertThat(model.toString()).doesNotContain("t-0123456789");
        assertThat(read("")).isEqualTo(IntentSettings.USUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {mode: off}                                              | observe, warn or enforce
                    {rules: {amounts: warn}}                                 | no such rule
                    {rules: {reads: observe}}                                | no such rule
                    {rules: {amount: maybe}}                                 | observe, warn or enforce
                    {upstreams: {mail: {mode: warn}}}                        | under mcpServers
                    {upstreams: {notes: {mode: warn, tool: {}}}}             | tool
                    {upstreams: {notes: {tools: {a: {}}}}}                   | `effects`, `arguments` or both
                    {upstreams: {notes: {tools: {a: {effects: [fly]}}}}}     | read, fetch, create
                    {upstreams: {notes: {tools: {a: {arguments: {b: c}}}}}}  | destination, amount
                    {upstreams: {notes: {tools: {'a b': {effects: [pay]}}}}} | no tool's name
                    {model: {name: m}}                                       | `url` is missing
                    {model: {url: 'http://127.0.0.1/v1'}}                    | `name` is missing
                    {model: {url: 'http://models.example/v1', name: m}}      | only for this machine
                    {model: {url: 'file:///etc/passwd', name: m}}            | it is a URL
                    {model: {url: 'http://127.0.0.1/v1?a', name: m}}         | it is a URL
                    {model: {url: 'http://127.0.0.1/', name: m, token: abc}} | not the token
                    {model: {url: 'http://127.0.0.1/', name: m, looks: [x]}} | doubts, effects
                    """)
    void whatIsWrongIsToldWithTheMend(String section, String mend) {
        assertThatThrownBy(() -> read("intent: " + section))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining(mend);
    }
}
