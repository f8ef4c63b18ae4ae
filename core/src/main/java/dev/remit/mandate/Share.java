package dev.remit.mandate;

import dev.remit.call.Call;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What of a mandate was passed on with a token, as it was then: it never grows. A call is allowed
 * by a permission that the mandate has now only if the share has one under the same name that
 * admits it too.
 *
 * @param parts each bears the name of the mandate's permission that it is a part of; how often a
 *     permission may be used is counted by the mandate alone
 */
public record Share(List<Permission> parts) {
    private static final String TYPE = "mandate";

    public Share {
        parts = List.copyOf(parts);
        if (parts.size() > Permissions.MOST) {
            throw new IllegalArgumentException("at most " + Permissions.MOST + " permissions");
        }
    }

    /** All that a mandate permits now. */
    public static Share of(Mandate mandate) {
        return new Share(
                mandate.permissions().all().stream().map(one -> part(one, one.name())).toList());
    }

    private static Permission part(Permission one, String name) {
        return new Permission(name, one.tools(), one.arguments(), OptionalLong.empty());
    }

    /**
     * The part of this that is asked for (RFC 9396); empty if it is not plainly a part of it, or
     * cannot be read.
     */
    public Optional<Share> narrowed(Value asked) {
        try {
            List<Permission> narrower = new ArrayList<>();
            for (Permission one : permissions(asked)) {
                Optional<Permission> wider = parts.stream().filter(one::isWithin).findFirst();
                if (wider.isEmpty() || one.uses().isPresent()) {
                    return Optional.empty();
                }
                narrower.add(part(one, wider.get().name()));
            }
            return narrower.isEmpty() ? Optional.empty() : Optional.of(new Share(narrower));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether it says something, and only what a share can say. */
    boolean isPlain() {
        return !parts.isEmpty()
                && parts.stream()
                        .allMatch(
                                one ->
                                        one.uses().isEmpty()
                                                && one.when().isEmpty()
                                                && one.arguments().values().stream()
                                                        .noneMatch(
                                                                Constraint.Unrecognised.class
                                                                        ::isInstance));
    }

    /** Whether each part is plainly within one of the same name. */
    boolean isWithin(Share wider) {
        return parts.stream().allMatch(wider::holds);
    }

    /** Those of its parts that are plainly within one of the same name; empty if none is. */
    public Optional<Share> within(Share wider) {
        List<Permission> held = parts.stream().filter(wider::holds).toList();
        return held.isEmpty() ? Optional.empty() : Optional.of(new Share(held));
    }

    private boolean holds(Permission narrower) {
        return parts.stream()
                .anyMatch(one -> one.name().equals(narrower.name()) && narrower.isWithin(one));
    }

    /** Whether some of what the mandate's permission allows for this tool is in it. */
    public boolean reaches(Permission permission, Tool tool) {
        return parts.stream()
                .anyMatch(part -> part.name().equals(permission.name()) && part.names(tool));
    }

    /** Whether the call is in it, as far as the mandate's permission is concerned. */
    public boolean admits(Permission permission, Call call) {
        return parts.stream()
                .anyMatch(
                        part ->
                                part.name().equals(permission.name())
                                        && part.names(call.tool())
                                        && part.admits(call.arguments()));
    }

    /** As a token and an answer carry it ({@code authorization_details}). */
    public Value.Items write() {
        return new Value.Items(
                List.of(
                        Value.object()
                                .put("type", TYPE)
                                .put("permissions", MandateText.permissions(parts))
                                .build()));
    }

    /** Reads what {@link #write} wrote. */
    public static Share read(Value written) {
        return new Share(permissions(written));
    }

    private static List<Permission> permissions(Value written) {
        if (written instanceof Value.Items(List<Value> all)
                && all.size() == 1
                && all.getFirst() instanceof Value.Fields one
                && one.text("type").equals(Optional.of(TYPE))
                && one.values().size() == 2) {
            return MandateText.readPermissions(one.items("permissions"));
        }
        throw new IllegalArgumentException("one object of the type `" + TYPE + "`");
    }
}
