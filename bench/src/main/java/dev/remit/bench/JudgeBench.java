package dev.remit.bench;

import dev.remit.call.Call;
import dev.remit.decision.Case;
import dev.remit.decision.Decision;
import dev.remit.decision.Rules;
import dev.remit.mandate.Permissions;
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

    private final OneCaller agent = new OneCaller();
    private final Case allowed = file(Office.forManyTools(COUNT), Office.edit("/agendas"));
    private final Case afterAll = file(Office.forOneTool(COUNT), Office.edit("/agendas"));
    private final Case byGlob = file(Office.globs(COUNT), Office.edit("/agendas"));
    private final Case refused = file(Office.forManyTools(COUNT), Office.edit("/payroll"));

    /** The last of 50 permissions, the only one for this tool, admits the call. */
    @Benchmark
    public Decision allowed() {
        return agent.decide(allowed, true);
    }

    /** All 50 permissions are for this tool, and only the last admits the call. */
    @Benchmark
    public Decision allowedAfterAllOthers() {
        return agent.decide(afterAll, true);
    }

    /** 50 globs, of which the last fits. */
    @Benchmark
    public Decision allowedByTheLastGlob() {
        return agent.decide(byGlob, true);
    }

    /** An argument does not fit; the sentence that says which is part of it. */
    @Benchmark
    public Decision refused() {
        return agent.decide(refused, false);
    }

    private Case file(Permissions permissions, Call call) {
        return agent.file(permissions, call, Rules.none());
    }
}
