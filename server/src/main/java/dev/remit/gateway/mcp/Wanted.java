package dev.remit.gateway.mcp;

import dev.remit.call.Arguments;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gateway.wire.Rpc;
import java.util.Optional;

/**
 * What a request wants of an upstream, as the gate will judge it.
 *
 * @param isTool whether it is a tool's call; other methods stand beside the tools
 */
record Wanted(Tool tool, Value.Fields arguments, boolean isTool) {

    /**
     * Reads a request; empty if its method does not reach an upstream's data.
     *
     * @throws Rejected if it does, and its parameters cannot be read
     */
    static Optional<Wanted> of(Scope scope, Message.Request request) {
        Optional<Wanted> wanted =
                switch (request.method()) {
                    case "tools/call" -> Optional.of(toolCall(scope, request));
                    case "resources/read", "resources/subscribe" -> resource(scope, request);
                    case "prompts/get" -> Optional.of(prompt(scope, request));
                    case "completion/complete" -> Optional.of(completion(scope, request));
                    default -> Optional.empty();
                };
        wanted.ifPresent(one -> check(one, request));
        return wanted;
    }

    /** A request for a method with these arguments, checked like any other. */
    static Wanted method(Tool tool, Value.Fields arguments, Message.Request request) {
        Wanted wanted = new Wanted(tool, arguments, false);
        check(wanted, request);
        return wanted;
    }

    private static void check(Wanted wanted, Message.Request request) {
        if (!new Arguments(wanted.arguments()).isInterchangeable()) {
            throw invalid(
                    request,
                    "a number in the arguments is not the same number for every reader; send it as"
                            + " a text, or with at most 15 digits");
        }
    }

    private static Wanted toolCall(Scope scope, Message.Request request) {
        Value.Fields params = request.params();
        boolean shaped =
                params.get("arguments").isEmpty() || params.fields("arguments").isPresent();
        if (!shaped) {
            throw invalid(request, "`arguments` must be an object");
        }
        Tool tool =
                params.text("name")
                        .flatMap(scope::tool)
                        .orElseThrow(() -> invalid(request, "no tool can be called that"));
        return new Wanted(tool, params.fields("arguments").orElse(Value.Fields.EMPTY), true);
    }

    private static Optional<Wanted> resource(Scope scope, Message.Request request) {
        return switch (scope) {
            case Scope.All _ -> Optional.empty();
            case Scope.One(String upstream) -> {
                Value.Fields arguments =
                        Value.object().put("uri", text(request.params(), "uri", request)).build();
                yield scope.method(upstream, request.method())
                        .map(tool -> new Wanted(tool, arguments, false));
            }
        };
    }

    private static Wanted prompt(Scope scope, Message.Request request) {
        String shown = text(request.params(), "name", request).value();
        Scope.Named named = named(scope, shown, request);
        Value.Fields arguments =
                Value.object()
                        .put("name", named.name())
                        .putIf("arguments", request.params().fields("arguments"))
                        .build();
        return method(scope, named.upstream(), arguments, request);
    }

    private static Wanted completion(Scope scope, Message.Request request) {
        Value.Fields ref =
                request.params()
                        .fields("ref")
                        .orElseThrow(() -> invalid(request, "`ref` must be an object"));
        String upstream = scope.upstreams().isEmpty() ? "" : scope.upstreams().getFirst();
        if (ref.text("type").equals(Optional.of("ref/prompt"))) {
            Scope.Named named = named(scope, text(ref, "name", request).value(), request);
            ref = ref.with("name", Value.of(named.name()));
            upstream = named.upstream();
        } else if (scope instanceof Scope.All) {
            throw invalid(request, "resources are at /mcp/{upstream}");
        }
        Value.Fields arguments =
                Value.object()
                        .put("ref", ref)
                        .putIf("argument", request.params().fields("argument"))
                        .putIf("context", request.params().fields("context"))
                        .build();
        return method(scope, upstream, arguments, request);
    }

    private static Scope.Named named(Scope scope, String shown, Message.Request request) {
        return scope.named(shown)
                .orElseThrow(() -> invalid(request, "no prompt can be called that"));
    }

    private static Wanted method(
            Scope scope, String upstream, Value.Fields arguments, Message.Request request) {
        return scope.method(upstream, request.method())
                .map(tool -> new Wanted(tool, arguments, false))
                .orElseThrow(() -> invalid(request, "there is no such upstream"));
    }

    private static Value.Text text(Value.Fields fields, String name, Message.Request request) {
        return new Value.Text(
                fields.text(name)
                        .orElseThrow(() -> invalid(request, "`" + name + "` must be a text")));
    }

    private static Rejected invalid(Message.Request request, String what) {
        return Rejected.unreadable(400, request.id(), Rpc.INVALID_PARAMS, what);
    }
}
