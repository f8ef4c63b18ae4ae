package dev.remit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.approval.QuestionId;
import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Digest;
import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gate.Readings;
import dev.remit.identity.Binding;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Event;
import dev.remit.ledger.LedgerStore.Stored;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.registry.asked.Difference;
import dev.remit.registry.asked.Difference.Fate;
import dev.remit.registry.asked.Presenter;
import dev.remit.registry.asked.SentValue;
import dev.remit.registry.asked.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A question shows what its call would change, if that was read for the same task. */
final class LastReadingTest {
    private static final Tool READ = Tool.of("up.read_note");
    private static final Tool INFO = Tool.of("up.get_note_info");
    private static final Tool WRITE = Tool.of("up.update_note");
    private static final Tool OTHER = Tool.of("down.read_note");
    private static final Value.Fields TEXT = Value.object().put("type", "string").build();
    private static final Value.Fields NOTE = Value.object().put("path", "/a.md").build();
    private static final Value.Fields CHANGED =
            Value.object().put("path", "/a.md").put("content", "one\n2\nthree").build();

    private static final Limits ASKING =
            new Limits(
                    Sample.START.plusSeconds(3600),
                    Optional.empty(),
                    OptionalLong.empty(),
                    5,
                    OptionalLong.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    6);

    private final MemoryStore store = new MemoryStore();
    private final Sample sample = new Sample(store);
    private final Presenter presenter =
            new Presenter(store, store, new Readings(Map.of()), store, store);
    private Mandate mandate = sample.mandate("a", "none");
    private int calls;

    @BeforeEach
    void start() {
        mandate = allowing("all", sample.ready("a"));
        append(new Event.MandateGiven(mandate));
        for (Tool tool : List.of(READ, INFO, OTHER)) {
            pin(tool, Value.object().put("path", TEXT).build());
        }
        pin(WRITE, Value.object().put("path", TEXT).put("content", TEXT).build());
    }

    private static Mandate allowing(String id, Mandate like) {
        return new Mandate(
                new MandateId("mdt_" + id),
                like.giver(),
                like.agent(),
                like.task(),
                new Permissions(
                        List.of(
                                new Permission(
                                        "all", new Glob("*.*"), Map.of(), OptionalLong.empty()))),
                ASKING,
                like.givenAt(),
                like.status(),
                1);
    }

    private void append(Event event) {
        assertThat(sample.append(event)).isInstanceOf(Stored.At.class);
    }

    private void pin(Tool tool, Value.Fields properties) {
        Value.Fields definition =
                Value.object()
                        .put("name", tool.name())
                        .put("inputSchema", Value.object().put("properties", properties).build())
                        .build();
        append(
                new Event.ToolPinned(
                        new Pin(tool, Pin.digest(definition), Optional.empty(), definition), "x"));
    }

    private CallId decided(Tool tool, Value.Fields arguments, Event.Ruling ruling) {
        CallId id = new CallId("call_" + ++calls);
        Event.Decided like = sample.refused(mandate, 0, "like");
        append(
                new Event.Decided(
                        id,
                        like.instance(),
                        like.agent(),
                        List.of(),
                        Binding.KEY,
                        like.mandate(),
                        tool,
                        store.pin(tool).map(Pin::accepted),
                        ruling,
                        arguments,
                        List.of(),
                        Optional.empty()));
        return id;
    }

    private void answered(Tool tool, Value.Fields arguments, Value.Fields reply) {
        CallId id = decided(tool, arguments, new Event.Ruling.Allowed("all", Map.of()));
        append(
                new Event.Concluded(
                        id,
                        Event.End.ANSWERED,
                        Duration.ofMillis(3),
                        Digest.of(),
                        Optional.of(reply),
                        ""));
    }

    private static Value.Fields text(String text) {
        return Value.object()
                .put(
                        "content",
                        new Value.Items(
                                List.of(
                                        Value.object()
                                                .put("type", "text")
                                                .put("text", text)
                                                .build())))
                .build();
    }

    private Waiting asks(Tool tool, Value.Fields arguments) {
        Event.Decided like = sample.refused(mandate, 0, "like");
        QuestionId question =
                QuestionId.about(
                        mandate.id(), like.instance(), Call.action(tool, new Arguments(arguments)));
        decided(tool, arguments, new Event.Ruling.Asked(question, "not-permitted", "no"));
        return presenter.of(store.questions().question(question).orElseThrow());
    }

    private static List<Difference.Line> difference(Waiting one) {
        return one.sent().stream()
                .filter(sent -> sent.argument().equals("content"))
                .map(SentValue::difference)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasReadForTheTaskIsHeldAgainstWhatWouldBeWritten() {
        answered(READ, NOTE, text("one\ntwo\nthree"));
        Waiting one = asks(WRITE, CHANGED);
        assertThat(one.before().orElseThrow().by()).isEqualTo(READ);
        assertThat(difference(one))
                .containsExactly(
                        new Difference.Line(Fate.STAYS, "one"),
                        new Difference.Line(Fate.GOES, "two"),
                        new Difference.Line(Fate.COMES, "2"),
                        new Difference.Line(Fate.STAYS, "three"));
    }

    @Test
    void aFieldOfTheSameNameIsHeldAgainstTheArgument() {
        Value.Fields event =
                Value.object()
                        .put("event", Value.object().put("content", "old").put("n", 1).build())
                        .build();
        answered(INFO, NOTE, Value.object().put("structuredContent", event).build());
        assertThat(difference(asks(WRITE, CHANGED)))
                .contains(new Difference.Line(Fate.GOES, "old"));
    }

    @Test
    void nothingIsSaidOfWhatNobodyRead() {
        assertThat(asks(WRITE, CHANGED).before()).isEmpty();
    }

    @Test
    void nothingIsSaidByWhatWasReadOfAnotherObject() {
        answered(READ, Value.object().put("path", "/b.md").build(), text("b"));
        assertThat(asks(WRITE, CHANGED).before()).isEmpty();
    }

    @Test
    void nothingIsSaidByAnotherUpstream() {
        answered(OTHER, NOTE, text("another's"));
        assertThat(asks(WRITE, CHANGED).before()).isEmpty();
    }

    @Test
    void whatIsSaidAboutAnObjectIsNotTakenForTheObject() {
        answered(INFO, NOTE, text("size: 12"));
        assertThat(asks(WRITE, CHANGED).before()).isEmpty();
    }

    @Test
    void aPartIsNotTakenForTheWhole() {
        answered(READ, NOTE.with("lines", Value.of("1-2")), text("one\ntwo"));
        assertThat(asks(WRITE, CHANGED).before()).isEmpty();
    }

    @Test
    void whatWasChangedSinceItWasReadIsNotKnownAnyMore() {
        answered(READ, NOTE, text("one\ntwo\nthree"));
        answered(WRITE, CHANGED.with("content", Value.of("other")), text("ok"));
        assertThat(asks(WRITE, CHANGED).before()).isEmpty();
        answered(READ, NOTE, text("other"));
        assertThat(asks(WRITE, CHANGED.with("n", Value.of("1"))).before()).isPresent();
    }

    @Test
    void anotherTasksReadingIsNotUsed() {
        answered(READ, NOTE, text("one"));
        mandate = allowing("second", mandate);
        append(new Event.MandateGiven(mandate));
        assertThat(asks(WRITE, CHANGED).before()).isEmpty();
    }

    @Test
    void onlyWhatStaysIsLeftOut() {
        String from = "a\n".repeat(50) + "x\n" + "b\n".repeat(600);
        List<Difference.Line> lines = Difference.of(from, from.replace("x\n", "y\nz\n"));
        assertThat(lines)
                .containsSequence(
                        new Difference.Line(Fate.GOES, "x"),
                        new Difference.Line(Fate.COMES, "y"),
                        new Difference.Line(Fate.COMES, "z"))
                .hasSize(9);
        String other = "c\n".repeat(500);
        assertThat(Difference.of("d\n".repeat(500), other))
                .hasSize(1000)
                .noneMatch(line -> line.fate() == Fate.LEFT_OUT);
    }
}
