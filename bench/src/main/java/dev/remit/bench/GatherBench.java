package dev.remit.bench;

import dev.remit.call.Call;
import dev.remit.decision.Decision;
import dev.remit.decision.Judge;
import dev.remit.gate.Clerk;
import dev.remit.identity.Caller;
import dev.remit.identity.MandateId;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The clerk and the judge on the embedded store, with few and with a million mandates in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH fills in what is measured
public class GatherBench {
    private static final int ACTIVE = 10;
    private static final int SCATTERED = 40_000;

    @Param({"10", "1000000"})
    public int mandates;

    /**
     * {@code active}: agents at work, under the mandates they were given last. {@code scattered}:
     * each call under another of all mandates, named in its token, four times more than the store
     * keeps in memory.
     */
    @Param({"active", "scattered"})
    public String callers;

    private Opened opened;
    private Clerk clerk;
    private Caller[] calling;
    private int next;

    private final Judge judge = new Judge();
    private final Call call = Office.edit("/agendas");

    @Setup(Level.Trial)
    public void load() {
        Instant now = Instant.now();
        opened = Opened.in("mandates");
        Callers agents = new Callers(opened.store(), now);
        Mandates loaded = Mandates.load(opened, agents, mandates, now);
        clerk = opened.clerk();
        Random dice = new Random(7);
        boolean active = callers.equals("active");
        calling = new Caller[active ? ACTIVE : SCATTERED];
        for (int i = 0; i < calling.length; i++) {
            int mandate = active ? i : dice.nextInt(mandates);
            Optional<MandateId> named =
                    active ? Optional.empty() : Optional.of(Mandates.id(mandate));
            calling[i] = agents.caller(loaded.agent(mandate), named);
        }
    }

    @Benchmark
    public Decision gatherAndDecide() {
        Caller caller = calling[next];
        next = next + 1 == calling.length ? 0 : next + 1;
        Decision decision = judge.decide(clerk.gather(caller, call));
        if (!(decision instanceof Decision.Allow)) {
            throw new IllegalStateException("decided otherwise: " + decision);
        }
        return decision;
    }

    @TearDown(Level.Trial)
    public void remove() {
        opened.close();
    }
}
