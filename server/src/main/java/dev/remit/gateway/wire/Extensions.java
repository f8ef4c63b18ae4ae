package dev.remit.gateway.wire;

import dev.remit.call.Value;
import java.util.List;

/** The extensions of the protocol that are passed on; an unknown one might be a way round. */
public final class Extensions {
    /** Calls that go on after their answer (SEP-2663). */
    public static final String TASKS = "io.modelcontextprotocol/tasks";

    /** Pages of a server, shown by the client; resources at {@code ui://}. */
    public static final String APPS = "io.modelcontextprotocol/ui";

    private static final String NAME = "extensions";
    private static final List<String> KNOWN = List.of(TASKS, APPS);

    private Extensions() {}

    /** Whether capabilities name this extension. */
    public static boolean has(Value.Fields capabilities, String extension) {
        return known(capabilities).get(extension).isPresent();
    }

    /** Those of the capabilities that are passed on. */
    public static Value.Fields known(Value.Fields capabilities) {
        Value.Fields declared = capabilities.fields(NAME).orElse(Value.Fields.EMPTY);
        Value.Building known = Value.object();
        KNOWN.forEach(one -> known.putIf(one, declared.fields(one)));
        return known.build();
    }
}
