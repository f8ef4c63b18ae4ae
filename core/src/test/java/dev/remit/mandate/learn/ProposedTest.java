package dev.remit.mandate.learn;

import static dev.remit.mandate.learn.SomeRun.done;
import static dev.remit.mandate.learn.SomeRun.permission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Proposal;
import dev.remit.mandate.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was done stays allowed, and little else does. */
final class ProposedTest {
    private static final Permission DOCS =
            permission("p1", "docs.*", Map.of("path", new Constraint.PathBelow("/agenda")));
    private static final Permission ANY = permission("p3", "docs.*", Map.of());
    private static final Permission MAIL = permission("p2", "mail.send", Map.of());

    private static Run run(String task, List<Run.Done> done) {
        return SomeRun.of(task, List.of(DOCS, MAIL), done);
    }

    private static Run.Done edit(String path) {
        return done(DOCS, "docs.edit", Map.of("path", path));
    }

    private static Run.Done mail(String to, String text) {
        return done(MAIL, "mail.send", Map.of("to", to, "text", text));
    }

    private static List<Permission> filled(Template template, Map<String, Value> values) {
        return template.fill(values).permissions().all();
    }

    @Test
    void whatIsFewIsNamedAndWhatWasNeverUsedIsGone() {
        Run run = run("tidy up", List.of(edit("/agenda/a.md"), edit("/agenda/b.md")));
        Proposed proposed = Proposed.of("tidy", List.of(run));
        assertThat(filled(proposed.template(), Map.of()))
                .containsExactly(
                        new Permission(
                                "docs-edit",
                                new Glob("docs.edit"),
                                Map.of(
                                        "path",
                                        new Constraint.OneOf(
                                                List.of(
                                                        Value.of("/agenda/a.md"),
                                                        Value.of("/agenda/b.md")))),
                                OptionalLong.of(2)));
        assertThat(proposed.differences()).hasSize(2);
        assertThat(proposed.differences().getFirst().kept())
                .singleElement()
                .satisfies(one -> assertThat(one.calls()).isEqualTo(2));
        assertThat(proposed.differences().getLast().kept()).isEmpty();
        assertThat(proposed.calls()).isEqualTo(2);
        assertThat(proposed.approved()).isEqualTo(1);
        Proposal now = proposed.template().fill(Map.of());
        assertThat(now.lives()).isEqualTo(Duration.ofMinutes(15));
        assertThat(now.limits(SomeRun.NOW).uses()).hasValue(2);
        assertThat(now.limits(SomeRun.NOW).asks()).isEqualTo(3);
    }

    @Test
    void ofManyTheFolderTheRangeAndHowTextsEndAreLearned() {
        List<Run.Done> done = new ArrayList<>();
        for (int i = 1; i <= Least.FEW + 1; i++) {
            done.add(edit("/agenda/2026/" + i + ".md"));
            done.add(mail("person" + i + "@office.example", "A long letter ".repeat(10) + i));
            done.add(done(MAIL, "mail.send", Map.of("to", "a@b.example", "copies", i)));
        }
        List<Permission> learned =
                filled(Proposed.of("t", List.of(run("x", done))).template(), Map.of());
        assertThat(learned)
                .extracting(Permission::name)
                .containsExactly("docs-edit", "mail-send", "mail-send-2");
        assertThat(learned.get(0).arguments())
                .isEqualTo(Map.of("path", new Constraint.PathBelow("/agenda/2026")));
        assertThat(learned.get(1).arguments().get("copies"))
                .isEqualTo(
                        new Constraint.Range(
                                Optional.of(java.math.BigDecimal.ONE),
                                Optional.of(java.math.BigDecimal.valueOf(Least.FEW + 1))));
        assertThat(learned.get(2).arguments())
                .isEqualTo(
                        Map.of(
                                "to",
                                new Constraint.Pattern(new Glob("person*@office.example")),
                                "text",
                                new Constraint.Any()));
    }

    @Test
    void nothingBecomesWiderThanItWas() {
        List<Value> kinds =
                IntStream.range(0, Least.FEW + 2).mapToObj(one -> Value.of("kind" + one)).toList();
        Permission few = permission("p1", "docs.*", Map.of("kind", new Constraint.OneOf(kinds)));
        List<Run.Done> done =
                kinds.stream()
                        .limit(Least.FEW + 1)
                        .map(
                                one ->
                                        new Run.Done(
                                                Tool.of("docs.edit"),
                                                new Arguments(
                                                        Value.object().put("kind", one).build()),
                                                few,
                                                SomeRun.NOW))
                        .toList();
        assertThat(filled(Proposed.of("t", List.of(run("x", done))).template(), Map.of()))
                .singleElement()
                .satisfies(one -> assertThat(one.arguments()).isEqualTo(few.arguments()));
    }

    @Test
    void whatTheWordsNameIsASlotIfAllElseIsTheSame() {
        List<Run> runs =
                List.of(
                        run(
                                "update /agenda/a for Ada",
                                List.of(edit("/agenda/a"), mail("Ada", "/agenda/a"))),
                        run(
                                "update \"/agenda/b\" for Bob",
                                List.of(edit("/agenda/b"), mail("Bob", "/agenda/b"))));
        Template template = Proposed.of("t", runs).template();
        assertThat(template.task()).isEqualTo("update {path} for {to}");
        Proposal filled =
                template.fill(Map.of("path", Value.of("/agenda/c"), "to", Value.of("Eve")));
        assertThat(filled.task().words()).isEqualTo("update \"/agenda/c\" for \"Eve\"");
        assertThat(edit("/agenda/c").fits(filled.permissions())).isTrue();
        assertThat(mail("Eve", "/agenda/c").fits(filled.permissions())).isTrue();
        assertThat(mail("Eve", "/agenda/a").fits(filled.permissions())).isFalse();
        assertThat(edit("/agenda/a").fits(filled.permissions())).isFalse();

        List<Run> unlike =
                List.of(runs.getFirst(), run("clear /agenda/b", List.of(edit("/agenda/b"))));
        Template plain = Proposed.of("t", unlike).template();
        assertThat(plain.slots()).isEmpty();
        assertThat(plain.task()).isEqualTo("clear /agenda/b");
    }

    @Test
    void wordsThatNoSlotTakesBecomeNone() {
        List<Run> runs =
                Stream.of("a\u200bb", "c\u200bd")
                        .map(one -> run("mail " + one, List.of(mail(one, "x"))))
                        .toList();
        assertThat(Proposed.of("t", runs).template().slots()).isEmpty();
    }

    @Test
    void nothingTeachesNothing() {
        assertThatThrownBy(() -> Proposed.of("t", List.of(run("x", List.of()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
    }

    /** Whatever is done, all of it is allowed again; no tool is that was not called. */
    @Test
    void allThatWasDoneIsAllowedAgain() {
        Random dice = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            List<Run> runs =
                    IntStream.range(0, 1 + dice.nextInt(4))
                            .mapToObj(_ -> run("do " + word(dice), some(dice)))
                            .toList();
            if (runs.stream().allMatch(one -> one.done().isEmpty())) {
                continue;
            }
            Template template = Proposed.of("t", runs).template();
            if (template.slots().isEmpty()) {
                Permissions filled = template.fill(Map.of()).permissions();
                runs.forEach(run -> assertThat(run.done()).allMatch(one -> one.fits(filled)));
                assertThat(filled.of(Tool.of("docs.purge"))).isEmpty();
            }
        }
    }

    private static List<Run.Done> some(Random dice) {
        return IntStream.range(0, dice.nextInt(12))
                .mapToObj(
                        _ ->
                                dice.nextBoolean()
                                        ? done(
                                                ANY,
                                                "docs.edit",
                                                Map.of("path", "/agenda/" + word(dice)))
                                        : mail(word(dice), word(dice)))
                .toList();
    }

    private static String word(Random dice) {
        StringBuilder word = new StringBuilder();
        for (int i = dice.nextInt(4); i >= 0; i--) {
            word.append("ab*?/{}\"\\\u00e9".charAt(dice.nextInt(10)));
        }
        return word.append(dice.nextInt(30)).toString();
    }
}
