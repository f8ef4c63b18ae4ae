package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.call.Value;
import dev.remit.conduct.Excess;
import dev.remit.conduct.Subject;
import dev.remit.conduct.Tolerance;
import dev.remit.conduct.Tolerance.Over;
import dev.remit.conduct.Tolerance.Then;
import dev.remit.decision.Refusal;
import dev.remit.gate.Answer;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.identity.Agent;
import dev.remit.identity.Caller;
import dev.remit.identity.Instance;
import dev.remit.ledger.Appended;
import dev.remit.ledger.Overstepped;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.registry.ActRefused;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SomeAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator bears, and what follows when it is too much. */
final class OversteppingTest {
    private static final Value.Fields NOTHING = Value.Fields.EMPTY;
    private static final Optional<Duration> TEN_MINUTES = Optional.of(Duration.ofMinutes(10));

    @TempDir private Path folder;
    private GateRig rig;
    private SomeAgent agent;
    private long number;

    @BeforeEach
    void open() {
        rig = new GateRig(folder, LimitsRows.START);
        rig.pin("up.act");
        agent = rig.agent("agent");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Mandate give() {
        return give(agent);
    }

    private Mandate give(SomeAgent to) {
        Limits limits =
                new Limits(
                        rig.now().plus(Duration.ofHours(9)),
                        Optional.empty(),
                        OptionalLong.empty(),
                        1_000);
        return rig.give(
                to,
                limits,
                new Permission("p", new Glob("up.act"), Map.of(), OptionalLong.empty()));
    }

    /** Tries something that was not given, never the same twice: a strike of weight one each. */
    private void overstep(SomeAgent who, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(refusal(rig.call(who, "up.x" + number++, NOTHING)))
                    .isEqualTo(Refusal.TOOL_UNKNOWN);
        }
    }

    private static Refusal refusal(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).refusal();
    }

    private void assertMay(SomeAgent who) {
        assertThat(rig.call(who, "up.act", NOTHING)).isInstanceOf(Answer.Ended.class);
    }

    private Refusal actRefused(SomeAgent who) {
        return refusal(rig.call(who, "up.act", NOTHING));
    }

    private List<Overstepped> written() {
        List<Overstepped> found = new ArrayList<>();
        Archive.of(folder)
                .read(
                        0,
                        entry -> {
                            if (entry.event() instanceof Overstepped one) {
                                found.add(one);
                            }
                            return true;
                        });
        return found;
    }

    private static Tolerance bear(Over over, Then then) {
        return new Tolerance("probing", over, 3, TEN_MINUTES, then);
    }

    @Test
    void anAgentIsSuspendedWithAllItsInstances() {
        rig.bear(bear(Over.AGENT, Then.SUSPEND_AGENT));
        give();
        SomeAgent twin = agent.another(rig.registrar());
        overstep(agent, 2);
        assertMay(agent);
        overstep(twin, 1);
        assertThat(actRefused(agent)).isEqualTo(Refusal.AGENT_SUSPENDED);
        assertThat(actRefused(twin)).isEqualTo(Refusal.AGENT_SUSPENDED);
        assertThat(written()).hasSize(1);
        Excess excess = written().getFirst().excess();
        assertThat(excess.evidence()).hasSize(3);
        assertThat(excess.stopped()).isEqualTo(new Subject.OfAgent(agent.id()));
        assertThat(rig.store().agent(agent.id()).orElseThrow().standing())
                .isInstanceOf(Agent.Standing.Suspended.class);
    }

    @Test
    void onlyTheInstanceThatOverstepsIsSuspended() {
        rig.bear(bear(Over.INSTANCE, Then.SUSPEND_INSTANCE));
        give();
        SomeAgent twin = agent.another(rig.registrar());
        overstep(agent, 2);
        overstep(twin, 2);
        assertMay(agent);
        overstep(agent, 1);
        assertThat(actRefused(agent)).isEqualTo(Refusal.INSTANCE_SUSPENDED);
        assertMay(twin);
    }

    @Test
    void theMandateIsRevokedAndTheNextOneHolds() {
        rig.bear(bear(Over.MANDATE, Then.REVOKE_MANDATE));
        Mandate first = give();
        overstep(agent, 3);
        assertThat(actRefused(agent)).isEqualTo(Refusal.MANDATE_REVOKED);
        Mandate.Status status = rig.store().find(first.id()).orElseThrow().mandate().status();
        assertThat(((Mandate.Status.Revoked) status).why()).contains("`probing`");
        give();
        assertMay(agent);
    }

    @Test
    void whatIsLongerAgoIsNotCounted() {
        rig.bear(bear(Over.AGENT, Then.SUSPEND_AGENT));
        give();
        overstep(agent, 2);
        rig.later(Duration.ofMinutes(10));
        overstep(agent, 2);
        assertMay(agent);
        overstep(agent, 1);
        assertThat(actRefused(agent)).isEqualTo(Refusal.AGENT_SUSPENDED);
    }

    @Test
    void whatAPersonForgaveCountsNoMore() {
        rig.bear(bear(Over.AGENT, Then.SUSPEND_AGENT));
        Mandate mandate = give();
        overstep(agent, 3);
        rig.registrar().restore(agent.id(), "per_1");
        assertMay(agent);
        assertThat(rig.store().find(mandate.id()).orElseThrow().usage().strikes()).isZero();
        overstep(agent, 2);
        assertMay(agent);
        overstep(agent, 1);
        assertThat(actRefused(agent)).isEqualTo(Refusal.AGENT_SUSPENDED);
    }

    @Test
    void whatWasForgivenAnInstanceCountsNoMoreAgainstItsAgent() {
        rig.bear(
                new Tolerance("one", Over.INSTANCE, 2, TEN_MINUTES, Then.SUSPEND_INSTANCE),
                new Tolerance("all", Over.AGENT, 3, TEN_MINUTES, Then.SUSPEND_AGENT));
        give();
        overstep(agent, 2);
        assertThat(actRefused(agent)).isEqualTo(Refusal.INSTANCE_SUSPENDED);
        rig.registrar().restore(agent.instance(), "per_1");
        assertMay(agent);
        overstep(agent, 1);
        assertMay(agent);
        assertThatThrownBy(() -> rig.registrar().restore(agent.instance(), "per_1"))
                .isInstanceOf(ActRefused.class);
    }

    @Test
    void allOfItHoldsAfterARestart() {
        rig.bear(bear(Over.INSTANCE, Then.SUSPEND_INSTANCE));
        give();
        overstep(agent, 2);
        rig.restart();
        overstep(agent, 1);
        rig.restart();
        assertThat(actRefused(agent)).isEqualTo(Refusal.INSTANCE_SUSPENDED);
        rig.registrar().restore(agent.instance(), "per_1");
        rig.restart();
        assertMay(agent);
        overstep(agent, 2);
        assertMay(agent);
    }

    @Test
    void ofManyAtOnceOneStopsIt() throws Exception {
        rig.bear(bear(Over.AGENT, Then.SUSPEND_AGENT));
        give();
        Gate gate = rig.gate();
        AtomicLong other = new AtomicLong();
        Caller caller = rig.caller(agent);
        List<Answer> answers =
                GateRig.atOnce(
                        64,
                        () ->
                                gate.call(
                                        caller,
                                        rig.call("up.y" + other.getAndIncrement(), NOTHING),
                                        Line.closed()));
        assertThat(answers).allMatch(Answer.Refused.class::isInstance);
        assertThat(written()).hasSize(1);
        assertThat(actRefused(agent)).isEqualTo(Refusal.AGENT_SUSPENDED);
    }

    @Test
    @AttackCase("REV-007")
    void nobodyIsFramed() {
        rig.bear(bear(Over.AGENT, Then.SUSPEND_AGENT), bear(Over.MANDATE, Then.REVOKE_MANDATE));
        Mandate mandate = give();
        SomeAgent other = rig.agent("other");
        give(other);
        Answer answer =
                rig.gate()
                        .call(
                                other.caller(rig.store(), Optional.of(mandate.id()), rig.now()),
                                rig.call("up.act", NOTHING),
                                Line.closed());
        assertThat(refusal(answer)).isEqualTo(Refusal.MANDATE_OF_ANOTHER);
        assertMay(agent);
        assertThat(actRefused(other)).isEqualTo(Refusal.AGENT_SUSPENDED); // a trespass weighs three
        rig.registrar().restore(other.id(), "per_1"); // the operator has the last word
        assertMay(other);
    }

    @Test
    @AttackCase("REV-007")
    void nothingIsStoppedOnStrikesThatAreNotItsOwn() {
        rig.bear();
        give();
        SomeAgent other = rig.agent("other");
        give(other);
        overstep(other, 3);
        Subject framed = new Subject.OfAgent(agent.id());
        Subject guilty = new Subject.OfAgent(other.id());
        List<Long> evidence =
                rig.store().conduct().conduct(guilty).strikes().stream()
                        .map(one -> one.entry())
                        .toList();
        List<Excess> made =
                List.of(
                        new Excess(framed, framed, "probing", 3, 3, evidence),
                        new Excess(guilty, framed, "probing", 3, 3, evidence),
                        new Excess(guilty, guilty, "probing", 3, 4, evidence),
                        new Excess(guilty, guilty, "probing", 4, 3, evidence),
                        new Excess(guilty, guilty, "probing", 0, 0, List.of()),
                        new Excess(guilty, guilty, "probing", 3, 3, List.of(0L, 1L, 2L)));
        for (Excess one : made) {
            assertThat(rig.ledger().append(new Overstepped(one), rig.now()))
                    .as(one.toString())
                    .isInstanceOf(Appended.Stale.class);
        }
        assertMay(agent);
        assertMay(other);
        Excess real = new Excess(guilty, guilty, "probing", 3, 3, evidence);
        assertThat(rig.ledger().append(new Overstepped(real), rig.now()))
                .isNotInstanceOf(Appended.Stale.class);
        assertThat(actRefused(other)).isEqualTo(Refusal.AGENT_SUSPENDED);
        assertThat(rig.ledger().append(new Overstepped(real), rig.now()))
                .isInstanceOf(Appended.Stale.class);
    }

    @Test
    void aSuspendedInstanceMayNotGoOnWithWhatItBegan() {
        rig.bear(bear(Over.INSTANCE, Then.SUSPEND_INSTANCE));
        give();
        var caller = rig.caller(agent);
        assertThat(caller.isStillGood(rig.store())).isTrue();
        overstep(agent, 3);
        assertThat(caller.isStillGood(rig.store())).isFalse();
        // who was let in before it was suspended is stopped at the ledger
        assertThat(refusal(rig.gate().call(caller, rig.call("up.act", NOTHING), Line.closed())))
                .isEqualTo(Refusal.CALLER_REVOKED);
        assertThat(rig.store().instance(agent.instance()).filter(Instance::mayAct)).isEmpty();
    }
}
