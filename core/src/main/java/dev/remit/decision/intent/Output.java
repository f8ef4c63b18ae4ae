package dev.remit.decision.intent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one call brought back; each is itself and no other. */
final class Output {
    private static final int OWN = 512; // bytes, about

    private final String call;
    private final String tool;
    private final ToolReading reading;
    private final boolean named;
    private final boolean own;
    private final Set<String> targets;
    private final List<Leaf> leaves = new ArrayList<>();

    /**
     * @param call names the call; empty where it has no name
     * @param named whether the person's words named what was read
     * @param own whether the agent's own effect answered this
     * @param targets what its arguments name as objects, in {@linkplain Words#normal one form}
     */
    Output(
            String call,
            String tool,
            ToolReading reading,
            boolean named,
            boolean own,
            Set<String> targets) {
        this.call = call;
        this.tool = tool;
        this.reading = reading;
        this.named = named;
        this.own = own;
        this.targets = Collections.unmodifiableSet(new HashSet<>(targets));
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

    /** What keeping it costs beside its leaves, in characters. */
    int weight() {
        return OWN + targets.stream().mapToInt(String::length).sum();
    }

    /** What it consists of, in order. */
    List<Leaf> leaves() {
        return leaves;
    }
}
