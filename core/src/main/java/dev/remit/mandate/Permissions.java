package dev.remit.mandate;

import dev.remit.call.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A mandate's permissions, found by tool without looking at the others. */
public final class Permissions {
    public static final int MOST = 256;

    private final List<Permission> all;
    private final Map<String, List<Permission>> exact = new HashMap<>();
    private final List<Permission> globs;

    public Permissions(List<Permission> permissions) {
        if (permissions.size() > MOST) {
            throw new IllegalArgumentException("a mandate has at most " + MOST + " permissions");
        }
        all = List.copyOf(permissions);
        Set<String> names = new HashSet<>();
        for (Permission permission : all) {
            if (!names.add(permission.name())) {
                throw new IllegalArgumentException(
                        "two permissions are named `" + permission.name() + "`");
            }
        }
        globs = all.stream().filter(permission -> !permission.tools().isExact()).toList();
        for (Permission permission : all) {
            exact.computeIfAbsent(permission.tools().text(), _ -> new ArrayList<>());
        }
        exact.replaceAll((tool, _) -> naming(tool));
    }

    private List<Permission> naming(String tool) {
        return all.stream().filter(permission -> permission.tools().matches(tool)).toList();
    }

    /** The permissions that name this tool, in the order they were given. */
    public List<Permission> of(Tool tool) {
        String name = tool.toString();
        List<Permission> found = exact.get(name);
        if (found != null) {
            return found;
        }
        return globs.isEmpty() ? List.of() : naming(name);
    }

    public List<Permission> all() {
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permissions that && all.equals(that.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
