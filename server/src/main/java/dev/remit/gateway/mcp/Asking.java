package dev.remit.gateway.mcp;

import dev.remit.call.Value;
import dev.remit.gateway.wire.Rpc;

/** Which questions of an upstream an agent's client can be asked: those it said it can answer. */
final class Asking {
    private Asking() {}

    static boolean may(Value.Fields capabilities, Value.Fields question) {
        return switch (question.text("method").orElse("")) {
            case "elicitation/create" -> mayElicit(capabilities, question);
            case "sampling/createMessage" -> capabilities.fields("sampling").isPresent();
            case "roots/list" -> capabilities.fields("roots").isPresent();
            default -> false;
        };
    }

    private static boolean mayElicit(Value.Fields capabilities, Value.Fields question) {
        boolean url = Rpc.params(question).text("mode").orElse("form").equals("url");
        return capabilities
                .fields("elicitation")
                .filter(one -> !url || one.fields("url").isPresent())
                .isPresent();
    }
}
