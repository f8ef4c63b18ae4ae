package dev.remit.mandate.learn;

import static dev.remit.mandate.learn.SomeRun.after;
import static dev.remit.mandate.learn.SomeRun.done;
import static dev.remit.mandate.learn.SomeRun.permission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Value;
import dev.remit.mandate.Condition;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import dev.remit.mandate.Permissions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How little is enough: for an argument, for how often, for how long, and after what. */
final class LessonTest {
    private static final Permission ANY = permission("p1", "docs.*", Map.of());

    private static List<Permission> learned(List<Run> runs) {
        return Proposed.of("t", runs).template().fill(Map.of()).permissions().all();
    }

    private static Run run(List<Run.Done> done) {
        return SomeRun.of("tidy up", List.of(ANY), done);
    }

    /** What an argument must be after it was these, one after the other. */
    private static Constraint of(Permission by, Stream<?> values) {
        List<Run.Done> done =
                values.map(value -> done(by, "docs.edit", Map.of("what", value))).toList();
        Constraint what = learned(List.of(run(done))).getFirst().arguments().get("what");
        return what == null ? new Constraint.OneOf(List.of()) : what;
    }

    private static Stream<String> many(String begin, String end) {
        return IntStream.rangeClosed(0, Least.FEW).mapToObj(one -> begin + one + end);
    }

    @Test
    void fewAreNamedAndOneMoreIsMany() {
        assertThat(of(ANY, many("kind", "").limit(Least.FEW))).isInstanceOf(Constraint.OneOf.class);
        assertThat(of(ANY, many("kind", ""))).isInstanceOf(Constraint.Pattern.class);
    }

    @Test
    void fewSharedCharactersTellNothing() {
        assertThat(of(ANY, many("ab", "c"))).isEqualTo(new Constraint.Any());
        assertThat(of(ANY, many("ab", "cd"))).isEqualTo(new Constraint.Pattern(new Glob("ab*cd")));
    }

    @Test
    void theSameCharactersAreNotBothBeginningAndEnd() {
        Stream<String> noons =
                Stream.of("noon", "noonoon", "noon noon", "noon-noon", "noon+noon", "noon to noon");
        assertThat(of(ANY, noons)).isEqualTo(new Constraint.Pattern(new Glob("noon*")));
    }

    @Test
    void whatLooksLikeAPatternIsNoWiderForIt() {
        assertThat(of(ANY, many("a*b?", ""))).isEqualTo(new Constraint.Pattern(new Glob("a*b?*")));
    }

    @Test
    void whatWasCalledWithoutArgumentsIsCalledWithoutThem() {
        Permissions learned =
                new Permissions(learned(List.of(run(List.of(done(ANY, "docs.list", Map.of()))))));
        assertThat(done(ANY, "docs.list", Map.of()).fits(learned)).isTrue();
        assertThat(done(ANY, "docs.list", Map.of("path", "/")).fits(learned)).isFalse();
    }

    @Test
    void asOftenAsInTheRunThatDidItMost() {
        Run.Done edit = done(ANY, "docs.edit", Map.of("path", "/a"));
        List<Run> runs =
                List.of(run(List.of(edit)), run(List.of(edit, edit, edit)), run(List.of(edit)));
        assertThat(learned(runs))
                .singleElement()
                .satisfies(one -> assertThat(one.uses()).hasValue(3));
    }

    @Test
    void whatHadToBeDoneBeforeStillHasTo() {
        Condition read = new Condition.After(new Glob("docs.read"));
        Permission then =
                new Permission(
                        "p2", new Glob("docs.edit"), Map.of(), OptionalLong.empty(), List.of(read));
        List<Permission> learned =
                learned(
                        List.of(
                                run(
                                        List.of(
                                                done(then, "docs.edit", Map.of("path", "/a")),
                                                done(ANY, "docs.edit", Map.of("path", "/b"))))));
        assertThat(learned)
                .filteredOn(one -> one.when().equals(List.of(read)))
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.arguments().get("path"))
                                        .isEqualTo(new Constraint.Exact(Value.of("/a"))));
        assertThat(learned)
                .filteredOn(one -> one.when().isEmpty())
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.arguments().get("path"))
                                        .isEqualTo(new Constraint.Exact(Value.of("/b"))));
    }

    @Test
    void whatEveryOtherArgumentHadToBeItStillHasToBe() {
        Constraint kinds =
                new Constraint.OneOf(
                        Stream.concat(many("kind", ""), Stream.of("more")).map(Value::of).toList());
        Permission rest = permission("p2", "docs.*", Map.of(Permission.REST, kinds));
        assertThat(of(rest, many("kind", ""))).isEqualTo(kinds);
    }

    @Test
    void permissionsThatDoNotAgreeHoldNothing() {
        Permission low = permission("p2", "docs.*", Map.of("what", range(0, 9)));
        Permission high = permission("p3", "docs.*", Map.of("what", range(10, 19)));
        List<Run.Done> done =
                IntStream.range(0, Least.FEW + 9)
                        .mapToObj(
                                one ->
                                        done(
                                                one < 10 ? low : high,
                                                "docs.edit",
                                                Map.of("what", one)))
                        .toList();
        assertThat(learned(List.of(run(done))))
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.arguments())
                                        .isEqualTo(Map.of("what", range(0, Least.FEW + 8))));
    }

    private static Constraint range(int from, int to) {
        return new Constraint.Range(
                Optional.of(BigDecimal.valueOf(from)), Optional.of(BigDecimal.valueOf(to)));
    }

    @Test
    void itLivesNoLongerThanItEverDid() {
        Run.Done edit = done(ANY, "docs.edit", Map.of("path", "/a"));
        for (Map.Entry<Duration, Duration> one :
                Map.of(
                                Duration.ofMinutes(14), Duration.ofMinutes(15),
                                Duration.ofMinutes(15), Duration.ofHours(1),
                                Duration.ofHours(5), Duration.ofHours(8))
                        .entrySet()) {
            assertThat(
                            Proposed.of("t", List.of(run(List.of(after(one.getKey(), edit)))))
                                    .template()
                                    .fill(Map.of())
                                    .lives())
                    .as("after " + one.getKey())
                    .isEqualTo(one.getValue());
        }
    }

    @Test
    void itIsHeldAgainstWhatTheNewestRunHad() {
        Permission mail = permission("p2", "mail.*", Map.of());
        Run.Done edit = done(ANY, "docs.edit", Map.of("path", "/a"));
        List<Run> runs =
                List.of(
                        SomeRun.of("x", List.of(mail), List.of()),
                        SomeRun.of("x", List.of(ANY, mail), List.of(edit)));
        assertThat(Proposed.of("t", runs).differences())
                .extracting(one -> one.was().name() + " " + one.kept().size())
                .containsExactly("p1 1", "p2 0");
    }
}
