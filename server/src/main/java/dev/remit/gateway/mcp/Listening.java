package dev.remit.gateway.mcp;

import dev.remit.call.Tool;
import dev.remit.call.Value;
import dev.remit.gate.Line;
import dev.remit.gateway.wire.Meta;
import dev.remit.gateway.wire.Rpc;
import dev.remit.identity.Caller;
import java.util.List;

/** What an agent may be told of between its calls. */
final class Listening {
    private static final List<String> KINDS =
            List.of("toolsListChanged", "promptsListChanged", "resourcesListChanged");
    private static final int MOST_RESOURCES = 100;

    private Listening() {}

    /** The part of a request's filter that is served; each resource is a call of its own. */
    static Value.Fields filter(Desk desk, Caller caller, Scope scope, Message.Request request) {
        Value.Fields asked =
                request.params()
                        .fields("notifications")
                        .orElseThrow(
                                () ->
                                        Rejected.unreadable(
                                                400,
                                                request.id(),
                                                Rpc.INVALID_PARAMS,
                                                "`notifications` must be an object"));
        Value.Building filter = Value.object();
        KINDS.stream().filter(asked::flag).forEach(kind -> filter.put(kind, true));
        List<Value> resources = asked.items("resourceSubscriptions");
        if (resources.isEmpty() || !(scope instanceof Scope.One(String upstream))) {
            return filter.build();
        }
        List<Value> allowed =
                resources.stream()
                        .limit(MOST_RESOURCES)
                        .filter(uri -> isAllowed(desk, caller, upstream, uri))
                        .toList();
        return filter.put("resourceSubscriptions", new Value.Items(allowed)).build();
    }

    private static boolean isAllowed(Desk desk, Caller caller, String upstream, Value uri) {
        if (!(uri instanceof Value.Text)) {
            return false;
        }
        Tool tool = new Tool(upstream, Tool.METHOD + "resources/subscribe");
        Wanted wanted = new Wanted(tool, Value.object().put("uri", uri).build(), false);
        return switch (desk.told(wanted, desk.call(caller, wanted, Line.closed()))) {
            case Told.Ending.Result _ -> true;
            case Told.Ending.Fault _ -> false;
        };
    }

    /** A filter for everything that an agent with a session hears. */
    static Value.Fields everything(Iterable<String> resources) {
        Value.Building filter = Value.object();
        KINDS.forEach(kind -> filter.put(kind, true));
        return filter.put("resourceSubscriptions", Value.ofTexts(resources)).build();
    }

    static Value.Fields acknowledged(Value.Fields filter, Value subscription) {
        Value.Fields params = Value.object().put("notifications", filter).build();
        return tagged(
                Rpc.notification("notifications/subscriptions/acknowledged", params), subscription);
    }

    /** The notification with the agent's own name for the subscription. */
    static Value.Fields tagged(Value.Fields notification, Value subscription) {
        Value.Fields params = Rpc.params(notification);
        Value.Fields meta = Rpc.meta(params).with(Meta.SUBSCRIPTION, subscription);
        return notification.with("params", params.with(Meta.NAME, meta));
    }
}
