package dev.remit.bench;

import dev.remit.call.Call;
import dev.remit.decision.Case;
import dev.remit.decision.Decision;
import dev.remit.decision.Judge;
import dev.remit.identity.Agent;
import dev.remit.identity.Caller;
import dev.remit.identity.Instance;
import dev.remit.identity.SignInDemand;
import dev.remit.ledger.Ledger;
import dev.remit.main.Names;
import dev.remit.mandate.Permissions;
import dev.remit.mandate.Sheet;
import dev.remit.mandate.Usage;
import dev.remit.testkit.MemoryStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The pure judge on mandates of 50 permissions with five constraints each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class JudgeBench {
    private static final int COUNT = 50;

    private final Instant now = Instant.now();
    private final Judge judge = new Judge();
    private final MemoryStore store = new MemoryStore();
    private final Caller caller = caller();
    private final Case allowed = file(Office.forManyTools(COUNT), Office.edit("/agendas"));
    private final Case afterAll = file(Office.forOneTool(COUNT), Office.edit("/agendas"));
    private final Case byGlob = file(Office.globs(COUNT), Office.edit("/agendas"));
    private final Case refused = file(Office.forManyTools(COUNT), Office.edit("/payroll"));

    /** The last of 50 permissions, the only one for this tool, admits the call. */
    @Benchmark
    public Decision allowed() {
        return checked(judge.decide(allowed), true);
    }

    /** All 50 permissions are for this tool, and only the last admits the call. */
    @Benchmark
    public Decision allowedAfterAllOthers() {
        return checked(judge.decide(afterAll), true);
    }

    /** 50 globs, of which the last fits. */
    @Benchmark
    public Decision allowedByTheLastGlob() {
        return checked(judge.decide(byGlob), true);
    }

    /** An argument does not fit; the sentence that says which is part of it. */
    @Benchmark
    public Decision refused() {
        return checked(judge.decide(refused), false);
    }

    private static Decision checked(Decision decision, boolean allow) {
        if (decision instanceof Decision.Allow != allow) {
            throw new IllegalStateException("decided otherwise: " + decision);
        }
        return decision;
    }

    private Caller caller() {
        Callers callers = new Callers(store, now);
        Ledger ledger = new Ledger(store, () -> Names.random(16));
        Instance instance = callers.enrol("bench", event -> ledger.append(event, now));
        return callers.caller(instance, Optional.empty());
    }

    private Case file(Permissions permissions, Call call) {
        Agent agent = store.agent(caller.agent()).orElseThrow();
        Sheet sheet =
                new Sheet(
                        Office.mandate("bench", caller.agent(), permissions, now), Usage.none(now));
        return new Case(
                caller,
                agent,
                Optional.of(sheet),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Office.pin()),
                Optional.empty(),
                SignInDemand.NONE,
                call,
                now);
    }
}
