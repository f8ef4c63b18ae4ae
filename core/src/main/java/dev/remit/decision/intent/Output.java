package dev.remit.decision.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What one call brought back; each is itself and no other. */
final class Output {
    private final String call;
    private final String tool;
    private final ToolReading reading;
    private final boolean named;
    private final boolean own;
    private final Set<String> targets;
    private final String deed;
    private final List<Leaf> leaves = new ArrayList<>();

    /**
     * @param call names the call; empty where it has no name
     * @param named whether the person's words named what was read
     * @param own whether the agent's own effect answered this
     * @param targets what its arguments name as objects, in {@linkplain Words#normal one form}
     * @param deed what was done, if it is not to be done twice; else empty
     */
    Output(
            String call,
            String tool,
            ToolReading reading,
            boolean named,
            boolean own,
            Set<String> targets,
            String deed) {
        this.call = call;
        this.tool = tool;
        this.reading = reading;
        this.named = named;
        this.own = own;
        this.targets = Set.copyOf(targets);
        this.deed = deed;
    }

    String call() {
        return call;
    }

    String tool() {
        return tool;
    }

    ToolReading reading() {
        return reading;
    }

    boolean named() {
        return named;
    }

    boolean own() {
        return own;
    }

    Set<String> targets() {
        return targets;
    }

    String deed() {
        return deed;
    }

    /** What it consists of, in order. */
    List<Leaf> leaves() {
        return leaves;
    }
}
