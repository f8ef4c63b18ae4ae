package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.decision.Refusal;
import dev.remit.decision.Weight;
import dev.remit.identity.Doubt;
import dev.remit.web.TurnedAway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual of refusals and the code say the same, in the same order. */
final class RefusalsManualTest {
    private static final Path MANUAL = Path.of("../docs/reference/refusals.md");

    @Test
    void everyDoubtAndRefusalIsInTheManualInOrderOfPrecedence() throws IOException {
        List<String> written =
                Pattern.compile("^\\| `([a-z-]+)` \\| ([^|]+) \\|", Pattern.MULTILINE)
                        .matcher(Files.readString(MANUAL))
                        .results()
                        .map(RefusalsManualTest::line)
                        .toList();
        List<String> coded =
                Stream.of(
                                Stream.of(Doubt.values())
                                        .map(doubt -> doubt.code() + ": " + doubt.sentence()),
                                Stream.of(TurnedAway.values())
                                        .map(away -> away.code() + ": " + away.sentence()),
                                Stream.of(Refusal.values())
                                        .map(refusal -> refusal.code() + ": " + refusal.sentence()))
                        .flatMap(one -> one)
                        .toList();
        assertThat(written).isEqualTo(coded);
    }

    @Test
    void everyRefusalsWeightIsInTheManual() throws IOException {
        List<String> written =
                Pattern.compile(
                                "^\\| `([a-z-]+)` \\| [^|]+ \\| ([^|]*)\\| [^|]+ \\|$",
                                Pattern.MULTILINE)
                        .matcher(gateSection())
                        .results()
                        .map(RefusalsManualTest::line)
                        .toList();
        List<String> coded =
                Stream.of(Refusal.values())
                        .map(one -> one.code() + ": " + weight(one.weight()))
                        .toList();
        assertThat(written).isEqualTo(coded);
    }

    private static String gateSection() throws IOException {
        String manual = Files.readString(MANUAL);
        return manual.substring(manual.indexOf("## At the gate"));
    }

    private static String weight(Weight weight) {
        String first = weight.atFirst() == 0 ? "" : weight.atFirst() + ", ";
        return weight.inALoop() == 0 ? "" : first + "then " + weight.inALoop();
    }

    private static String line(MatchResult row) {
        return row.group(1) + ": " + row.group(2).strip();
    }
}
