package dev.remit.decision.intent;

import java.util.List;
import java.util.Set;

/**
 * What one call brought back.
 *
 * @param named whether the person's words named what was read
 * @param own whether the agent's own effect answered this
 * @param targets what its arguments name as objects, in {@linkplain Words#normal one form}
 */
record Output(
        String tool,
        ToolReading reading,
        boolean named,
        boolean own,
        Set<String> targets,
        List<Leaf> leaves) {}
