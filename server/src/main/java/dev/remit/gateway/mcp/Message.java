package dev.remit.gateway.mcp;

import dev.remit.call.JsonReader;
import dev.remit.call.MalformedJson;
import dev.remit.call.Value;
import dev.remit.gateway.wire.Rpc;
import java.util.Optional;

/** One JSON-RPC message of an agent, read strictly, once. */
sealed interface Message {
    int LONGEST_ID = 256;

    Value.Fields params();

    record Request(Value id, String method, Value.Fields params) implements Message {}

    record Notice(String method, Value.Fields params) implements Message {}

    /** The agent's answer to a question; empty if it was an error. */
    record Response(Value id, Optional<Value.Fields> result) implements Message {
        @Override
        public Value.Fields params() {
            return Value.Fields.EMPTY;
        }
    }

    /**
     * Reads a body.
     *
     * @throws Rejected if it is not exactly one message
     */
    static Message read(byte[] body) {
        Value value;
        try {
            value = JsonReader.read(body);
        } catch (MalformedJson e) {
            throw Rejected.unreadable(
                    400, new Value.Nothing(), Rpc.PARSE_ERROR, String.valueOf(e.getMessage()));
        }
        if (!(value instanceof Value.Fields message)) {
            throw invalid(
                    new Value.Nothing(),
                    value instanceof Value.Items
                            ? "batches are not taken; send each message by itself"
                            : "a message is an object");
        }
        Value id = message.values().getOrDefault("id", new Value.Nothing());
        boolean named = isId(id);
        Value shown = named ? id : new Value.Nothing();
        if (!message.text("jsonrpc").equals(Optional.of("2.0"))) {
            throw invalid(shown, "`jsonrpc` must be \"2.0\"");
        }
        if (message.get("id").isPresent() && !named) {
            throw invalid(shown, "`id` must be a short text or a whole number");
        }
        if (message.get("params").isPresent() && message.fields("params").isEmpty()) {
            throw invalid(shown, "`params` must be an object");
        }
        Optional<String> method = message.text("method");
        if (message.get("method").isEmpty() && named && answers(message)) {
            return new Response(id, message.fields("result"));
        }
        if (method.isEmpty() || method.get().isEmpty()) {
            throw invalid(shown, "`method` must be a text");
        }
        return named
                ? new Request(id, method.get(), Rpc.params(message))
                : new Notice(method.get(), Rpc.params(message));
    }

    private static boolean answers(Value.Fields message) {
        return message.fields("result").isPresent() != message.fields("error").isPresent();
    }

    private static boolean isId(Value id) {
        return switch (id) {
            case Value.Text(String text) -> text.length() <= LONGEST_ID;
            case Value.Num number -> number.value().scale() <= 0 && number.isInterchangeable();
            case Value.Flag _, Value.Nothing _, Value.Items _, Value.Fields _ -> false;
        };
    }

    private static Rejected invalid(Value id, String what) {
        return Rejected.unreadable(400, id, Rpc.INVALID_REQUEST, what);
    }
}
