package dev.remit.mandate;

import dev.remit.call.Tool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A mandate's permissions, found by tool without looking at the others. */
public final class Permissions {
    public static final int MOST = 256;

    private final List<Permission> all;
    private final Map<String, Map<String, List<Permission>>> exact = new HashMap<>(); // by upstream
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
            if (permission.tools().isExact()) {
                String tool = permission.tools().text();
                int dot = tool.indexOf('.');
                exact.computeIfAbsent(tool.substring(0, dot), _ -> new HashMap<>())
                        .computeIfAbsent(tool.substring(dot + 1), _ -> naming(tool, all));
            }
        }
    }

    private static List<Permission> naming(String tool, List<Permission> from) {
        List<Permission> naming = new ArrayList<>();
        for (Permission permission : from) {
            if (permission.tools().matches(tool)) {
                naming.add(permission);
            }
        }
        return Collections.unmodifiableList(naming);
    }

    /** The permissions that name this tool, in the order they were given. */
    public List<Permission> of(Tool tool) {
        Map<String, List<Permission>> named = exact.get(tool.upstream());
        List<Permission> found = named == null ? null : named.get(tool.name());
        if (found != null) {
            return found;
        }
        return globs.isEmpty() ? List.of() : naming(tool.toString(), globs);
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
