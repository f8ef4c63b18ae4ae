package dev.remit.web;

import dev.remit.identity.Role;
import java.util.Set;

/**
 * A part of what people see, in the order of the navigation; each belongs to one edge, and this is
 * all that the others know of it.
 */
public enum Section {
    NOW("/", "Now"),
    APPROVALS("/approvals", "Approvals"),
    MANDATES("/mandates", "Mandates"),
    AGENTS("/agents", "Agents"),
    LEDGER("/ledger", "Ledger"),
    TOOLS("/tools", "Tools"),
    RULES("/rules", "Rules"),
    SETTINGS("/settings", "Settings");

    /** The roles that see what is everybody's, and not only what is their own. */
    public static final Set<Role> SEEING_ALL = Set.of(Role.ADMINISTRATOR, Role.AUDITOR);

    private final String path;
    private final String title;

    Section(String path, String title) {
        this.path = path;
        this.title = title;
    }

    /** Where it begins. */
    public String path() {
        return path;
    }

    public String title() {
        return title;
    }

    /** The roles of which one is needed to see it; if empty, everybody who has signed in may. */
    public Set<Role> anyOf() {
        return switch (this) {
            case NOW, AGENTS, LEDGER, TOOLS -> Set.of();
            case APPROVALS, MANDATES -> Set.of(Role.values());
            case RULES, SETTINGS -> SEEING_ALL;
        };
    }
}
