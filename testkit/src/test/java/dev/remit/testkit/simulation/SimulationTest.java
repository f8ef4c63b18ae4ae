package dev.remit.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The simulation over many seeds. One seed again: {@code mvn -pl testkit -am test
 * -Dtest=SimulationTest -Dseed=N -Dsurefire.failIfNoSpecifiedTests=false}; more of them: {@code
 * -Dseeds=N}.
 */
final class SimulationTest {
    private static final int TURNS = 1_000;

    @Test
    void theInvariantsHoldForEverySeed() {
        Long only = Long.getLong("seed");
        LongStream seeds =
                only != null
                        ? LongStream.of(only)
                        : LongStream.range(0, Long.getLong("seeds", 40L));
        int happened =
                seeds.mapToInt(seed -> Simulation.play(seed, TURNS, Fault.NONE).size()).sum();
        assertThat(happened).isPositive();
    }

    @Test
    void oneSeedReplaysExactly() {
        List<String> trace = Simulation.play(7, TURNS, Fault.NONE);
        assertThat(Simulation.play(7, TURNS, Fault.NONE)).isEqualTo(trace);
        assertThat(Simulation.play(8, TURNS, Fault.NONE)).isNotEqualTo(trace);
        assertThat(trace)
                .anyMatch(line -> line.contains("Ended"))
                .anyMatch(line -> line.contains("NOT_ASKED"))
                .anyMatch(line -> line.equals("crash"));
    }

    private record Planted(Fault fault, String noticedBy) {}

    @TestFactory
    Stream<DynamicTest> everyPlantedFaultIsNoticed() {
        return Stream.of(
                        new Planted(
                                Fault.STORE_IGNORES_OBJECTIONS,
                                "NothingIsAllowedAfterARevocation|NoPermissionIsOverspent|NoQuestionIsAnsweredTwice"),
                        new Planted(
                                Fault.STORE_LOSES_ACKNOWLEDGED,
                                "WhatIsAcknowledgedIsNeverLost|NoEffectWithoutAnEarlierRecord"),
                        new Planted(
                                Fault.ARGUMENTS_CHANGE_ON_THE_WAY, "WhatWasJudgedIsWhatArrives"),
                        new Planted(
                                Fault.SENT_WITHOUT_A_RECORD,
                                "NoEffectWithoutAnEarlierRecord|WhatIsAcknowledgedIsNeverLost|NothingContradictsItself"),
                        new Planted(Fault.MANDATES_ARE_MIXED_UP, "NothingCrossesBetweenAgents"))
                .map(
                        planted ->
                                DynamicTest.dynamicTest(
                                        planted.fault().name(), () -> isNoticed(planted)));
    }

    private static void isNoticed(Planted planted) {
        assertThatThrownBy(
                        () -> {
                            for (long seed = 0; seed < 40; seed++) {
                                Simulation.play(seed, TURNS, planted.fault());
                            }
                        })
                .isInstanceOf(AssertionError.class)
                .message()
                .matches("(?s)(" + planted.noticedBy() + ") does not hold.*");
    }
}
