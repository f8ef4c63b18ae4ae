package dev.remit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.approval.QuestionId;
import dev.remit.approval.Verdict;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.identity.PersonId;
import dev.remit.ledger.Event;
import dev.remit.mandate.Basis;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.learn.Run;
import dev.remit.testkit.MemoryStore;
import dev.remit.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What counts as done under a mandate. */
final class RunsTest {
    private static final QuestionId QUESTION = new QuestionId("qst_1");

    private final Sample sample = new Sample(new MemoryStore());
    private final Mandate mandate = sample.mandate("a", "1");
    private final Runs runs = new Runs();

    RunsTest() {
        take(new Event.MandateGiven(mandate));
    }

    private void take(Event... events) {
        for (Event one : events) {
            runs.take(one, Sample.START);
        }
    }

    private Run run() {
        return runs.of(one -> one.id().equals(mandate.id())).getFirst();
    }

    private static Event.Concluded ended(String call, Event.End end) {
        return new Event.Concluded(
                new CallId("call_" + call), end, Duration.ZERO, Digest.of(), Optional.empty(), "");
    }

    private Event.Decided ruled(String call, Event.Ruling ruling) {
        Event.Decided like = sample.allowed(mandate, "free", call);
        return new Event.Decided(
                like.call(),
                like.instance(),
                like.agent(),
                like.behind(),
                like.binding(),
                like.mandate(),
                like.tool(),
                like.toolDefinition(),
                ruling,
                like.arguments(),
                like.rules(),
                like.intent());
    }

    private static Mandate wider(Mandate mandate, String name) {
        Permission more = new Permission(name, new Glob("up.tool"), Map.of(), OptionalLong.empty());
        return mandate.with(new Permissions(List.of(more)), mandate.limits());
    }

    @Test
    void onlyWhatWasAnsweredIsDone() {
        for (Event.End end : Event.End.values()) {
            take(sample.allowed(mandate, "free", end.name()), ended(end.name(), end));
        }
        assertThat(run().done())
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.arguments().fields().text("path"))
                                        .contains("/agenda/ANSWERED"));
    }

    @Test
    void aCallOfSeveralRoundsIsOne() {
        Event.Decided first = sample.allowed(mandate, "free", "one");
        take(
                first,
                sample.asked(mandate, first, "free", 1),
                sample.continued(mandate, "free", "two", "one", "one"),
                ended("two", Event.End.ANSWERED));
        assertThat(run().done())
                .singleElement()
                .satisfies(one -> assertThat(one.by().name()).isEqualTo("free"));
    }

    @Test
    void whatAPersonOrARuleSaidYesToStaysAQuestion() {
        take(
                ruled("one", new Event.Ruling.Approved(QUESTION, Map.of())),
                ended("one", Event.End.ANSWERED),
                ruled("two", new Event.Ruling.Drawn("rule", 1, Map.of())),
                ended("two", Event.End.ANSWERED),
                ruled("three", new Event.Ruling.Continued("qst_1", new CallId("call_one"))),
                ended("three", Event.End.ANSWERED));
        assertThat(run().done()).isEmpty();
        assertThat(run().approved()).isEqualTo(1);
    }

    @Test
    void aPermissionIsWhatItWasAtTheTime() {
        Mandate changed = wider(mandate, "later");
        Mandate widened = wider(changed, "answered");
        take(
                sample.allowed(mandate, "free", "one"),
                ended("one", Event.End.ANSWERED),
                new Event.MandateChanged(changed, "x"),
                sample.allowed(changed, "later", "two"),
                ended("two", Event.End.ANSWERED),
                new Event.QuestionAnswered(
                        QUESTION,
                        mandate.id(),
                        Verdict.LIKE_IT,
                        new PersonId("per_1"),
                        Optional.of(widened)),
                sample.allowed(widened, "answered", "three"),
                ended("three", Event.End.ANSWERED));
        assertThat(run().mandate()).isEqualTo(widened);
        assertThat(run().done())
                .extracting(one -> one.by().name())
                .containsExactly("free", "later", "answered");
    }

    @Test
    void aTemplateIsKnownByItsName() {
        Mandate from =
                new Mandate(
                        mandate.id(),
                        mandate.giver(),
                        mandate.agent(),
                        mandate.task(),
                        mandate.permissions(),
                        mandate.limits(),
                        mandate.givenAt(),
                        mandate.status(),
                        mandate.delegates(),
                        mandate.signIn(),
                        Optional.of(new Basis.OfTemplate("agenda", Digest.of())),
                        1);
        assertThat(Runs.isFrom(from, "agenda")).isTrue();
        assertThat(Runs.isFrom(from, "other")).isFalse();
        assertThat(Runs.isFrom(mandate, "agenda")).isFalse();
    }
}
