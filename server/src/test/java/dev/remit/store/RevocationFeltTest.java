package dev.remit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.call.Outcome;
import dev.remit.call.Value;
import dev.remit.gate.Gate;
import dev.remit.gate.Line;
import dev.remit.identity.Caller;
import dev.remit.ledger.Event;
import dev.remit.mandate.Glob;
import dev.remit.mandate.Limits;
import dev.remit.mandate.Mandate;
import dev.remit.mandate.Permission;
import dev.remit.testkit.AttackCase;
import dev.remit.testkit.SomeAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixty-four callers under one mandate, and a person who ends it. Nothing is allowed after the
 * record of that; what was allowed before may still be on its way, and it says for how long.
 */
class RevocationFeltTest {
    private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
    private static final int CALLERS = 64;
    private static final int ROUNDS = 5;

    @TempDir private Path data;

    @Test
    @AttackCase("REV-001")
    void nothingIsAllowedAfterItIsWritten() throws Exception {
        List<Long> micros = new ArrayList<>();
        try (GateRig rig = new GateRig(data, START)) {
            rig.pin("up.act");
            SomeAgent agent = rig.agent("agent");
            for (int round = 0; round < ROUNDS; round++) {
                micros.add(revoked(rig, agent));
            }
        }
        System.out.printf(
                "the last call arrived %s us after the revocation had returned%n", micros);
    }

    /** How long after the act had returned the last call came to the upstream. */
    private static long revoked(GateRig rig, SomeAgent agent) throws Exception {
        Limits limits =
                new Limits(START.plusSeconds(3_600), Optional.empty(), OptionalLong.empty(), 1_000);
        Mandate mandate =
                rig.give(
                        agent,
                        limits,
                        new Permission("p", new Glob("up.act"), Map.of(), OptionalLong.empty()));
        AtomicLong lastArrival = new AtomicLong();
        AtomicLong arrived = new AtomicLong();
        Gate gate =
                rig.gate(
                        (_, _) -> {
                            lastArrival.accumulateAndGet(System.nanoTime(), Math::max);
                            arrived.incrementAndGet();
                            return new Outcome.Answered(Value.Fields.EMPTY, Duration.ZERO, false);
                        });
        Caller caller = rig.caller(agent);
        long returned;
        long before;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calling = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calling.add(
                        threads.submit(
                                () -> {
                                    while (!Thread.currentThread().isInterrupted()) {
                                        gate.call(
                                                caller,
                                                rig.call("up.act", Value.Fields.EMPTY),
                                                Line.closed());
                                    }
                                }));
            }
            while (arrived.get() < 1_000) {
                Thread.sleep(5);
            }
            before = rig.store().size();
            rig.grantor().revoke(mandate.id(), "enough", GateRig.ADA);
            returned = System.nanoTime();
            Thread.sleep(300);
            calling.forEach(one -> one.cancel(true));
        }
        assertThat(allowedAfter(rig, mandate, before)).isZero();
        return Math.max(0, TimeUnit.NANOSECONDS.toMicros(lastArrival.get() - returned));
    }

    private static long allowedAfter(GateRig rig, Mandate mandate, long before) {
        boolean ended = false;
        long after = 0;
        for (long i = before; i < rig.store().size(); i++) {
            Event event = rig.store().entry(i).orElseThrow().event();
            ended |=
                    event instanceof Event.MandateChanged changed
                            && changed.mandate().id().equals(mandate.id());
            if (ended
                    && event instanceof Event.Decided decided
                    && decided.ruling() instanceof Event.Ruling.Allowed
                    && decided.mandate().orElseThrow().mandate().equals(mandate.id())) {
                after++;
            }
        }
        assertThat(ended).isTrue();
        return after;
    }
}
