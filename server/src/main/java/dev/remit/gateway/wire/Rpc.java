package dev.remit.gateway.wire;

import dev.remit.call.Value;
import java.util.Optional;

/** JSON-RPC 2.0 messages, as the protocol uses them. */
public final class Rpc {
    public static final long PARSE_ERROR = -32700;
    public static final long INVALID_REQUEST = -32600;
    public static final long METHOD_NOT_FOUND = -32601;
    public static final long INVALID_PARAMS = -32602;
    public static final long INTERNAL_ERROR = -32603;
    public static final long HEADER_MISMATCH = -32020;
    public static final long CAPABILITY_MISSING = -32021;
    public static final long VERSION_UNSUPPORTED = -32022;

    /** Only on sessions: a resource does not exist. */
    public static final long RESOURCE_NOT_FOUND = -32002;

    /** Only on sessions: a person must visit a page first. */
    public static final long URL_ELICITATION = -32042;

    /** Only on sessions: the session is unknown. */
    public static final long SESSION_UNKNOWN = -32001;

    private Rpc() {}

    public static Value.Fields request(Value id, String method, Value.Fields params) {
        return start().put("id", id).put("method", method).put("params", params).build();
    }

    public static Value.Fields notification(String method, Value.Fields params) {
        Value.Building message = start().put("method", method);
        return params.values().isEmpty() ? message.build() : message.put("params", params).build();
    }

    public static Value.Fields result(Value id, Value.Fields result) {
        return start().put("id", id).put("result", result).build();
    }

    public static Value.Fields error(Value id, Value.Fields error) {
        return start().put("id", id).put("error", error).build();
    }

    public static Value.Fields fault(long code, String message) {
        return fault(code, message, Optional.empty());
    }

    public static Value.Fields fault(long code, String message, Optional<Value.Fields> data) {
        return Value.object().put("code", code).put("message", message).putIf("data", data).build();
    }

    /** The parameters; an object without members if there are none. */
    public static Value.Fields params(Value.Fields message) {
        return message.fields("params").orElse(Value.Fields.EMPTY);
    }

    public static Value.Fields meta(Value.Fields params) {
        return params.fields(Meta.NAME).orElse(Value.Fields.EMPTY);
    }

    private static Value.Building start() {
        return Value.object().put("jsonrpc", "2.0");
    }
}
