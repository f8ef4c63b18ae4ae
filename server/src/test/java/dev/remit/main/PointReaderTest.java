package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.access.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Points are read with their tokens by reference, and nothing of a token is kept or told. */
final class PointReaderTest {
    private static final String TOKEN = "e-0123456789abcdef0123456789abcdef";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("EDGE", TOKEN, "SHORT", TOKEN.substring(0, 31), "SPACED", TOKEN + " x");

    private static Config read(String points) {
        return ConfigReader.read(
                "remit.yaml",
                "mcpServers: {a: {command: x}, b: {command: y}, c: {command: z, disabled: true}}\n"
                        + "access:\n  points: "
                        + points,
                name -> Optional.ofNullable(ENVIRONMENT.get(name)));
    }

    @Test
    void aPointIsReadWithTheHashOfItsToken(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        for (String token :
                List.of("${EDGE}", "${env:EDGE}", "file:" + file, "${file:" + file + "}")) {
            Config config = read("{edge: {token: '" + token + "', upstreams: [a, b]}}");
            assertThat(config.points())
                    .containsExactly(new Point("edge", Point.hash(TOKEN), Set.of("a", "b")));
            assertThat(config.toString()).doesNotContain(TOKEN);
            assertThat(config.warnings()).isEmpty();
        }
        assertThat(read("{}").points()).isEmpty();
    }

    private record Wrong(String points, String mend) {}

    @TestFactory
    Stream<DynamicTest> whatIsWrongIsToldWithTheMend() {
        return Stream.of(
                        new Wrong("{Edge: {token: '${EDGE}', upstreams: [a]}}", "a point's name"),
                        new Wrong("{edge: {upstreams: [a]}}", "`token` is missing"),
                        new Wrong(
                                "{edge: {token: " + TOKEN + ", upstreams: [a]}}", "not the token"),
                        new Wrong("{edge: {token: 'x${EDGE}', upstreams: [a]}}", "not the token"),
                        new Wrong(
                                "{edge: {token: '${NO:-" + TOKEN + "}', upstreams: [a]}}",
                                "not the token"),
                        new Wrong("{edge: {token: '${NO}', upstreams: [a]}}", "no `NO`"),
                        new Wrong("{edge: {token: '${SHORT}', upstreams: [a]}}", "32 to 512"),
                        new Wrong("{edge: {token: '${SPACED}', upstreams: [a]}}", "visible"),
                        new Wrong("{edge: {token: '${EDGE}'}}", "`upstreams` is the list"),
                        new Wrong(
                                "{edge: {token: '${EDGE}', upstreams: []}}",
                                "`upstreams` is the list"),
                        new Wrong("{edge: {token: '${EDGE}', upstreams: [d]}}", "no `d`"),
                        new Wrong("{edge: {token: '${EDGE}', upstreams: [c]}}", "no `c`"),
                        new Wrong(
                                "{edge: {token: '${EDGE}', upstreams: [a], more: b}}",
                                "known: token"),
                        new Wrong(
                                "{one: {token: '${EDGE}', upstreams: [a]}, two: {token: '${EDGE}', upstreams: [b]}}",
                                "another point"))
                .map(
                        wrong ->
                                DynamicTest.dynamicTest(
                                        wrong.points(),
                                        () ->
                                                assertThatThrownBy(() -> read(wrong.points()))
                                                        .isInstanceOf(ConfigRefused.class)
                                                        .hasMessageContaining(
                                                                "remit.yaml: line 3: ")
                                                        .hasMessageContaining(wrong.mend())
                                                        .hasMessageNotContaining(
                                                                TOKEN.substring(0, 31))));
    }
}
