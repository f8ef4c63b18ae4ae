package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.gate.replay.Replay;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.rules.RuleFolder;
import dev.remit.store.Archive;
import dev.remit.testkit.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls on record are put to rules that were not there when they were made. */
final class ReplayTest {
    @TempDir private Path data;
    @TempDir private Path rules;

    private void record() throws Exception {
        Recorded.in(
                data,
                sample -> {
                    Mandate mandate = sample.ready("a");
                    for (String call : List.of("one", "two", "three")) {
                        sample.append(sample.allowed(mandate, "free", call));
                        sample.append(Sample.concluded(new CallId("call_" + call)));
                    }
                    return sample.append(sample.refused(mandate, 0, "four"));
                });
    }

    private Replay.Difference under(String text, RuleFolder.Fallback fallback) throws Exception {
        Files.writeString(rules.resolve("a.cedar"), text);
        return Replay.of(Archive.of(data), new RuleFolder(rules, fallback).read(), Instant.EPOCH);
    }

    @Test
    void whatWouldComeToSomethingElseIsShownWithItsRule() throws Exception {
        record();
        String rule =
                "@id(\"not-two\") forbid(principal, action, resource == Upstream::\"up\") when {"
                        + " context.input.path == \"/agenda/two\" };"
                        + "@id(\"third\") forbid(principal, action, resource) when { context.calls >"
                        + " 1 };";
        Replay.Difference found = under(rule, RuleFolder.Fallback.PERMIT);
        assertThat(found.judged()).isEqualTo(4);
        assertThat(found.changed())
                .extracting(one -> one.call().call().text())
                .containsExactly("call_two", "call_three");
        assertThat(found.changed().getFirst().rules()).containsExactly("not-two");
        assertThat(found.changed().getLast().rules()).containsExactly("third");
        assertThat(found.changed())
                .allSatisfy(one -> assertThat(one.now()).isEqualTo(Replay.Outcome.REFUSED));
        assertThat(under(rule, RuleFolder.Fallback.PERMIT)).isEqualTo(found);
    }

    @Test
    void rulesThatSayNothingChangeNothing() throws Exception {
        record();
        assertThat(under("", RuleFolder.Fallback.PERMIT).changed()).isEmpty();
        assertThat(under("", RuleFolder.Fallback.FORBID).changed())
                .hasSize(3)
                .allSatisfy(
                        one ->
                                assertThat(one.call().ruling())
                                        .isInstanceOf(Event.Ruling.Allowed.class));
        assertThat(
                        under(
                                        "@id(\"all\") permit(principal, action, resource);",
                                        RuleFolder.Fallback.FORBID)
                                .changed())
                .isEmpty();
    }
}
