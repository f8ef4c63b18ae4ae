package dev.remit.bench.grants;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * May this agent use this tool on this file? Asked of each engine with few and with many grants.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
@SuppressWarnings("NullAway.Init") // JMH fills in what is measured
public class GrantsBench {
    private static final int MEGA = 1 << 20;

    @Param({"map", "mandates", "cedar", "casbin"})
    public String engine;

    @Param({"100", "10000", "1000000"})
    public int grants;

    private Engine loaded;
    private int next;

    /** Loads the grants, and says how long that took and what they take in the heap. */
    @Setup
    public void load() throws InterruptedException {
        long before = used();
        long start = System.nanoTime();
        loaded = Engine.of(engine, new Workload(grants));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%n%s, %,d grants: loaded in %.1f s, %,d MB of heap%n",
                engine, grants, seconds, (used() - before) / MEGA);
    }

    @Benchmark
    public int allowed() {
        if (!loaded.allows(next)) {
            throw new IllegalStateException("refused, and is granted");
        }
        next = (next + 1) % Workload.REQUESTS;
        return next;
    }

    @TearDown
    public void close() throws Exception {
        loaded.close();
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
