package dev.remit.gateway.rig;

import dev.remit.mandate.Glob;
import dev.remit.mandate.Permission;
import java.util.Map;
import java.util.OptionalLong;

/** Permissions, briefly. */
public final class Leave {
    private Leave() {}

    /** Leave to call these tools with any arguments, as often as need be. */
    public static Permission toCall(String tools) {
        return new Permission(
                tools.replaceAll("[^0-9A-Za-z]", "-"),
                new Glob(tools),
                Map.of(),
                OptionalLong.empty());
    }

    /** Leave to call this tool so many times. */
    public static Permission toCall(String tool, long uses) {
        return new Permission(
                tool.replaceAll("[^0-9A-Za-z]", "-"),
                new Glob(tool),
                Map.of(),
                OptionalLong.of(uses));
    }
}
