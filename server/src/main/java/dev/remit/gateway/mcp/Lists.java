package dev.remit.gateway.mcp;

import dev.remit.call.Pin;
import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gate.Clerk;
import dev.remit.gate.UpstreamUnavailable;
import dev.remit.gateway.upstream.Catalogue;
import dev.remit.gateway.upstream.Upstreams;
import dev.remit.gateway.upstream.Upstreams.Question;
import dev.remit.gateway.wire.Rpc;
import dev.remit.identity.Caller;
import dev.remit.mandate.Constraint;
import dev.remit.mandate.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an agent is shown of what upstreams offer: no more than its mandate, as it is now, could
 * ever allow. A tool whose definition is held is not shown.
 */
final class Lists {
    private static final int MOST_PAGES = 50;

    /** What whoever has no mandate finds instead of tools. */
    private static final Value.Fields ASKING =
            Value.object()
                    .put("name", Scope.ASKING)
                    .put("title", "Ask for a mandate")
                    .put(
                            "description",
                            "No person has given you a task here yet, so you are shown no other"
                                    + " tools. Call this to ask for a mandate: say in one or two"
                                    + " sentences what you were asked to do. The answer says where"
                                    + " the person gives it.")
                    .put(
                            "inputSchema",
                            Value.object()
                                    .put("type", "object")
                                    .put(
                                            "properties",
                                            Value.object()
                                                    .put(
                                                            "task",
                                                            Value.object()
                                                                    .put("type", "string")
                                                                    .put("maxLength", 600L)
                                                                    .build())
                                                    .build())
                                    .put("required", Value.ofTexts(List.of("task")))
                                    .put("additionalProperties", false)
                                    .build())
                    .build();

    private final Clerk clerk;
    private final Upstreams upstreams;

    Lists(Clerk clerk, Upstreams upstreams) {
        this.clerk = clerk;
        this.upstreams = upstreams;
    }

    /** Whether a request is for a list. */
    static boolean isList(String method) {
        return switch (method) {
            case "tools/list", "prompts/list", "resources/list", "resources/templates/list" -> true;
            default -> false;
        };
    }

    Told.Ending list(Caller caller, Scope scope, Message.Request request) {
        try {
            return switch (request.method()) {
                case "tools/list" -> tools(caller, scope);
                case "prompts/list" -> prompts(caller, scope, request.params());
                case "resources/list" ->
                        resources(caller, scope, request.params(), Question.RESOURCES, "resources");
                default ->
                        resources(
                                caller,
                                scope,
                                request.params(),
                                Question.TEMPLATES,
                                "resourceTemplates");
            };
        } catch (UpstreamUnavailable e) {
            return new Told.Ending.Fault(
                    Rpc.fault(Rpc.INTERNAL_ERROR, String.valueOf(e.getMessage())));
        }
    }

    private Told.Ending tools(Caller caller, Scope scope) {
        List<Value> shown = new ArrayList<>();
        for (String upstream : scope.upstreams()) {
            for (Value.Fields definition : definitions(caller, scope, upstream)) {
                String name = definition.text("name").orElse("");
                Tool tool = new Tool(upstream, name);
                boolean held = upstreams.tools().pin(tool).flatMap(Pin::held).isPresent();
                if (!held && clerk.couldAllow(caller, tool)) {
                    String here = scope.shown(upstream, name);
                    shown.add(
                            here.equals(name)
                                    ? definition
                                    : definition.with("name", Value.of(here)));
                }
            }
        }
        if (clerk.mayAskForMandate(caller)) {
            shown.add(ASKING);
        }
        return new Told.Ending.Result(Value.object().put("tools", new Value.Items(shown)).build());
    }

    /** One upstream that is down does not hide the others, where there are others. */
    private List<Value.Fields> definitions(Caller caller, Scope scope, String upstream) {
        try {
            return upstreams
                    .catalogue(upstream, clerk.party(caller))
                    .map(Catalogue::definitions)
                    .orElse(List.of());
        } catch (UpstreamUnavailable e) {
            return switch (scope) {
                case Scope.One _ -> throw e;
                case Scope.All _ -> List.of();
            };
        }
    }

    private Told.Ending prompts(Caller caller, Scope scope, Value.Fields params) {
        return switch (scope) {
            case Scope.One(String upstream) ->
                    page(caller, upstream, Question.PROMPTS, params, "prompts", "prompts/get");
            case Scope.All(List<String> all) -> {
                List<Value> shown = new ArrayList<>();
                all.forEach(upstream -> shown.addAll(allPrompts(caller, scope, upstream)));
                yield new Told.Ending.Result(
                        Value.object().put("prompts", new Value.Items(shown)).build());
            }
        };
    }

    private List<Value> allPrompts(Caller caller, Scope scope, String upstream) {
        List<Value> shown = new ArrayList<>();
        Value.Fields params = Value.Fields.EMPTY;
        try {
            for (int page = 0; page < MOST_PAGES; page++) {
                Told.Ending ending =
                        page(caller, upstream, Question.PROMPTS, params, "prompts", "prompts/get");
                if (!(ending instanceof Told.Ending.Result one)) {
                    break;
                }
                for (Value prompt : one.result().items("prompts")) {
                    if (prompt instanceof Value.Fields fields) {
                        String here = scope.shown(upstream, fields.text("name").orElse(""));
                        shown.add(fields.with("name", Value.of(here)));
                    }
                }
                Optional<String> next = one.result().text("nextCursor");
                if (next.isEmpty()) {
                    break;
                }
                params = Value.object().put("cursor", next.get()).build();
            }
        } catch (UpstreamUnavailable _) {
            // one upstream that is down does not hide the others
        }
        return shown;
    }

    private Told.Ending resources(
            Caller caller, Scope scope, Value.Fields params, Question question, String name) {
        return switch (scope) {
            case Scope.One(String upstream) ->
                    page(caller, upstream, question, params, name, "resources/read");
            case Scope.All _ -> nothing(name);
        };
    }

    private static Told.Ending nothing(String name) {
        return new Told.Ending.Result(Value.object().put(name, new Value.Items(List.of())).build());
    }

    /** One page of the upstream's own list, cut to what the method could be allowed for. */
    private Told.Ending page(
            Caller caller,
            String upstream,
            Question question,
            Value.Fields params,
            String name,
            String method) {
        Tool tool = new Tool(upstream, Tool.METHOD + method);
        String capability = name.equals("prompts") ? "prompts" : "resources";
        boolean offered =
                upstreams
                        .catalogue(upstream, clerk.party(caller))
                        .flatMap(one -> one.greeting().capabilities().fields(capability))
                        .isPresent();
        if (!offered || !clerk.couldAllow(caller, tool)) {
            return nothing(name);
        }
        Value.Fields asked = Value.object().putIf("cursor", params.get("cursor")).build();
        Value.Fields answer = upstreams.ask(upstream, clerk.party(caller), question, asked);
        if (answer.fields("error").isPresent()) {
            return new Told.Ending.Fault(answer.fields("error").get());
        }
        Value.Fields result = answer.fields("result").orElse(Value.Fields.EMPTY);
        String key = name.equals("prompts") ? "name" : "uri";
        List<Value> shown =
                result.items(name).stream()
                        .filter(
                                one ->
                                        one instanceof Value.Fields fields
                                                && isWithin(caller, tool, key, fields.get(key)))
                        .toList();
        return new Told.Ending.Result(
                Value.object()
                        .put(name, new Value.Items(shown))
                        .putIf("nextCursor", result.text("nextCursor").map(Value::of))
                        .build());
    }

    /** Whether some permission could allow the method with this value; a template has none yet. */
    private boolean isWithin(Caller caller, Tool tool, String key, Optional<Value> value) {
        return clerk.sheet(caller).stream()
                .flatMap(sheet -> sheet.mandate().permissions().of(tool).stream())
                .anyMatch(permission -> isWithin(permission, key, value));
    }

    private static boolean isWithin(Permission permission, String key, Optional<Value> value) {
        if (permission.arguments().isEmpty() || value.isEmpty()) {
            return true;
        }
        Constraint named = permission.arguments().get(key);
        Constraint any = permission.arguments().get(Permission.REST);
        return named != null ? named.admits(value.get()) : any != null && any.admits(value.get());
    }
}
