package dev.remit.access;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.identity.MandateId;
import java.util.Optional;

/**
 * One question: may this subject take this action on this resource (Authorization API 1.0, section
 * 6.1). The action {@code tools/call} on the resource {@code tool} with the id {@code
 * upstream.tool} is a call; its arguments are the action's property {@code arguments}.
 *
 * @param mandate the mandate that the context names, if it does
 */
record Evaluation(
        Entity subject,
        String action,
        Entity resource,
        Arguments arguments,
        Optional<MandateId> mandate) {
    static final String CALL = "tools/call";
    static final String TOOL = "tool";

    /** Reads one; members that the standard does not know are ignored. */
    static Evaluation read(Value.Fields request) {
        Value.Fields action = Entity.fields(request, "action");
        return new Evaluation(
                Entity.read(request, "subject"),
                Entity.text(action, "action", "name"),
                Entity.read(request, "resource"),
                arguments(action),
                mandate(request));
    }

    private static Arguments arguments(Value.Fields action) {
        Value.Fields properties = action.fields("properties").orElse(Value.Fields.EMPTY);
        if (properties.get("arguments").isEmpty()) {
            return Arguments.NONE;
        }
        Arguments arguments = new Arguments(Entity.object(properties, "arguments"));
        if (!arguments.isInterchangeable()) {
            throw Unreadable.of(
                    "a number in the arguments is not the same number for every reader; send it as"
                            + " a text, or with at most 15 digits");
        }
        return arguments;
    }

    /** Which mandate the context says the subject acts under. */
    static Optional<MandateId> mandate(Value.Fields request) {
        if (request.get("context").isEmpty()) {
            return Optional.empty();
        }
        Value.Fields context = Entity.object(request, "context");
        if (context.get("mandate").isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MandateId(Entity.text(context, "context", "mandate")));
        } catch (IllegalArgumentException e) {
            throw Unreadable.of("`context.mandate` is not a mandate's id");
        }
    }

    /** The tool that is to be called; empty if it is anything else that is asked about. */
    Optional<Tool> tool() {
        return tool(action, resource);
    }

    static Optional<Tool> tool(String action, Entity resource) {
        if (!action.equals(CALL) || !resource.type().equals(TOOL)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Tool.of(resource.id()))
                    .filter(tool -> !tool.name().startsWith(Tool.METHOD));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
