package dev.remit.gateway.mcp;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gateway.wire.Rpc;
import dev.remit.http.StateSeal;
import dev.remit.identity.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tasks that upstreams began for an agent's allowed calls (SEP-2663). What the agent is told as a
 * task's name is the upstream's own, sealed for this agent: there is no way to name another's.
 */
final class Tasks {
    private static final Duration LIFE = Duration.ofDays(1);
    private static final String NAME = "taskId";

    private final StateSeal seal;
    private final InstantSource clock;

    Tasks(StateSeal seal, InstantSource clock) {
        this.seal = seal;
        this.clock = clock;
    }

    static boolean isAbout(String method) {
        return switch (method) {
            case "tasks/get", "tasks/update", "tasks/cancel" -> true;
            default -> false;
        };
    }

    /**
     * What a request about a task wants of its upstream.
     *
     * @throws Rejected if the caller has no such task here
     */
    Wanted wanted(Caller caller, Scope scope, Message.Request request) {
        Value.Fields task =
                request.params()
                        .text(NAME)
                        .flatMap(name -> seal.open(name, bound(caller), clock.instant()))
                        .filter(one -> scope.upstreams().contains(upstream(one)))
                        .orElseThrow(
                                () ->
                                        Rejected.unreadable(
                                                200,
                                                request.id(),
                                                Rpc.INVALID_PARAMS,
                                                "there is no such task"));
        Value.Building arguments = Value.object().put(NAME, task.text("task").orElseThrow());
        if (request.method().equals("tasks/update")) {
            arguments.put(
                    "inputResponses",
                    request.params().fields("inputResponses").orElse(Value.Fields.EMPTY));
        }
        Tool tool = new Tool(upstream(task), Tool.METHOD + request.method());
        return Wanted.method(tool, arguments.build(), request);
    }

    /** An upstream's answer with the task's name as the agent knows it. */
    Told.Ending named(Told.Ending ending, Caller caller, Tool tool) {
        return switch (ending) {
            case Told.Ending.Fault _ -> ending;
            case Told.Ending.Result(Value.Fields result) -> {
                Optional<String> task = result.text(NAME).filter(_ -> isOfTask(result, tool));
                yield task.isEmpty()
                        ? ending
                        : new Told.Ending.Result(
                                result.with(
                                        NAME, Value.of(name(task.get(), caller, tool.upstream()))));
            }
        };
    }

    private static boolean isOfTask(Value.Fields result, Tool tool) {
        return result.text("resultType").equals(Optional.of("task"))
                || tool.name().startsWith(Tool.METHOD + "tasks/");
    }

    private String name(String task, Caller caller, String upstream) {
        Value.Fields kept = Value.object().put("task", task).put("upstream", upstream).build();
        return seal.seal(kept, bound(caller), clock.instant(), LIFE);
    }

    private static String upstream(Value.Fields task) {
        return task.text("upstream").orElse("");
    }

    private static String bound(Caller caller) {
        return "task\n"
                + caller.instance().id()
                + "\n"
                + caller.mandate().map(id -> id.text()).orElse("");
    }
}
