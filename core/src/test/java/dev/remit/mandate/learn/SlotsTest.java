package dev.remit.mandate.learn;

import static dev.remit.mandate.learn.SomeRun.done;
import static dev.remit.mandate.learn.SomeRun.permission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.mandate.Permission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only what the words themselves have, and have differently, is a slot. */
final class SlotsTest {
    private static final Permission ANY = permission("p1", "*.*", Map.of());

    private static Run run(String task, Map<String, ?> edited) {
        return run(task, List.of(done(ANY, "docs.edit", edited)));
    }

    private static Run run(String task, List<Run.Done> done) {
        return SomeRun.of(task, List.of(ANY), done);
    }

    @Test
    void whatTheWordsDoNotHaveIsNone() {
        Slots slots =
                Slots.of(
                        List.of(
                                run("update aa", Map.of("path", "aa", "by", "Ada")),
                                run("update bb", Map.of("path", "bb", "by", "Bob"))));
        assertThat(slots.names()).containsExactly("path");
        assertThat(slots.of(Tool.of("docs.edit"), "by")).isEmpty();
    }

    @Test
    void whatIsTheSameEachTimeIsNone() {
        Slots slots =
                Slots.of(
                        List.of(
                                run("update aa for Ada", Map.of("path", "aa", "by", "Ada")),
                                run("update bb for Ada", Map.of("path", "bb", "by", "Ada"))));
        assertThat(slots.sentence()).contains("update {path} for Ada");
        assertThat(slots.names()).containsExactly("path");
    }

    @Test
    void aValueWithinAnotherIsFoundAfterIt() {
        Slots slots =
                Slots.of(
                        List.of(
                                run("put note into note-1", Map.of("a", "note", "b", "note-1")),
                                run("put book into book-2", Map.of("a", "book", "b", "book-2"))));
        assertThat(slots.sentence()).contains("put {a} into {b}");
    }

    @Test
    void twoSlotsHaveTwoNames() {
        Slots slots =
                Slots.of(
                        List.of(
                                run(
                                        "copy aa to bb",
                                        List.of(
                                                done(ANY, "docs.read", Map.of("path", "aa")),
                                                done(ANY, "docs.edit", Map.of("path", "bb")))),
                                run(
                                        "copy cc to dd",
                                        List.of(
                                                done(ANY, "docs.read", Map.of("path", "cc")),
                                                done(ANY, "docs.edit", Map.of("path", "dd"))))));
        assertThat(slots.sentence()).contains("copy {slot2} to {path}");
        assertThat(slots.values(1))
                .isEqualTo(Map.of("path", Value.of("dd"), "slot2", Value.of("cc")));
    }
}
