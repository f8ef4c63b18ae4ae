package dev.remit.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.decision.Refusal;
import dev.remit.identity.Agent;
import dev.remit.identity.AgentId;
import dev.remit.identity.Binding;
import dev.remit.identity.Doubt;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The numbers of the gateway: what they count, and whose words never stand in them. */
final class MetricsTest {
    private static final Pattern LABEL = Pattern.compile("[{,]([a-z]+)=\"([^\"]*)\"");
    private static final Set<String> OUR_OWN =
            Set.of(
                    "",
                    "allowed",
                    "refused",
                    "asked",
                    "merged",
                    "answered",
                    "answered-once",
                    "answered-no");

    private final MemoryStore store = new MemoryStore();
    private final Metrics metrics = new Metrics(store, store.questions());
    private final Sample sample = new Sample(metrics);
    private final Mandate mandate = asking(sample.ready("a"));

    private Mandate asking(Mandate like) {
        Mandate one =
                new Mandate(
                        new MandateId("mdt_asking"),
                        like.giver(),
                        like.agent(),
                        like.task(),
                        like.permissions(),
                        new Limits(
                                Sample.START.plusSeconds(3600),
                                Optional.empty(),
                                OptionalLong.empty(),
                                5,
                                OptionalLong.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                6),
                        like.givenAt(),
                        like.status(),
                        1);
        append(new Event.MandateGiven(one));
        return one;
    }

    private void append(Event event) {
        assertThat(sample.append(event)).isInstanceOf(Stored.At.class);
    }

    private String text() {
        return new String(metrics.text(), StandardCharsets.UTF_8);
    }

    private QuestionId asks(String call, String path) {
        Event.Decided like = sample.refused(mandate, 0, call);
        Value.Fields arguments = Value.object().put("path", path).build();
        QuestionId question =
                QuestionId.about(
                        mandate.id(),
                        like.instance(),
                        Call.action(like.tool(), new Arguments(arguments)));
        append(
                new Event.Decided(
                        new CallId("call_" + call),
                        like.instance(),
                        like.agent(),
                        List.of(),
                        Binding.KEY,
                        like.mandate(),
                        like.tool(),
                        like.toolDefinition(),
                        new Event.Ruling.Asked(question, Refusal.NOT_PERMITTED.code(), "no"),
                        arguments,
                        List.of(),
                        Optional.empty()));
        return question;
    }

    @Test
    void questionsAreCountedAndRepeatsOfOneAreMerged() {
        QuestionId first = asks("1", "/a");
        asks("2", "/a");
        asks("3", "/a");
        asks("4", "/b");
        append(
                new Event.QuestionAnswered(
                        first, mandate.id(), Verdict.NO, mandate.giver().id(), Optional.empty()));
        assertThat(text())
                .contains(
                        "remit_questions_total{what=\"asked\"} 2.0",
                        "remit_questions_total{what=\"merged\"} 2.0",
                        "remit_questions_total{what=\"answered-no\"} 1.0");
    }

    @Test
    @AttackCase("LEAK-003")
    void nobodysWordsBecomeLabelsHoweverManyThereAre() {
        sample.append(sample.allowed(mandate, "free", "good"));
        sample.append(Sample.concluded(new CallId("call_good")));
        asks("asked", "/x");
        append(new Event.StrangerRefused(Doubt.TOKEN_MALFORMED.code(), "/mcp", 0));
        String before = series();
        String hostile = "evil\"} 1\nremit_fake{a=\"b";
        for (int at = 0; at < 200; at++) {
            String name = hostile + at;
            sample.append(
                    new Event.AgentAdded(
                            new Agent(
                                    new AgentId("agt_n" + at),
                                    "evil-" + at,
                                    Sample.START,
                                    new Agent.Standing.Good()),
                            name));
            sample.append(new Event.ToolPinned(sample.pin("up.evil_" + at), name));
            sample.append(new Event.StrangerRefused(Doubt.TOKEN_MALFORMED.code(), name, 0));
            sample.append(
                    new Event.CallUnreadable(
                            new CallId("call_u" + at),
                            sample.refused(mandate, 0, "like").instance(),
                            mandate.agent(),
                            Refusal.NOT_PERMITTED.code(),
                            name));
            Event.Decided like = sample.refused(mandate, 0, "evil" + at);
            append(
                    new Event.Decided(
                            like.call(),
                            like.instance(),
                            like.agent(),
                            List.of(),
                            Binding.KEY,
                            like.mandate(),
                            Tool.of("up.evil_" + at),
                            Optional.empty(),
                            new Event.Ruling.Refused(Refusal.NOT_PERMITTED.code(), name, 0, 1, 0),
                            Value.object().put(name, name).build(),
                            List.of(),
                            Optional.empty()));
        }
        assertThat(text()).doesNotContain("evil");
        Set<String> known = new HashSet<>(OUR_OWN);
        Arrays.stream(Refusal.values()).map(Refusal::code).forEach(known::add);
        Arrays.stream(Doubt.values()).map(Doubt::code).forEach(known::add);
        Matcher label = LABEL.matcher(text());
        int labels = 0;
        while (label.find()) {
            labels++;
            boolean bound = label.group(1).equals("le");
            assertThat(bound || known.contains(label.group(2))).as(label.group()).isTrue();
        }
        assertThat(labels).isGreaterThan(10);
        assertThat(series().lines().filter(line -> !before.contains(line)))
                .allMatch(line -> line.contains("refused"))
                .hasSizeLessThan(3);
    }

    /** The names of all that is counted, without the counts. */
    private String series() {
        return text().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.joining("\n"));
    }
}
