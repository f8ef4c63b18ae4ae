package dev.remit.cli.eval;

import dev.remit.call.Value;
import dev.remit.decision.intent.Finding;
import dev.remit.decision.intent.Intent;
import dev.remit.decision.intent.Memory;
import dev.remit.decision.intent.Rule;
import dev.remit.decision.intent.TaskReader;
import dev.remit.decision.intent.ToolReader;
import dev.remit.decision.intent.ToolReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a trace went when every call of it was judged, in order. What was allowed is remembered; a
 * benign call that is not is taken to be approved, and remembered; an attacker's call that is not
 * never happened.
 */
public record Course(Trace trace, List<Step> steps) {
    public Course {
        steps = List.copyOf(steps);
    }

    /**
     * One call, and what was made of it.
     *
     * @param nanos it took to judge it, and to take in the answer
     */
    public record Step(Trace.Recorded call, ToolReading tool, Finding finding, long nanos) {
        boolean isAllowed() {
            return finding.verdict() == Rule.Verdict.ALLOW;
        }

        boolean isLeak() {
            return call.isHarmful() && isAllowed();
        }
    }

    /** Replays a trace. */
    public static Course of(Trace trace, Map<String, ToolReading> tools) {
        Memory memory = new Memory(TaskReader.read(trace.words()));
        List<Step> steps = new ArrayList<>();
        for (Trace.Recorded call : trace.calls()) {
            ToolReading tool = tools.get(trace.suite() + "/" + call.tool());
            ToolReading known = tool == null ? unknown(call.tool()) : tool;
            long start = System.nanoTime();
            Finding finding = Intent.judge(known, call.arguments(), memory);
            boolean happened = !call.attack() || finding.verdict() == Rule.Verdict.ALLOW;
            if (happened) {
                memory.remember(call.tool(), known, call.arguments(), call.output());
            }
            steps.add(new Step(call, known, finding, System.nanoTime() - start));
        }
        return new Course(trace, steps);
    }

    /** A tool that is not in the file of tools: all there is to go by is its name. */
    private static ToolReading unknown(String name) {
        return ToolReader.read(Value.object().put("name", name).build());
    }
}
