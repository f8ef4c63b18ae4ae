package dev.remit.bench;

import dev.remit.decision.Case;
import dev.remit.decision.Decision;
import dev.remit.decision.Rules;
import dev.remit.rules.RuleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.Warmup;

/** The pure judge on a mandate of 50 permissions, under rules of which each names a tool. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class RulesBench {
    private static final int COUNT = 50;

    /** How many rules there are. */
    @Param({"0", "2", "100", "10000"})
    private int rules;

    private final OneCaller agent = new OneCaller();
    private Case file = file(Rules.none());

    /** Reads the rules; two of them are about every tool, each other is about one. */
    @Setup
    public void read() throws IOException {
        Path folder = Files.createTempDirectory("rules");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rules; i++) {
            text.append("@id(\"r" + i + "\") forbid(principal, action");
            text.append(i < 2 ? "" : " == Action::\"files.tool" + i + "\"");
            text.append(", resource) when { context.input has path && context.input.path like");
            text.append(" \"/secret" + i + "/*\" && context.mandate.age > duration(\"8h\") };\n");
        }
        Path written = folder.resolve("a.cedar");
        Files.writeString(written, text);
        file = file(new RuleFolder(folder, RuleFolder.Fallback.PERMIT).read());
        Files.delete(written);
        Files.delete(folder);
    }

    /** The mandate allows it, and so do the rules. */
    @Benchmark
    public Decision allowed() {
        return agent.decide(file, true);
    }

    private Case file(Rules current) {
        return agent.file(Office.forManyTools(COUNT), Office.edit("/agendas"), current);
    }
}
