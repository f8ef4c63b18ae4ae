package dev.remit.decision.intent;

import java.util.List;
import java.util.Set;

/**
 * What one call brought back.
 *
 * @param named whether the person's words named what was read
 * @param own whether the agent's own effect answered this
 * @param targets what its arguments name as objects, in {@linkplain Words#normal one form}
 * @param deed what was done, if it is not to be done twice; else empty
 */
record Output(
        String tool,
        ToolReading reading,
        boolean named,
        boolean own,
        Set<String> targets,
        String deed,
        List<Leaf> leaves) {}
