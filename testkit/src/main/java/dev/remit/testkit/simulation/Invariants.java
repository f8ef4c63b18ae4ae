package dev.remit.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.CallId;
import dev.remit.decision.Decision;
import dev.remit.decision.Judge;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.identity.AgentId;
import dev.remit.identity.MandateId;
import dev.remit.ledger.Entry;
import dev.remit.ledger.Event;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The invariants that the simulation can see, each by its name. */
final class Invariants {
    private Invariants() {}

    static List<Invariant> all() {
        return List.of(
                new NoEffectWithoutAnEarlierRecord(),
                new WhatIsAcknowledgedIsNeverLost(),
                new NoPermissionIsOverspent(),
                new NothingIsAllowedAfterARevocation(),
                new WhatWasJudgedIsWhatArrives(),
                new NothingCrossesBetweenAgents(),
                new WhatIsRefusedIsNotMade(),
                new EveryDecisionReplays(),
                new NoCallArrivesTwice(),
                new NoQuestionIsAnsweredTwice());
    }

    /** I1. */
    static final class NoEffectWithoutAnEarlierRecord implements Invariant {
        @Override
        public void check(World world) {
            Map<CallId, Long> allowed = allowed(world);
            for (Journals.Arrived arrived : world.journals().arrived) {
                assertThat(allowed.get(arrived.call()))
                        .as("the record of " + arrived.call())
                        .isNotNull()
                        .isLessThan(arrived.logSize());
            }
        }
    }

    /** I2. */
    static final class WhatIsAcknowledgedIsNeverLost implements Invariant {
        @Override
        public void check(World world) {
            for (Entry entry : world.acknowledged()) {
                assertThat(world.log())
                        .as("acknowledged entry " + entry.index())
                        .hasSizeGreaterThan((int) entry.index());
                assertThat(world.log().get((int) entry.index())).isEqualTo(entry);
            }
        }
    }

    /**
     * I3 and I4, counted where it hurts: at the upstream. Rounds that the upstream asked for are
     * one call; that it did ask, and once for each, is {@link NoQuestionIsAnsweredTwice}.
     */
    static final class NoPermissionIsOverspent implements Invariant {
        @Override
        public void check(World world) {
            Map<String, Long> used = new HashMap<>();
            Map<MandateId, Mandate> mandates = new HashMap<>();
            for (Journals.Arrived arrived : world.journals().arrived) {
                if (arrived.file().call().continues().isPresent()) {
                    continue;
                }
                Mandate mandate = arrived.file().sheet().orElseThrow().mandate();
                mandates.put(mandate.id(), mandate);
                used.merge(mandate.id().text(), 1L, Long::sum);
                used.merge(mandate.id() + " " + permission(world, arrived.call()), 1L, Long::sum);
            }
            for (Mandate mandate : mandates.values()) {
                mandate.limits()
                        .uses()
                        .ifPresent(
                                most ->
                                        assertThat(used.get(mandate.id().text()))
                                                .isLessThanOrEqualTo(most));
                for (Permission permission : mandate.permissions().all()) {
                    long calls = used.getOrDefault(mandate.id() + " " + permission.name(), 0L);
                    permission
                            .uses()
                            .ifPresent(
                                    most ->
                                            assertThat(calls)
                                                    .as(permission.toString())
                                                    .isLessThanOrEqualTo(most));
                }
            }
        }

        private static String permission(World world, CallId call) {
            for (Entry entry : world.log()) {
                if (entry.event() instanceof Event.Decided decided
                        && decided.call().equals(call)
                        && decided.ruling() instanceof Event.Ruling.Allowed(String permission, _)) {
                    return permission;
                }
            }
            return "unrecorded";
        }
    }

    /** I5. */
    static final class NothingIsAllowedAfterARevocation implements Invariant {
        @Override
        public void check(World world) {
            Set<MandateId> ended = new HashSet<>();
            for (Entry entry : world.log()) {
                if (entry.event() instanceof Event.MandateChanged changed
                        && !(changed.mandate().status() instanceof Mandate.Status.Active)) {
                    ended.add(changed.mandate().id());
                }
                if (entry.event() instanceof Event.Decided decided
                        && !(decided.ruling() instanceof Event.Ruling.Refused)) {
                    assertThat(ended)
                            .as("entry " + entry.index())
                            .doesNotContain(decided.mandate().orElseThrow().mandate());
                }
            }
        }
    }

    /** I6. */
    static final class WhatWasJudgedIsWhatArrives implements Invariant {
        @Override
        public void check(World world) {
            for (Journals.Arrived arrived : world.journals().arrived) {
                Journals.Asked asked = world.journals().asked(arrived.call());
                assertThat(arrived.arguments()).isEqualTo(asked.call().arguments().digest());
                assertThat(arrived.file().call()).isEqualTo(asked.call());
            }
        }
    }

    /** I8. */
    static final class NothingCrossesBetweenAgents implements Invariant {
        @Override
        public void check(World world) {
            Map<MandateId, AgentId> given = new HashMap<>();
            for (Entry entry : world.log()) {
                if (entry.event() instanceof Event.MandateGiven(Mandate mandate, _)) {
                    given.put(mandate.id(), mandate.agent());
                }
            }
            for (Journals.Arrived arrived : world.journals().arrived) {
                Journals.Asked asked = world.journals().asked(arrived.call());
                MandateId under = arrived.file().sheet().orElseThrow().mandate().id();
                assertThat(given.get(under))
                        .as("the agent whose mandate allowed " + arrived.call())
                        .isEqualTo(asked.agent());
            }
        }
    }

    /** I10: closed is closed; what the client is told was not made did not arrive. */
    static final class WhatIsRefusedIsNotMade implements Invariant {
        @Override
        public void check(World world) {
            Set<CallId> arrived = new HashSet<>();
            world.journals().arrived.forEach(one -> arrived.add(one.call()));
            for (Answer answer : world.journals().answered.values()) {
                if (answer instanceof Answer.Refused(CallId call, Refusal refusal, _, _, _)) {
                    assertThat(arrived).as(refusal + " for " + call).doesNotContain(call);
                }
            }
        }
    }

    /** The judge is pure: what was allowed is allowed again from the same case. */
    static final class EveryDecisionReplays implements Invariant {
        @Override
        public void check(World world) {
            for (Journals.Arrived arrived : world.journals().arrived) {
                assertThat(new Judge().decide(arrived.file())).isInstanceOf(Decision.Allow.class);
            }
        }
    }

    /** I3, for one call: nothing is tried again by itself. */
    static final class NoCallArrivesTwice implements Invariant {
        @Override
        public void check(World world) {
            assertThat(world.journals().arrived)
                    .extracting(Journals.Arrived::call)
                    .doesNotHaveDuplicates();
        }
    }

    /** I3, for rounds: one answer to each question, by the one who was asked, about the same. */
    static final class NoQuestionIsAnsweredTwice implements Invariant {
        @Override
        public void check(World world) {
            Set<CallId> answered = new HashSet<>();
            for (Journals.Arrived arrived : world.journals().arrived) {
                if (arrived.file().call().continues().isEmpty()) {
                    continue;
                }
                CallId question = arrived.file().call().continues().get();
                Journals.Asked first = world.journals().asked(question);
                Journals.Asked now = world.journals().asked(arrived.call());
                assertThat(world.journals().questions).contains(question);
                assertThat(answered.add(question)).as("answered before: " + question).isTrue();
                assertThat(now.instance()).isEqualTo(first.instance());
                assertThat(now.call().tool()).isEqualTo(first.call().tool());
                assertThat(now.call().arguments()).isEqualTo(first.call().arguments());
            }
        }
    }

    private static Map<CallId, Long> allowed(World world) {
        Map<CallId, Long> allowed = new HashMap<>();
        for (Entry entry : world.log()) {
            if (entry.event() instanceof Event.Decided decided
                    && !(decided.ruling() instanceof Event.Ruling.Refused)) {
                allowed.put(decided.call(), entry.index());
            }
        }
        return allowed;
    }
}
