package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.cedar.Policies.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Texts and values made to exhaust a stack, a heap or a person's patience. */
final class HostileTest {
    private static final int MANY = 200_000;

    @TestFactory
    Stream<DynamicTest> whatIsNestedWithoutEndIsNotRead() {
        return Map.of(
                        "parentheses", "(".repeat(MANY),
                        "sets", "[".repeat(MANY),
                        "records", "{a:".repeat(MANY),
                        "signs", "!".repeat(MANY),
                        "branches", "if true then 1 else ".repeat(MANY),
                        "tests", "if ".repeat(MANY),
                        "calls", "context.a.contains(".repeat(MANY),
                        "names", "a::".repeat(MANY),
                        "sums", "1 + ".repeat(MANY) + "1 == 1",
                        "attributes", "context" + ".a".repeat(MANY))
                .entrySet()
                .stream()
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        one.getKey(),
                                        () ->
                                                assertThat(read(one.getValue()))
                                                        .isInstanceOf(Reading.Unread.class)));
    }

    /** The highest tree that can be read, on the smallest stack that a thread is given. */
    @Test
    void whatIsReadIsEvaluatedOnASmallStack() throws InterruptedException {
        String sum = "x";
        for (int level = 0; level < 3; level++) {
            sum = "(" + sum.replace("x", "(x + 1)") + " + 1".repeat(80) + ")";
        }
        List<String> all =
                List.of(
                        "(".repeat(60) + "true" + ")".repeat(60),
                        "[".repeat(60) + "context" + "]".repeat(60) + " == context",
                        sum.replace("x", "context.n") + " > 0",
                        "(".repeat(60) + "context.b" + " && context.b)".repeat(60));
        Value.Fields context = Value.fields(Map.of("n", new Value.Whole(1), "b", Value.Bool.TRUE));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread small =
                new Thread(
                        null, () -> all.forEach(one -> decide(one, context)), "small", 256 * 1024);
        small.setUncaughtExceptionHandler((_, problem) -> thrown.set(problem));
        small.start();
        small.join();
        assertThat(thrown.get()).isNull();
    }

    @Test
    void aLongTextIsReadInTimeThatGrowsWithIt() {
        String many = "permit(principal, action, resource) when { context.a };\n".repeat(40_000);
        Assertions.assertThat(read(many + "x")).isInstanceOf(Reading.Unread.class);
        String chain = "true" + " && true".repeat(MANY) + " || false".repeat(MANY);
        assertThat(decide(chain, Value.Fields.none()).allowed()).isTrue();
    }

    @Test
    @DisplayName("PDP-021: a pattern of many wildcards ends soon")
    void aPatternOfManyWildcardsEndsSoon() {
        String pattern = "*a".repeat(2_000) + "*b";
        Value.Fields context = Value.fields(Map.of("t", new Value.Text("a".repeat(20_000))));
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () ->
                        assertThat(decide("context.t like \"" + pattern + '"', context).allowed())
                                .isFalse());
    }

    @Test
    void deepOrLargeValuesAreRefused() {
        Value deep = new Value.Text("x");
        for (int level = 0; level < Value.DEEPEST; level++) {
            deep = Value.set(List.of(deep));
        }
        Value deepest = deep;
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> Value.fields(Map.of("a", deepest)));
        List<Value> many = new ArrayList<>();
        for (int one = 0; one <= Value.LARGEST; one++) {
            many.add(Value.Bool.TRUE);
        }
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> Value.set(many));
    }

    @Test
    void aLongLineOfEntitiesIsRefusedAndACircleToo() {
        List<Entity> line = new ArrayList<>();
        for (int one = 0; one < 5_000; one++) {
            line.add(entity("e" + one, "e" + (one + 1)));
        }
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> Entities.of(line))
                .withMessageContaining("hangs below more than");
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Entities.of(
                                        List.of(
                                                entity("a", "b"),
                                                entity("b", "c"),
                                                entity("c", "a"))))
                .withMessageContaining("hangs below itself");
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> Entities.of(List.of(entity("a", "a"))));
    }

    private static Entity entity(String id, String above) {
        return Entity.of(new Uid("E", id), Value.Fields.none(), Set.of(new Uid("E", above)));
    }

    private static Reading read(String condition) {
        return Policies.read("permit(principal, action, resource) when {" + condition + "};");
    }

    private static Answer decide(String condition, Value.Fields context) {
        Policies policies =
                switch (read(condition)) {
                    case Reading.Read(Policies read) -> read;
                    case Reading.Unread(Problem problem) ->
                            throw new AssertionError(problem.toString());
                };
        Uid one = new Uid("A", "a");
        return policies.decide(new Request(one, one, one, context), Entities.none());
    }
}
