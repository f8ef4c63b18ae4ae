package dev.remit.mandate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Arguments;
import dev.remit.call.Call;
import dev.remit.call.CallId;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.DelegationChain;
import dev.remit.identity.DelegationStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Authority never grows along a delegation: random chains, judged by the product and by a plain
 * reference. The check itself is checked with products that have a fault.
 */
final class DelegationPropertyTest {
    private static final int CASES = Integer.getInteger("remit.cases", 20_000);
    private static final long SEED = Long.getLong("remit.seed", 20_260);
    private static final List<NaiveChain.Attempt> UNIVERSE = NaiveChain.universe();
    private static final List<Call> CALLS =
            UNIVERSE.stream().map(DelegationPropertyTest::call).toList();
    private static final Instant NOW = Instant.ofEpochSecond(SomeChain.NOW);
    private static final ChainRules RULES = new ChainRules(SomeChain.GATEWAY, SomeChain::isSigned);

    /** What is granted in the end. */
    private record Granted(Share share, long uses, long until, long depth) {}

    private static Call call(NaiveChain.Attempt one) {
        return new Call(
                new CallId("call_1"),
                Tool.of(one.tool()),
                new Arguments(new Value.Fields(one.arguments())),
                Instant.EPOCH);
    }

    private static SomeChain chain(int number) {
        return SomeChain.of(new SplittableRandom(SEED * 1_000_003 + number));
    }

    private static Permissions permissions(SomeChain chain) {
        return MandateText.readPermissions(
                Value.object().put("permissions", new Value.Items(chain.mandate)).build());
    }

    private static Optional<Granted> judged(SomeChain chain) {
        return accepted(chain, chain.steps).map(share -> granted(share, chain.steps.getLast()));
    }

    private static Granted granted(Share share, SomeChain.Step last) {
        return new Granted(share, last.uses, last.exp, last.depth);
    }

    /** The last one's share, as the gateway has it. */
    private static Optional<Share> accepted(SomeChain chain, List<SomeChain.Step> steps) {
        Optional<DelegationChain> read =
                DelegationChain.read(String.join("~", SomeChain.sealed(steps)));
        ChainRules.Root root = new ChainRules.Root("ins_root", SomeChain.root());
        if (read.isEmpty() || RULES.fault(read.get().steps(), root, NOW).isPresent()) {
            return Optional.empty();
        }
        Optional<Share> share = Optional.of(new Share(permissions(chain).all()));
        for (DelegationStep.Signed one : read.get().steps()) {
            Optional<Share> signed = ChainRules.share(one.step());
            share = share.flatMap(wider -> signed.flatMap(part -> part.within(wider)));
        }
        return share;
    }

    /** What is wrong with a judgement; empty if nothing is. */
    private static Optional<String> wrong(SomeChain chain, Optional<Granted> judged) {
        if (judged.isEmpty()) {
            return chain.honest ? Optional.of("an honest chain is refused") : Optional.empty();
        }
        if (!SomeChain.isInOrder(chain.steps)) {
            return Optional.of("a chain is taken that is not in order");
        }
        Granted granted = judged.get();
        Set<Integer> within = NaiveChain.included(chain.mandate, UNIVERSE);
        Set<Integer> above = Set.of();
        for (SomeChain.Step step : chain.steps) {
            Set<Integer> here = NaiveChain.included(step.parts, UNIVERSE);
            if (step != chain.steps.getFirst() && !above.containsAll(here)) {
                return Optional.of("a step includes more than the one before it");
            }
            above = here;
            within.retainAll(here);
            boolean counted = step.uses == 0 || (granted.uses > 0 && granted.uses <= step.uses);
            if (granted.until > step.exp || granted.depth > step.depth || !counted) {
                return Optional.of("more time, depth or uses than a step has");
            }
        }
        return within.containsAll(allowed(chain, granted.share))
                ? Optional.empty()
                : Optional.of("a call is allowed that a step or the mandate does not include");
    }

    /** Which calls the product lets through: the mandate's own permission and the share. */
    private static Set<Integer> allowed(SomeChain chain, Share share) {
        Permissions mandate = permissions(chain);
        Set<Integer> allowed = new HashSet<>();
        for (int i = 0; i < CALLS.size(); i++) {
            Call call = CALLS.get(i);
            boolean admitted =
                    mandate.of(call.tool()).stream()
                            .anyMatch(
                                    one -> one.admits(call.arguments()) && share.admits(one, call));
            if (admitted) {
                allowed.add(i);
            }
        }
        return allowed;
    }

    @Test
    void authorityNeverGrows() {
        List<String> wrong =
                IntStream.range(0, CASES)
                        .parallel()
                        .mapToObj(DelegationPropertyTest::tried)
                        .flatMap(Optional::stream)
                        .limit(5)
                        .toList();
        assertThat(wrong).as("seed " + SEED).isEmpty();
    }

    private static Optional<String> tried(int number) {
        SomeChain chain = chain(number);
        return wrong(chain, judged(chain)).map(one -> "case " + number + ": " + one);
    }

    @Test
    void manyAreTakenAndMeanSomething() {
        long taken = 0;
        long refused = 0;
        long calls = 0;
        for (int number = 0; number < 5_000; number++) {
            SomeChain chain = chain(number);
            Optional<Granted> granted = judged(chain);
            taken += granted.isPresent() ? 1 : 0;
            refused += granted.isEmpty() ? 1 : 0;
            calls += granted.map(one -> allowed(chain, one.share()).size()).orElse(0);
        }
        assertThat(taken).isGreaterThan(2_500);
        assertThat(refused).isGreaterThan(1_000);
        assertThat(calls).isGreaterThan(10_000);
    }

    /** A kind of wrong that a product does not see: for it, that is mended. */
    private record Fault(String name, UnaryOperator<List<SomeChain.Step>> mend) {
        Optional<Granted> judge(SomeChain chain) {
            List<SomeChain.Step> copies =
                    new ArrayList<>(chain.steps.stream().map(SomeChain.Step::copy).toList());
            SomeChain.Step last = chain.steps.getLast();
            try {
                return accepted(chain, mend.apply(copies))
                        .map(_ -> granted(Share.read(SomeShare.details(last.parts)), last));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> aProductWithAFaultIsCaught() {
        return Stream.of(
                        new Fault(
                                "the end is not looked at",
                                each((step, _) -> step.exp = SomeChain.NOW + 500)),
                        new Fault(
                                "the order is not looked at",
                                each(
                                        (step, _) -> {
                                            step.parent = "";
                                            step.parentLeftOut = false;
                                        })),
                        new Fault("depth is not lowered", each((step, at) -> step.depth = 3L - at)),
                        new Fault("uses are not compared", each((step, _) -> step.uses = 0)),
                        new Fault("signatures are not seen", each((step, at) -> step.signer = at)),
                        new Fault(
                                "unknown members are let pass",
                                each((step, _) -> step.more = Value.Fields.EMPTY)),
                        new Fault("arguments are not compared", alike("arguments")),
                        new Fault("tools are not compared", alike("tool")),
                        new Fault("the subset is swapped", DelegationPropertyTest::swapped))
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> assertCaught(fault)));
    }

    private static void assertCaught(Fault fault) {
        for (int number = 0; number < 50_000; number++) {
            SomeChain chain = chain(number);
            Optional<Granted> judged = fault.judge(chain);
            if (judged.isPresent() && wrong(chain, judged).isPresent()) {
                return;
            }
        }
        throw new AssertionError("not caught: " + fault.name());
    }

    private interface Change {
        void to(SomeChain.Step step, int at);
    }

    private static UnaryOperator<List<SomeChain.Step>> each(Change change) {
        return steps -> {
            for (int i = 0; i < steps.size(); i++) {
                change.to(steps.get(i), i);
            }
            return steps;
        };
    }

    private static List<SomeChain.Step> swapped(List<SomeChain.Step> steps) {
        List<List<Value>> parts = steps.stream().map(step -> step.parts).toList().reversed();
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).parts = parts.get(i);
        }
        return steps;
    }

    /** Each part has this as the part of the same name in the first step. */
    private static UnaryOperator<List<SomeChain.Step>> alike(String member) {
        return steps -> {
            List<Value> first = List.copyOf(steps.getFirst().parts);
            for (SomeChain.Step step : steps) {
                step.parts.replaceAll(part -> alike((Value.Fields) part, first, member));
            }
            return steps;
        };
    }

    private static Value alike(Value.Fields part, List<Value> first, String member) {
        for (Value one : first) {
            Value.Fields like = (Value.Fields) one;
            if (like.text("name").equals(part.text("name"))) {
                return like.get(member)
                        .map(value -> part.with(member, value))
                        .orElse(part.without(member));
            }
        }
        return part;
    }
}
